import assert from "node:assert/strict";
import { assertRecordable, failureOf, labForAll } from "./support";

const LONG_AGO = new Date(Date.now() - 31 * 86_400_000).toISOString();

describe("update, through the SDK's process", () => {
  const it_ = labForAll();

  async function expired(inputs: object = {}) {
    const declared = { email: it_.person(), maxRenewals: 2, ...inputs };
    const outs = await it_.lab.createExpired(declared);
    it_.lab.takeRequests();
    return { email: declared.email, declared, outs };
  }

  it("records flags without a request", async () => {
    const { lab, person } = it_;
    const email = person();
    const { outs } = await lab.provider.create({ email, adopt: true, maxRenewals: 1 });
    lab.takeRequests();
    const news = { email, forceDestroy: true, maxRenewals: 0 };
    const { adopt, ...kept } = outs;
    assert.equal(adopt, true);
    assert.deepEqual(await lab.provider.update(email, outs, news), { ...kept, ...news });
    assert.deepEqual(lab.takeRequests(), []);
  });

  it("records flags over a state that holds no more than the address", async () => {
    const outs = await it_.lab.provider.update("ada@acme.com", {}, { email: "ada@acme.com", adopt: true });
    assertRecordable(outs, { email: "ada@acme.com", adopt: true, renewals: 0 });
    assert.deepEqual(it_.lab.takeRequests(), []);
  });

  it("renews an expired invite: a look, a revoke, one e-mail", async () => {
    const { lab } = it_;
    const { email, declared, outs } = await expired({ teamId: "team_xyz789" });
    const renewed = await lab.provider.update(email, outs, declared);
    assert.deepEqual(lab.takeRequests(), ["list", "get", "revoke", "create"]);
    assert.equal(lab.emailsTo(email), 2);
    assertRecordable(renewed, { ...declared, status: "pending", renewals: 1, adopted: false });
    assert.equal(renewed.link, lab.emulator.outbox.at(-1)?.link);
    assert.ok(Date.parse(String(renewed.expiresAt)) > Date.now());
    assert.deepEqual(lab.printedAbout(email), [`${email}: the invite had expired and was sent again`]);
    assert.equal((await lab.provider.diff(email, renewed, declared)).changes, "none");
  });

  it("renews an adopted invite, which stays adopted", async () => {
    const { email, declared, outs } = await expired();
    const renewed = await it_.lab.provider.update(email, { ...outs, adopted: true }, declared);
    assert.deepEqual([renewed.adopted, renewed.renewals], [true, 1]);
  });

  it("renews under adopt: false as well", async () => {
    const { email, declared, outs } = await expired({ adopt: false });
    const renewed = await it_.lab.provider.update(email, outs, declared);
    assert.deepEqual([renewed.adopt, renewed.renewals], [false, 1]);
  });

  it("is sent again as often as declared, and no more", async () => {
    const { lab } = it_;
    const { email, declared, outs } = await expired({ maxRenewals: 2 });
    const late = { createdAt: outs.createdAt, expiresAt: outs.expiresAt };
    const last = await lab.provider.update(email, { ...outs, renewals: 1 }, declared);
    assert.equal(last.renewals, 2);
    lab.takeRequests();
    assert.equal((await lab.provider.diff(email, { ...last, ...late }, declared)).changes, "none");
    await lab.provider.update(email, { ...last, ...late }, declared);
    assert.deepEqual(lab.takeRequests(), []);
  });

  it("never, with maxRenewals: 0", async () => {
    const { email, declared, outs } = await expired({ maxRenewals: 0 });
    assert.deepEqual(await it_.lab.provider.update(email, outs, declared), outs);
    assert.deepEqual(it_.lab.takeRequests(), []);
  });

  for (const status of ["accepted", "uploading", "completed", "on-the-moon"])
    it(`records that she is ${status} meanwhile: no revoke, no e-mail`, async () => {
      const { lab } = it_;
      const { email, declared, outs } = await expired();
      lab.emulator.setStatus(email, status);
      const found = await lab.provider.update(email, outs, declared);
      assert.deepEqual(lab.takeRequests(), ["list", "get"]);
      assertRecordable(found, { ...declared, status, renewals: 0, link: outs.link });
      assert.equal(found.expiresAt, undefined);
      assert.equal(lab.emailsTo(email), 1);
    });

  it("records that somebody invited her again by hand: no e-mail, and the old link is forgotten", async () => {
    const { lab } = it_;
    const { email, declared, outs } = await expired();
    lab.emulator.revokeByHand(email);
    lab.emulator.inviteByHand({ email });
    const found = await lab.provider.update(email, outs, declared);
    assert.deepEqual(lab.takeRequests(), ["list", "get"]);
    assertRecordable(found, { ...declared, status: "pending", renewals: 0 });
    assert.ok(Date.parse(String(found.expiresAt)) > Date.now());
    assert.deepEqual([found.link, found.inviteId], [undefined, undefined]);
    assert.equal(lab.emailsTo(email), 2, "hers and the one by hand");
  });

  it("goes on where an earlier renewal was interrupted after its revoke", async () => {
    const { lab } = it_;
    const { email, declared, outs } = await expired();
    lab.emulator.revokeByHand(email);
    const renewed = await lab.provider.update(email, outs, declared);
    assert.deepEqual([renewed.renewals, lab.emailsTo(email), lab.isLive(email)], [1, 2, true]);
    assert.ok(!lab.takeRequests().includes("revoke"));
  });

  it("does not count a renewal that somebody else was quicker with", async () => {
    const { lab } = it_;
    const { email, declared, outs } = await expired();
    // Revoked, and before our own invite arrives there is one by hand.
    lab.emulator.fault({ on: "revoke", when: "after", kind: { delayMs: 300 }, email });
    const update = lab.provider.update(email, outs, declared);
    while (lab.isLive(email)) await new Promise((resolve) => setTimeout(resolve, 5));
    lab.emulator.inviteByHand({ email });
    const found = await update;
    assert.deepEqual([found.renewals, found.status, lab.emailsTo(email)], [0, "pending", 2]);
    assert.match(lab.printedAbout(email).join(), /was already invited \(pending\): adopted, no e-mail sent$/);
  });

  it("says what was done where the second half cannot be done, and the next up goes on there", async () => {
    const { lab } = it_;
    const { email, declared, outs } = await expired();
    lab.emulator.credits = 0;
    const message = await failureOf(lab.provider.update(email, outs, declared));
    assert.match(
      message,
      new RegExp(`^the expired invite of ${email} was revoked, but no new one was sent: .*no credits left`),
    );
    lab.emulator.credits = 1000;
    assert.equal((await lab.provider.diff(email, outs, declared)).changes, "some");
    assert.equal((await lab.provider.update(email, outs, declared)).renewals, 1);
    assert.equal(lab.emailsTo(email), 2);
  });

  it("looks again before each attempt to revoke: whoever accepts in between keeps her invite", async () => {
    const { lab } = it_;
    const { email, declared, outs } = await expired();
    lab.emulator.fault({ on: "revoke", when: "before", kind: { status: 503 }, email });
    const update = lab.provider.update(email, outs, declared);
    while (!lab.requestsAbout(email).includes("revoke"))
      await new Promise((resolve) => setTimeout(resolve, 5));
    lab.emulator.setStatus(email, "uploading");
    const found = await update;
    assert.deepEqual(lab.requestsAbout(email), ["get", "revoke", "get"]);
    assert.deepEqual([found.status, found.renewals, lab.emailsTo(email)], ["uploading", 0, 1]);
  });
});

describe("update in an organization whose revoked invites stay in the list", () => {
  const it_ = labForAll({ revoked: "kept", codes: "specific", caseSensitive: true });
  it("revokes an invite by hand in the API's own spelling", async () => {
    const { lab } = it_;
    lab.emulator.clock.advance({ days: -31 });
    lab.emulator.inviteByHand({ email: "Zoe@Acme.com" });
    lab.emulator.clock.reset();
    const known = { email: "zoe@acme.com", status: "pending", adopted: true, renewals: 0 };
    const olds = { ...known, createdAt: LONG_AGO, expiresAt: new Date(Date.now() - 1).toISOString() };
    const renewed = await lab.provider.update("zoe@acme.com", olds, { email: "zoe@acme.com" });
    assert.deepEqual(
      [renewed.renewals, lab.isLive("Zoe@Acme.com"), lab.isLive("zoe@acme.com")],
      [1, false, true],
    );
  });

  it("renews once", async () => {
    const { lab, person } = it_;
    const email = person();
    const outs = await lab.createExpired({ email });
    const renewed = await lab.provider.update(email, outs, { email });
    assert.deepEqual([renewed.renewals, lab.emailsTo(email)], [1, 2]);
  });
});
