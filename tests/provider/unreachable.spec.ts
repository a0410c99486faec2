import assert from "node:assert/strict";
import { createServer } from "node:net";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { VirtualLab } from "../support/lab";
import { KEY } from "../support/operations";

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What is told of it: tests/unit/explain.spec.ts. */
describe("an API that cannot be reached", () => {
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
