import assert from "node:assert/strict";
import { PeerRoom, providerAt } from "../support/in-process";
import { VirtualLab, virtualLabForAll } from "../support/lab";
import { assertRecordable, KEY } from "../support/operations";

describe("a person whom the engine is told to replace", () => {
  const lab = virtualLabForAll();

  it("keeps link, adopted and renewals; nothing is sent or revoked, which is said", async () => {
    const { email, outs: before } = await lab.invitedBefore();
    const state = { ...before, renewals: 2 };
    // `pulumi up --replace`, `pulumi state taint`: nothing differs, the engine creates and then deletes.
    const { inputs } = await lab.provider.check({ email }, { email });
    await lab.provider.diff(email, state, inputs);
    const { outs } = await lab.provider.create(inputs);
    await lab.provider.delete(email, state);
    const { link, adopted, status } = before;
    assertRecordable(outs, { email, link, adopted, status, renewals: 2 });
    assert.deepEqual([lab.emailsTo(email), lab.isLive(email)], [1, true]);
    assert.ok(!lab.takeRequests().includes("revoke"));
    const said =
      /stays so: the engine replaced the resource, no e-mail sent\n.* or an e-mail\. To send .* `resend`$/;
    lab.assertSaid(said, email);
  });

  it("is invited if they are gone, with a link of their own", async () => {
    const { email, outs } = await lab.invited();
    lab.emulator.revokeByHand(email);
    lab.nextRun();
    const { inputs } = await lab.provider.check({ email }, { email });
    await lab.provider.diff(email, outs, inputs);
    // The reply is lost, so that the link of the new invite is not known; the former one leads nowhere.
    lab.emulator.fault({ on: "create", when: "after", kind: "reset", email });
    const created = await lab.provider.create(inputs);
    assert.equal(created.outs.link, undefined);
    assert.equal(lab.emailsTo(email), 2);
  });

  // `replaceWith`, `replacementTrigger` and `deleteBeforeReplace` leave out the diff: `check` alone has seen the old inputs.
  for (const deletesFirst of [false, true])
    for (const adopt of [undefined, false])
      for (const status of ["pending", "completed", "deleted"])
        it(`is never refused, ${deletesFirst ? "deleted before" : "without a diff"}, adopt ${adopt}: ${status} stays so, without an e-mail`, async () => {
          const declared = { email: lab.person(), ...(adopt === false && { adopt }) };
          const { email } = declared;
          const { outs } = await lab.provider.create(declared);
          lab.emulator.setStatus(email, status);
          lab.nextRun();
          const { inputs } = await lab.provider.check(declared, declared);
          if (deletesFirst) await lab.provider.delete(email, { ...outs, status });
          const created = await lab.provider.create(inputs);
          if (!deletesFirst) await lab.provider.delete(email, { ...outs, status });
          assertRecordable(created.outs, { ...declared, status });
          assert.deepEqual([lab.emulator.invite(email)?.status, lab.emailsTo(email)], [status, 1]);
        });
});

/**
 * The engine runs a program's resources side by side, and with `deleteBeforeReplace` a delete before the program has
 * come to the resource that declares the person now.
 */
describe("a person who goes from one resource to another while the engine is at work", () => {
  const lab = virtualLabForAll();

  it("stays invited if the program comes to them between the look and the revoke", async () => {
    const { email, outs } = await lab.invitedBefore();
    lab.once("answered", "get", email, () => lab.provider.check({ email }));
    await lab.provider.delete(email, outs);
    assert.deepEqual(lab.requestsAbout(email), ["get"]);
    lab.assertSaid(/stays invited: the program still declares them.*raise `resend`/, email);
  });

  it("is invited once the revoke has ended, if the program comes to them during it", async () => {
    const { email, outs } = await lab.invitedBefore();
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
    const { email, outs } = await lab.invitedBefore();
    await lab.provider.delete(email, outs);
    assert.equal((await lab.preview(outs, { email })).changes, "some");
    const again = await lab.provider.update(email, outs, { email });
    assert.deepEqual(lab.requestsAbout(email), ["get", "revoke", "get", "create"]);
    assert.equal(again.status, "pending");
    assert.notEqual(again.link, outs.link);
    assert.equal((await lab.preview(again, { email })).changes, "none");
  });

  it("stays invited if another provider of the run comes to them between the look and the revoke", async () => {
    const room = new PeerRoom();
    const lab = await VirtualLab.start({ peers: room.seat() });
    const { email, outs } = await lab.invited();
    const { provider } = providerAt({ url: lab.emulator.url, key: KEY, name: "emea", peers: room.seat() });
    lab.once("answered", "get", email, () => provider.check({}, { email }));
    await lab.provider.delete(email, outs);
    assert.deepEqual(lab.takeRequests(), ["get"]);
    await lab.stop();
  });
});
