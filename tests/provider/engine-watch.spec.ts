import assert from "node:assert/strict";
import { once } from "node:events";
import { FACES, type Face } from "../support/lab";
import { KEY } from "../support/operations";
import { EngineAddress } from "../support/stand-in-engine";

/** How each failure of the watch is told apart: tests/unit/engine-watch.spec.ts; the real engine: tests/engine. */
for (const face of Object.keys(FACES) as Face[])
  describe(`a provider process that watches its engine: ${face}`, () => {
    let engine: EngineAddress;
    let provider: Awaited<ReturnType<(typeof FACES)[Face]["start"]>>;
    beforeEach(async () => {
      engine = await EngineAddress.open();
      provider = await FACES[face].start({ HEADSHOTPRO_API_KEY: KEY }, {}, engine.address);
      // The SDK loads the provider with the first verb.
      await provider.check({ email: "ada@acme.com" });
    });
    afterEach(async () => {
      await provider.stop();
      engine.close();
    });

    it("ends as soon as nobody listens there any more", async () => {
      const ended = once(provider.child, "exit");
      engine.close();
      const [, signal] = await ended;
      assert.equal(signal, "SIGKILL");
    });

    it("lives on if the engine only hangs up on a silent connection, and watches again", async () => {
      for (let time = 0; time < 3; time++) await engine.hangUp();
      assert.deepEqual((await provider.check({ email: "ada@acme.com" })).failures, []);
      const ended = once(provider.child, "exit");
      engine.close();
      assert.equal((await ended)[1], "SIGKILL");
    });
  });
