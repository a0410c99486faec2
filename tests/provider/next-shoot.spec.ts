import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";
import { assertRecordable, failsWith, type Properties } from "../support/operations";

describe("somebody whom HeadshotPro has invited to the next shoot: pending, with the model of the last one", () => {
  const lab = virtualLabForAll();

  /** Completed once, and invited anew so many days ago; as a refresh has them, or as they were when they were invited. */
  async function invitedAnew(days: number, inputs: object = {}) {
    const declared = { email: lab.person(), teamId: "team_xyz789", ...inputs };
    const { email } = declared;
    const { outs: first } = await lab.provider.create(declared);
    for (const step of ["accept", "startUpload", "generate", "complete"] as const) lab.emulator[step](email);
    lab.pass(60);
    lab.emulator.inviteToNextShoot(email);
    lab.nextRunAfter(days);
    const refreshed: Properties = (await lab.provider.read(email, first))?.props ?? {};
    lab.nextRun();
    lab.takeRequests();
    return { email, declared, states: { refreshed, "not refreshed": first } };
  }
  /** Nobody is revoked, and we have sent one e-mail; the other one is the vendor's. */
  function assertUntouched(email: string): void {
    assert.ok(!lab.emulator.requests.some(({ verb }) => verb === "revoke" || verb === "create"));
    const { status, modelId } = lab.emulator.invite(email) ?? {};
    assert.deepEqual([status, modelId !== undefined, lab.emailsTo(email)], ["pending", true, 2]);
  }

  for (const which of ["refreshed", "not refreshed"] as const) {
    it(`gets no renewal and no \`resend\`, ${which}, and the preview says why`, async () => {
      const { email, declared, states } = await invitedAnew(40);
      const state = states[which];
      if (which === "refreshed") {
        assert.equal((await lab.preview(state, declared)).changes, "none");
        lab.assertSaid(
          /has headshots \(pending, .+\): it is not sent again, because that would delete/,
          email,
        );
      }
      const after = await lab.provider.update(email, state, declared);
      assertRecordable(after, { ...declared, status: "pending", renewals: 0 });
      const news = { ...declared, resend: 1 };
      await lab.preview(after, news, declared);
      lab.assertSaid(/has headshots \(pending, .+\), so `resend` sends nothing/, email);
      assertRecordable(await lab.provider.update(email, state, news), { ...news, status: "pending" });
      assertUntouched(email);
    });

    it(`moves to another team without an e-mail, and is not revoked by a delete, ${which}`, async () => {
      const { email, declared, states } = await invitedAnew(1);
      const news = { ...declared, teamId: "team_abc123" };
      const after = await lab.provider.update(email, states[which], news);
      assert.ok(lab.takeRequests().includes("assign"));
      assertRecordable(after, { ...news, status: "pending" });
      await failsWith(
        lab.provider.delete(email, states[which]),
        /has headshots \(pending, .+ shoot\); revoking/,
      );
      assertUntouched(email);
    });
  }

  it("is taken over under adopt: true only", async () => {
    const { email } = await invitedAnew(1);
    await failsWith(lab.provider.create({ email }), /shoot\), so this stack does not adopt them/);
    const { outs } = await lab.provider.create({ email, adopt: true });
    assertRecordable(outs, { status: "pending", adopted: true });
    assert.notEqual(outs.modelId, undefined);
    assert.equal(lab.emailsTo(email), 2);
  });
});
