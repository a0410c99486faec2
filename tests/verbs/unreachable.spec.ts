import assert from "node:assert/strict";
import { createServer } from "node:net";
import { ProviderProcess } from "../support/provider-process";
import { assertPrinted, failureOf, Lab } from "./support";

const known = { email: "ada@acme.com", status: "pending", adopted: false, renewals: 0 };
const expired = { ...known, createdAt: "2020-01-01T00:00:00.000Z", expiresAt: "2020-01-31T00:00:00.000Z" };

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Where nothing answers at all: no fault of the emulator, since it is never reached. */
describe("an API that cannot be reached", () => {
  const places: [name: string, baseUrl: () => Promise<string>, said: RegExp][] = [
    [
      "no such name",
      async () => "https://nonexistent.invalid/api/v2",
      /nonexistent\.invalid.*(ENOTFOUND|EAI_AGAIN)/,
    ],
    ["connection refused", async () => `http://127.0.0.1:${await closedPort()}/api/v2`, /ECONNREFUSED/],
  ];
  for (const [name, baseUrl, said] of places)
    describe(name, () => {
      let lab: Lab;
      before(async () => {
        lab = await Lab.start({ speed: 100, env: { HEADSHOTPRO_BASE_URL: await baseUrl() } });
      });
      after(() => lab.stop());

      const verbs: [verb: string, doing: string, run: (provider: ProviderProcess) => Promise<unknown>][] = [
        ["create", "was not invited", (provider) => provider.create({ email: "ada@acme.com" })],
        ["read", "could not be looked up", (provider) => provider.read("ada@acme.com", known)],
        ["update", "was not invited again", (provider) => provider.update("ada@acme.com", expired, known)],
        ["delete", "was not revoked", (provider) => provider.delete("ada@acme.com", known)],
      ];
      for (const [verb, doing, run] of verbs)
        it(`${verb} says so, and that nothing was sent`, async () => {
          const message = await failureOf(run(lab.provider));
          assert.match(message, new RegExp(`^ada@acme\\.com ${doing}: http\\S+ cannot be reached \\(`));
          assert.match(message, said);
          assert.match(message, /Check the network; nothing was sent\. Then run the same command again\.$/);
        });

      it("check and a diff need it for nothing", async () => {
        assert.deepEqual((await lab.provider.check({ email: "ada@acme.com" })).failures, []);
        assert.equal((await lab.provider.diff("ada@acme.com", known, known)).changes, "none");
      });
    });

  it("comes back: what was tried meanwhile is done once", async () => {
    const lab = await Lab.start();
    const port = await closedPort();
    const { startEmulator } = await import("headshotpro-emulator");
    const env = {
      HEADSHOTPRO_API_KEY: lab.emulator.apiKey,
      HEADSHOTPRO_BASE_URL: `http://127.0.0.1:${port}/api/v2`,
    };
    const provider = await ProviderProcess.start(env);
    const created = provider.create({ email: "ada@acme.com" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const late = await startEmulator({ port, apiKey: lab.emulator.apiKey });
    try {
      assert.equal((await created).outs.adopted, false);
      assert.deepEqual(
        late.requests.map((one) => one.verb),
        ["create"],
      );
    } finally {
      await provider.stop();
      assertPrinted(provider.printed);
      await late.close();
      await lab.stop();
    }
  });
});
