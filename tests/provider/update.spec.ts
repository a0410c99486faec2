import assert from "node:assert/strict";
import { type ProcessLab, throughEachFace, type VirtualLab, virtualLabForAll } from "../support/lab";
import { assertRecordable, failsWith } from "../support/operations";

/** Somebody whose invite has expired. */
async function expired(lab: ProcessLab | VirtualLab, inputs: object = {}) {
  const declared = { email: lab.person(), maxRenewals: 2, ...inputs };
  const outs = await lab.createExpired(declared);
  lab.takeRequests();
  return { email: declared.email, declared, outs };
}

throughEachFace("update", (labForAll) => {
  const lab = labForAll();
  /** But for credits, which a run asks for once (tests/unit/reissues.spec.ts). */
  const takeRequests = () => lab.takeRequests().filter((verb) => verb !== "credits");

  it("records flags without a request", async () => {
    const { email, outs } = await lab.invited({ adopt: true, maxRenewals: 1 });
    const news = { email, forceDestroy: true, maxRenewals: 0 };
    const { adopt, ...kept } = outs;
    assert.equal(adopt, true);
    assert.deepEqual(await lab.provider.update(email, outs, news), { ...kept, ...news });
    assert.deepEqual(lab.takeRequests(), []);
  });

  it("refuses another address, which `pulumi do patch` may bring: nothing is asked or recorded", async () => {
    const { email, outs } = await lab.invited();
    const update = lab.provider.update(email, outs, { email: `new-${email}` });
    await failsWith(update, /was not changed to new-\S+: another address is another person/);
    assert.deepEqual(lab.takeRequests(), []);
  });

  it("renews an expired invite, also one that was adopted: a look, a revoke, one e-mail", async () => {
    const { email, declared, outs } = await expired(lab, { teamId: "team_xyz789" });
    const renewed = await lab.provider.update(email, { ...outs, adopted: true }, declared);
    assert.deepEqual(takeRequests(), ["list", "get", "revoke", "create"]);
    assert.equal(lab.emailsTo(email), 2);
    assertRecordable(renewed, { ...declared, status: "pending", renewals: 1, adopted: false });
    assert.equal(renewed.link, lab.emulator.outbox.at(-1)?.link);
    assert.ok(Date.parse(String(renewed.expiresAt)) > Date.now());
    lab.assertSaid([`${email}: the invite was sent again`], email);
    assert.equal((await lab.provider.diff(email, renewed, declared)).changes, "none");
  });

  it("moves somebody to another team: a look, a revoke, one e-mail, and no renewal", async () => {
    const { email, outs } = await lab.invited({ teamId: "team_xyz789" });
    const news = { email, teamId: "team_abc123" };
    const moved = await lab.provider.update(email, { ...outs, renewals: 2 }, news);
    assert.deepEqual(takeRequests(), ["get", "revoke", "create"]);
    assertRecordable(moved, { ...news, status: "pending", adopted: false, renewals: 0 });
    assert.equal(moved.link, lab.emulator.outbox.at(-1)?.link);
    assert.equal((await lab.preview(moved, news)).changes, "none");
  });

  for (const status of ["accepted", "completed"])
    it(`records that they are ${status} meanwhile: no revoke, no e-mail`, async () => {
      const { email, declared, outs } = await expired(lab);
      lab.emulator.setStatus(email, status);
      const found = await lab.provider.update(email, outs, declared);
      assert.deepEqual(lab.takeRequests(), ["list", "get"]);
      assertRecordable(found, { ...declared, status, renewals: 0, link: outs.link });
      assert.equal(found.expiresAt, undefined);
      assert.equal(lab.emailsTo(email), 1);
    });

  it("records that somebody invited them again by hand: no e-mail, and the old link is forgotten", async () => {
    const { email, declared, outs } = await expired(lab);
    lab.emulator.revokeByHand(email);
    lab.emulator.inviteByHand({ email });
    const found = await lab.provider.update(email, outs, declared);
    assert.deepEqual(lab.takeRequests(), ["list", "get"]);
    assertRecordable(found, { ...declared, status: "pending", renewals: 0 });
    assert.ok(Date.parse(String(found.expiresAt)) > Date.now());
    assert.equal(found.link, undefined);
    assert.equal(lab.emailsTo(email), 2, "ours and the one by hand");
  });
});

describe("update while others act, in this process", () => {
  const lab = virtualLabForAll();

  it("does not count a renewal that somebody else was quicker with", async () => {
    const { email, declared, outs } = await expired(lab);
    lab.once("asked", "create", email, () => lab.emulator.inviteByHand({ email }));
    const found = await lab.provider.update(email, outs, declared);
    assert.deepEqual([found.renewals, found.status, lab.emailsTo(email)], [0, "pending", 2]);
    assert.equal(found.link, undefined, "it is not ours");
    lab.assertSaid(/stays so: there was an invite again by then, no e-mail sent/, email);
  });
});
