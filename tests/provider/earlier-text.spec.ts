import assert from "node:assert/strict";
import { ProcessLab } from "../support/lab";

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
    assert.match(lab.printedAbout(email).join(), /stays invited: the program still declares them/);
  });
});
