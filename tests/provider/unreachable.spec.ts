import assert from "node:assert/strict";
import { createServer } from "node:net";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { VirtualLab } from "../support/lab";
import { failureOf, KEY, type Verbs } from "../support/operations";

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
  const nowhere = async () => "https://nonexistent.invalid/api/v2";
  const places: [name: string, baseUrl: () => Promise<string>, said: RegExp][] = [
    ["no such name", nowhere, /nonexistent\.invalid.*(ENOTFOUND|EAI_AGAIN)/],
    ["connection refused", async () => `http://127.0.0.1:${await closedPort()}/api/v2`, /ECONNREFUSED/],
  ];
  for (const [name, baseUrl, said] of places)
    describe(name, () => {
      let lab: VirtualLab;
      before(async () => {
        lab = await VirtualLab.start({ env: { HEADSHOTPRO_BASE_URL: await baseUrl() } });
      });
      after(() => lab.stop());

      const verbs: [verb: string, doing: string, run: (provider: Verbs) => Promise<unknown>][] = [
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
          const wayOut = "Check the network, and the proxy if there is one; nothing was sent.";
          assert.ok(message.endsWith(`${wayOut} Then run the same command again.`), message);
        });

      it("check and a diff need it for nothing", async () => {
        assert.deepEqual((await lab.provider.check({ email: "ada@acme.com" })).failures, []);
        assert.equal((await lab.preview(known, known)).changes, "none");
      });
    });

  it("comes back: what was tried meanwhile is done once", async () => {
    const port = await closedPort();
    const lab = await VirtualLab.start({ env: { HEADSHOTPRO_BASE_URL: `http://127.0.0.1:${port}/api/v2` } });
    let late: Emulator | undefined;
    lab.once("answered", "create", undefined, async () => {
      late = await startEmulator({ port, apiKey: KEY });
    });
    try {
      assert.equal((await lab.provider.create({ email: "ada@acme.com" })).outs.adopted, false);
      assert.deepEqual(
        late?.requests.map((one) => one.verb),
        ["create"],
      );
    } finally {
      await late?.close();
      await lab.stop();
    }
  });
});
