import assert from "node:assert/strict";
import { type ProcessLab, throughEachFace, type VirtualLab, virtualLabForAll } from "../support/lab";
import { assertRecordable, failureOf } from "../support/operations";

const LONG_AGO = new Date(Date.now() - 31 * 86_400_000).toISOString();

/** Somebody whose invite has expired. */
async function expired(lab: ProcessLab | VirtualLab, inputs: object = {}) {
  const declared = { email: lab.person(), maxRenewals: 2, ...inputs };
  const outs = await lab.createExpired(declared);
  lab.takeRequests();
  return { email: declared.email, declared, outs };
}

throughEachFace("update", (labForAll) => {
  const lab = labForAll();
  /** But for credits, which a run asks for once (tests/provider/reissues.spec.ts). */
  const takeRequests = () => lab.takeRequests().filter((verb) => verb !== "credits");

  it("records flags without a request", async () => {
    const { email, outs } = await lab.invited({ adopt: true, maxRenewals: 1 });
    const news = { email, forceDestroy: true, maxRenewals: 0 };
    const { adopt, ...kept } = outs;
    assert.equal(adopt, true);
    assert.deepEqual(await lab.provider.update(email, outs, news), { ...kept, ...news });
    assert.deepEqual(lab.takeRequests(), []);
  });

  it("records flags over a state that holds no more than the address", async () => {
    const outs = await lab.provider.update("ada@acme.com", {}, { email: "ada@acme.com", adopt: true });
    assertRecordable(outs, { email: "ada@acme.com", adopt: true, renewals: 0 });
    assert.deepEqual(lab.takeRequests(), []);
  });

  it("refuses another address, which `pulumi do patch` may bring: nothing is asked or recorded", async () => {
    const { email, outs } = await lab.invited();
    const message = await failureOf(lab.provider.update(email, outs, { email: `new-${email}` }));
    const says = `^${email} was not changed to new-${email}: another address is another person, .*of their own`;
    assert.match(message, new RegExp(says));
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

  for (const status of ["accepted", "uploading", "completed", "on-the-moon"])
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
    lab.assertSaid(
      [`${email} is invited (pending) and stays so: there was an invite again by then, no e-mail sent`],
      email,
    );
  });

  it("looks again before each attempt to revoke: whoever accepts in between keeps the invite", async () => {
    const { email, declared, outs } = await expired(lab);
    lab.emulator.fault({ on: "revoke", when: "before", kind: { status: 503 }, email });
    lab.once("answered", "revoke", email, () => lab.emulator.setStatus(email, "uploading"));
    const found = await lab.provider.update(email, outs, declared);
    assert.deepEqual(lab.requestsAbout(email), ["get", "revoke", "get"]);
    assert.deepEqual([found.status, found.renewals, lab.emailsTo(email)], ["uploading", 0, 1]);
  });
});

throughEachFace("update in an organization whose revoked invites stay in the list", (labForAll) => {
  const lab = labForAll({ revoked: "kept", codes: "specific", caseSensitive: true });
  it("revokes an invite by hand in the API's own spelling", async () => {
    lab.emulator.clock.advance({ days: -31 });
    lab.emulator.inviteByHand({ email: "Zoe@Acme.com" });
    lab.emulator.clock.reset();
    const known = { email: "zoe@acme.com", status: "pending", adopted: true, renewals: 0 };
    const olds = { ...known, createdAt: LONG_AGO, expiresAt: new Date(Date.now() - 1).toISOString() };
    const renewed = await lab.provider.update("zoe@acme.com", olds, { email: "zoe@acme.com" });
    const live = ["Zoe@Acme.com", "zoe@acme.com"].map((email) => lab.isLive(email));
    assert.deepEqual([renewed.renewals, live], [1, [false, true]]);
  });
});
