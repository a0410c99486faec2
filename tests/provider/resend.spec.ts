import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";
import { assertRecordable, failureOf, type Properties } from "../support/operations";

describe("resend", () => {
  const lab = virtualLabForAll();

  /** Somebody invited a day ago, as the state has them; the next command. */
  async function invited(status = "pending", inputs: object = {}) {
    const email = lab.person();
    const { outs } = await lab.provider.create({ email, ...inputs });
    lab.pass(1);
    if (status !== "pending") lab.emulator.setStatus(email, status);
    lab.takeRequests();
    lab.nextRun();
    const state: Properties = { ...outs, status };
    return { email, state, declared: { email, ...inputs, resend: 1 } };
  }

  it("raised, sends the invite of somebody pending once more: announced, and once", async () => {
    const { email, state, declared } = await invited();
    assert.equal((await lab.preview(state, declared)).changes, "unknown");
    const said = /revokes the unused invite and sends it again, with a new e-mail \(resend 1\)/;
    assert.match(lab.printedAbout(email).join(), said);
    assert.deepEqual(lab.takeRequests(), ["credits"], "a preview asks only whether sending would fail");
    const after = await lab.provider.update(email, state, declared);
    assert.deepEqual(lab.takeRequests(), ["list", "get", "revoke", "create"]);
    assertRecordable(after, { ...declared, status: "pending", renewals: 0, adopted: false });
    assert.equal(after.link, lab.emulator.outbox.at(-1)?.link);
    lab.nextRun();
    assert.equal((await lab.preview(after, declared)).changes, "none");
    assert.equal(lab.emailsTo(email), 2);
  });

  for (const resend of [0, undefined])
    it(`lowered to ${resend} or left out sends nothing`, async () => {
      const { email, state } = await invited();
      const news = { email, ...(resend !== undefined && { resend }) };
      const after = await lab.provider.update(email, { ...state, resend: 2 }, news);
      assert.deepEqual([after.resend, lab.takeRequests()], [resend, []]);
    });

  for (const [name, days, news, renewals] of [
    ["a renewal", 31, {}, 1],
    ["a team move", 0, { teamId: "team_abc123" }, 0],
  ] as const)
    it(`together with ${name} is one e-mail`, async () => {
      const { email, state, declared } = await invited();
      lab.pass(days);
      const after = await lab.provider.update(email, state, { ...declared, ...news });
      assertRecordable(after, { ...declared, ...news, renewals });
      assert.equal(lab.emailsTo(email), 2);
    });

  for (const status of ["accepted", "uploading", "completed", "on-the-moon"]) {
    it(`sends nothing to somebody who is ${status}, as the state knows`, async () => {
      const { email, state, declared } = await invited(status);
      await lab.preview(state, declared);
      assert.match(lab.printedAbout(email).join(), /has used the invite \(.+\), so `resend` sends nothing/);
      const after = await lab.provider.update(email, state, declared);
      assert.deepEqual([after.resend, after.link, lab.takeRequests()], [1, state.link, []]);
    });
  }

  it("is refused, in the preview and in the up, if it is not known when the invite was sent", async () => {
    const { email, state, declared } = await invited();
    const { createdAt, expiresAt, ...undated } = state;
    const refusal = /it is not known when the invite was sent, .*Run `pulumi refresh` first\.$/;
    assert.match(await failureOf(lab.preview(undated, declared)), refusal);
    assert.match(await failureOf(lab.provider.update(email, undated, declared)), refusal);
    assert.deepEqual([lab.isLive(email), lab.emailsTo(email)], [true, 1]);
    const refreshed = await lab.provider.read(email, undated);
    assert.equal((await lab.provider.update(email, refreshed?.props ?? {}, declared)).resend, 1);
    assert.equal(lab.emailsTo(email), 2);
  });

  it("is refused if the list, which alone tells whether it was done, leaves the person out", async () => {
    const { email, state, declared } = await invited();
    lab.once("answered", "list", undefined, () => lab.emulator.inviteByHand({ email }));
    lab.emulator.revokeByHand(email);
    const message = await failureOf(lab.provider.update(email, state, declared));
    assert.match(message, /not known when the invite was sent/);
    assert.equal(lab.emailsTo(email), 2, "ours and the one by hand");
  });
});
