import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";

/**
 * The engine runs a program's resources side by side, and with `deleteBeforeReplace` a delete before the program has
 * come to the resource that declares the person now.
 */
describe("a person who goes from one resource to another while the engine is at work", () => {
  const it_ = virtualLabForAll();

  async function created() {
    const email = it_.person();
    const { outs } = await it_.lab.provider.create({ email });
    it_.lab.takeRequests();
    it_.lab.nextRun();
    return { email, outs };
  }

  it("stays invited if the program comes to them between the look and the revoke", async () => {
    const { lab } = it_;
    const { email, outs } = await created();
    lab.once("answered", "get", email, () => lab.provider.check({ email }));
    await lab.provider.delete(email, outs);
    assert.deepEqual(lab.requestsAbout(email), ["get"]);
    assert.match(
      lab.printedAbout(email).join(),
      /stays invited: the program still declares them.*raise `resend`/,
    );
  });

  it("is invited once the revoke has ended, if the program comes to them during it", async () => {
    const { lab } = it_;
    const { email, outs } = await created();
    let invited: Promise<unknown> | undefined;
    let wasAsked = false;
    lab.once("asked", "create", email, () => {
      wasAsked = true;
    });
    lab.once("asked", "revoke", email, async () => {
      await lab.provider.check({ email });
      invited = lab.provider.create({ email });
      for (let turns = 0; turns < 100 && !wasAsked; turns++) await new Promise(setImmediate);
      assert.equal(wasAsked, false, "while the revoke is under way");
    });
    await lab.provider.delete(email, outs);
    await invited;
    assert.deepEqual(lab.requestsAbout(email), ["get", "revoke", "create"]);
    assert.ok(lab.isLive(email));
  });

  it("is invited again by the resource that has had them all the time, if another one has revoked them first", async () => {
    const { lab } = it_;
    const { email, outs } = await created();
    await lab.provider.delete(email, outs);
    assert.equal((await lab.preview(outs, { email })).changes, "some");
    const again = await lab.provider.update(email, outs, { email });
    assert.deepEqual(lab.requestsAbout(email), ["get", "revoke", "get", "create"]);
    assert.equal(again.status, "pending");
    assert.notEqual(again.link, outs.link);
    assert.equal((await lab.preview(again, { email })).changes, "none");
  });
});
