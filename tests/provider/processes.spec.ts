import assert from "node:assert/strict";
import { once } from "node:events";
import { FACES, type Face, ProcessLab } from "../support/lab";
import { KEY } from "../support/operations";
import { EngineAddress } from "../support/provider-process";

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
  });

/** What the state held before the text became shorter. */
const EARLIER = 'exports.handler=()=>require("pulumi-headshotpro/runtime")';

/** Through the SDK's own process, which keeps a provider for each text that it meets. */
describe("a person whom the state has by an earlier version's text", () => {
  let lab: ProcessLab;
  beforeEach(async () => {
    lab = await ProcessLab.start();
  });
  afterEach(() => lab.stop());

  it("is looked at, compared and revoked", async () => {
    const email = "ada@acme.com";
    const { outs } = await lab.provider.create({ email, __provider: EARLIER });
    const state = { ...outs, __provider: EARLIER };
    assert.equal((await lab.provider.read(email, state))?.props.status, "pending");
    assert.equal((await lab.provider.diff(email, state, { email })).changes, "none");
    await lab.provider.delete(email, state);
    assert.equal(lab.isLive(email), false);
  });

  it("stays invited if the program declares them by today's: both are one provider, with one memory", async () => {
    const email = "grace@acme.com";
    const { outs } = await lab.provider.create({ email });
    await lab.provider.check({ email });
    await lab.provider.delete(email, { ...outs, __provider: EARLIER });
    assert.ok(lab.isLive(email));
  });
});
