import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { assertRecordable, failureOf, type Properties } from "../support/operations";

describe("resend", () => {
  const it_ = virtualLabForAll();

  /** Somebody invited a day ago, as the state has them; the next command. */
  async function invited(status = "pending", inputs: object = {}) {
    const { lab } = it_;
    const email = it_.person();
    const { outs } = await lab.provider.create({ email, ...inputs });
    lab.pass(1);
    if (status !== "pending") lab.emulator.setStatus(email, status);
    lab.takeRequests();
    lab.nextRun();
    const state: Properties = { ...outs, status };
    return { email, state, declared: { email, ...inputs, resend: 1 } };
  }

  it("raised, sends the invite of somebody pending once more: announced, and once", async () => {
    const { lab } = it_;
    const { email, state, declared } = await invited();
    assert.equal((await lab.preview(state, declared)).changes, "unknown");
    assert.match(
      lab.printedAbout(email).join(),
      /revokes the unused invite and sends it again, with a new e-mail \(resend 1\)/,
    );
    assert.deepEqual(lab.takeRequests(), ["credits"], "a preview asks only whether sending would fail");
    const after = await lab.provider.update(email, state, declared);
    assert.deepEqual(lab.takeRequests(), ["list", "get", "revoke", "create"]);
    assertRecordable(after, { ...declared, status: "pending", renewals: 0, adopted: false });
    assert.equal(after.link, lab.emulator.outbox.at(-1)?.link);
    lab.nextRun();
    assert.equal((await lab.preview(after, declared)).changes, "none");
    assert.equal(lab.emailsTo(email), 2);
  });

  it("raised by more than one is still one e-mail", async () => {
    const { lab } = it_;
    const { email, state } = await invited();
    const after = await lab.provider.update(email, state, { email, resend: 5 });
    assert.deepEqual([after.resend, lab.emailsTo(email)], [5, 2]);
  });

  for (const resend of [0, undefined])
    it(`lowered to ${resend} or left out sends nothing`, async () => {
      const { lab } = it_;
      const { email, state } = await invited();
      const news = { email, ...(resend !== undefined && { resend }) };
      const after = await lab.provider.update(email, { ...state, resend: 2 }, news);
      assert.deepEqual([after.resend, lab.takeRequests()], [resend, []]);
    });

  it("does not count as a renewal, and keeps the renewals that there were", async () => {
    const { lab } = it_;
    const { email, state, declared } = await invited();
    assert.equal((await lab.provider.update(email, { ...state, renewals: 2 }, declared)).renewals, 2);
  });

  it("together with a renewal is one e-mail", async () => {
    const { lab } = it_;
    const { email, state, declared } = await invited();
    lab.pass(31);
    const after = await lab.provider.update(email, state, declared);
    assert.deepEqual([after.renewals, after.resend, lab.emailsTo(email)], [1, 1, 2]);
  });

  it("together with a team move is one e-mail", async () => {
    const { lab } = it_;
    const { email, state, declared } = await invited();
    const after = await lab.provider.update(email, state, { ...declared, teamId: "team_abc123" });
    assert.deepEqual([after.teamId, after.resend, lab.emailsTo(email)], ["team_abc123", 1, 2]);
  });

  for (const [moment, on] of [
    ["answered", "revoke"],
    ["asked", "create"],
    ["answered", "create"],
  ] as const)
    for (const waits of [0, 5])
      it(`interrupted when the ${on} is ${moment}, and run again ${waits} days later: one e-mail in all`, async () => {
        const { lab } = it_;
        const { email, state, declared } = await invited();
        const killed = lab.killOnce(moment, on, email);
        void lab.provider.update(email, state, declared);
        await killed;
        lab.pass(waits);
        lab.nextRun();
        const after = await lab.provider.update(email, state, declared);
        assertRecordable(after, { ...declared, status: "pending" });
        assert.equal(lab.emailsTo(email), 2);
        lab.nextRun();
        assert.equal((await lab.preview(after, declared)).changes, "none");
      });

  for (const status of ["accepted", "uploading", "completed", "on-the-moon"]) {
    it(`sends nothing to somebody who is ${status}, as the state knows`, async () => {
      const { lab } = it_;
      const { email, state, declared } = await invited(status);
      await lab.preview(state, declared);
      assert.match(lab.printedAbout(email).join(), /has used the invite \(.+\), so `resend` sends nothing/);
      const after = await lab.provider.update(email, state, declared);
      assert.deepEqual([after.resend, after.link, lab.takeRequests()], [1, state.link, []]);
    });

    it(`sends nothing to somebody who is ${status} by now, which the state does not know`, async () => {
      const { lab } = it_;
      const { email, state, declared } = await invited(status, { forceDestroy: true });
      const after = await lab.provider.update(email, { ...state, status: "pending" }, declared);
      assert.deepEqual(lab.takeRequests(), ["list", "get"]);
      assert.deepEqual([after.status, after.resend, lab.emailsTo(email)], [status, 1, 1]);
    });
  }

  it("is refused, in the preview and in the up, if it is not known when the invite was sent", async () => {
    const { lab } = it_;
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
    const { lab } = it_;
    const { email, state, declared } = await invited();
    lab.once("answered", "list", undefined, () => lab.emulator.inviteByHand({ email }));
    lab.emulator.revokeByHand(email);
    assert.match(
      await failureOf(lab.provider.update(email, state, declared)),
      /not known when the invite was sent/,
    );
    assert.equal(lab.emailsTo(email), 2, "ours and the one by hand");
  });
});

throughEachFace("resend", (labForAll) => {
  const it_ = labForAll();

  it("sends once, and nothing to somebody who has accepted", async () => {
    const { lab } = it_;
    for (const [status, emails] of [
      ["pending", 2],
      ["accepted", 1],
    ] as const) {
      const email = it_.person();
      const { outs } = await lab.provider.create({ email });
      lab.emulator.setStatus(email, status);
      const after = await lab.provider.update(email, outs, { email, resend: 1 });
      assert.deepEqual([after.status, after.resend, lab.emailsTo(email)], [status, 1, emails]);
    }
  });
});
