import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";
import { assertRecordable, failureOf, type Properties } from "../support/operations";

describe("somebody who is deleted, by retention or by hand", () => {
  const lab = virtualLabForAll();

  /** Somebody invited 31 days ago and deleted since, as the state has them; the next command. */
  async function deleted(recorded: "deleted" | "pending" = "deleted", inputs: object = {}) {
    const { email, declared, outs } = await lab.invitedBefore({ teamId: "team_xyz789", ...inputs });
    lab.pass(31);
    lab.emulator.setStatus(email, "deleted");
    const { expiresAt, ...rest } = outs;
    const state: Properties = recorded === "deleted" ? { ...rest, status: "deleted" } : outs;
    return { email, declared, state };
  }

  it("after the retention stays in the state: a refresh records it, says so once, and nothing follows", async () => {
    const { email, outs } = await lab.invited();
    for (const step of ["accept", "startUpload", "generate", "complete"] as const) lab.emulator[step](email);
    lab.emulator.automate({ retentionDays: 30 });
    lab.nextRunAfter(31);
    const seen = await lab.provider.read(email, outs);
    lab.emulator.automate({ retentionDays: undefined });
    assertRecordable(seen?.props ?? {}, { email, status: "deleted", createdAt: outs.createdAt });
    assert.equal(seen?.inputs, undefined, "the engine keeps those that it has");
    lab.assertSaid(/^\S+ has been deleted at HeadshotPro \(retention, or by hand\): .*raise `resend`/, email);
    lab.nextRun();
    assert.deepEqual((await lab.provider.read(email, seen?.props))?.props, seen?.props);
    lab.takeRequests();
    assert.equal((await lab.preview(seen?.props ?? {}, { email })).changes, "none");
    assert.deepEqual([lab.printedAbout(email).length, lab.takeRequests(), lab.emailsTo(email)], [1, [], 1]);
  });

  it("gets nothing for another team or a flag, neither of which asks for anything", async () => {
    const { email, declared, state } = await deleted("pending");
    const news = { ...declared, teamId: "team_abc123" };
    const { props = {}, inputs = news } = (await lab.provider.read(email, state)) ?? {};
    assert.equal(props.teamId, "team_xyz789", "where they were");
    lab.nextRun();
    lab.takeRequests();
    assert.equal((await lab.preview(props, news, inputs)).changes, "none");
    const after = await lab.provider.update(email, props, { ...news, forceDestroy: true });
    assertRecordable(after, { ...props, forceDestroy: true });
    assert.deepEqual([lab.takeRequests(), lab.emailsTo(email)], [[], 1]);
  });

  it("gets one e-mail if `resend` is raised, in a team that is declared anew: announced, and once", async () => {
    const { email, declared, state } = await deleted("deleted", { maxRenewals: 2 });
    const asked = { ...declared, teamId: "team_abc123", resend: 1 };
    assert.notEqual((await lab.preview(state, asked, declared)).changes, "none");
    lab.assertSaid(/was deleted at HeadshotPro: `pulumi up` invites them again, with a new e-mail/, email);
    lab.takeRequests();
    const after = await lab.provider.update(email, { ...state, renewals: 2 }, asked);
    assert.deepEqual(lab.takeRequests(), ["list", "get", "create"]);
    assertRecordable(after, { ...asked, status: "pending", adopted: false, renewals: 0 });
    assert.equal(after.link, lab.emulator.outbox.at(-1)?.link);
    lab.nextRun();
    assert.equal((await lab.preview(after, asked)).changes, "none");
    assert.equal(lab.emailsTo(email), 2);
  });

  it("gets one e-mail in all if the resend is interrupted when the create is answered", async () => {
    const { email, declared, state } = await deleted();
    const asked = { ...declared, resend: 1 };
    const killed = lab.killOnce("answered", "create", email);
    void lab.provider.update(email, state, asked);
    await killed;
    lab.nextRun();
    const after = await lab.provider.update(email, state, asked);
    assertRecordable(after, { ...asked, status: "pending" });
    assert.equal(lab.emailsTo(email), 2);
  });

  it("is found so by an up, which the state does not know: nothing is sent for an expired invite and another team", async () => {
    const { email, declared, state } = await deleted("pending");
    const after = await lab.provider.update(email, state, { ...declared, teamId: "team_abc123" });
    assertRecordable(after, { email, status: "deleted", renewals: 0 });
    assert.equal(lab.emailsTo(email), 1);
    lab.assertSaid(/has been deleted at HeadshotPro/, email);
  });

  it("by an admin just before the revoke of a team move gets nothing", async () => {
    const { email, outs } = await lab.invitedBefore();
    lab.once("asked", "revoke", email, () => lab.emulator.setStatus(email, "deleted"));
    const after = await lab.provider.update(email, outs, { email, teamId: "team_abc123" });
    assert.deepEqual([after.status, lab.emailsTo(email)], ["deleted", 1]);
  });

  it("stays recorded as deleted if the resend is refused, and is sent one by the next run", async () => {
    const { email, declared, state } = await deleted();
    const asked = { ...declared, resend: 1 };
    lab.emulator.fault({ on: "create", kind: { status: 402, code: "INSUFFICIENT_CREDITS" } });
    const said = new RegExp(`^${email} was not invited again: the organization has no credits left`);
    assert.match(await failureOf(lab.provider.update(email, state, asked)), said);
    lab.nextRun();
    assert.equal((await lab.provider.update(email, state, asked)).status, "pending");
    assert.equal(lab.emailsTo(email), 2);
  });

  it("is found so by an up that has a `resend` to carry out: it is sent", async () => {
    const { email, declared, state } = await deleted("pending");
    const after = await lab.provider.update(email, state, { ...declared, maxRenewals: 0, resend: 1 });
    assertRecordable(after, { email, status: "pending", resend: 1, renewals: 0 });
    assert.equal(lab.emailsTo(email), 2);
  });
});
