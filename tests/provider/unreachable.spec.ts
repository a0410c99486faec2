import assert from "node:assert/strict";
import { createServer } from "node:net";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { VirtualLab } from "../support/lab";
import { failureOf, KEY } from "../support/operations";

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Where nothing answers at all: no fault of the emulator, since it is never reached. */
describe("an API that cannot be reached", () => {
  it("is told with what was not done, and that nothing was sent; a check needs it for nothing", async () => {
    const lab = await VirtualLab.start({ env: { HEADSHOTPRO_BASE_URL: "https://nonexistent.invalid/v2" } });
    try {
      assert.deepEqual((await lab.provider.check({ email: "ada@acme.com" })).failures, []);
      const message = await failureOf(lab.provider.create({ email: "ada@acme.com" }));
      const said =
        /^ada@acme\.com was not invited: http\S+ cannot be reached \(.*(ENOTFOUND|EAI_AGAIN).*; nothing was sent\./;
      assert.match(message, said);
    } finally {
      await lab.stop();
    }
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
