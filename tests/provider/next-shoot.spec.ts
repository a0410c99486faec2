import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";
import { assertRecordable, failureOf, type Properties } from "../support/operations";

const STANDING = "pending, with the model of an earlier shoot";

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
  const assertSaid = (email: string, line: string) => assert.ok(lab.printedAbout(email).includes(line), line);
  /** Nobody is revoked, and we have sent one e-mail; the other one is the vendor's. */
  function assertUntouched(email: string): void {
    assert.ok(!lab.emulator.requests.some(({ verb }) => verb === "revoke" || verb === "create"));
    const { status, modelId } = lab.emulator.invite(email) ?? {};
    assert.deepEqual([status, modelId !== undefined, lab.emailsTo(email)], ["pending", true, 2]);
  }

  for (const days of [40, 400])
    for (const which of ["refreshed", "not refreshed"] as const) {
      it(`${days} days ago, ${which}: no renewal`, async () => {
        const { email, declared, states } = await invitedAnew(days);
        const state = states[which];
        const preview = await lab.preview(state, declared);
        if (which === "refreshed") {
          assert.equal(preview.changes, "none");
          const why =
            /has headshots \(pending, .+ shoot\): it is not sent again, because that would delete them$/;
          lab.assertSaid(/did not use the invite before it expired \(.+\), and/, email);
          lab.assertSaid(why, email);
        }
        const after = await lab.provider.update(email, state, declared);
        assertRecordable(after, { ...declared, status: "pending", renewals: 0 });
        assertUntouched(email);
      });

      it(`${days} days ago, ${which}: \`resend\` sends nothing, and the preview says why`, async () => {
        const { email, declared, states } = await invitedAnew(days);
        const news = { ...declared, resend: 1 };
        await lab.preview(states[which], news, declared);
        if (which === "refreshed")
          assertSaid(email, `${email} has headshots (${STANDING}), so \`resend\` sends nothing`);
        const after = await lab.provider.update(email, states[which], news);
        assertRecordable(after, { ...news, status: "pending" });
        assertUntouched(email);
      });
    }

  for (const which of ["refreshed", "not refreshed"] as const) {
    it(`moves to another team without an e-mail, ${which}`, async () => {
      const { email, declared, states } = await invitedAnew(1);
      const news = { ...declared, teamId: "team_abc123" };
      await lab.preview(states[which], news, declared);
      if (which === "refreshed")
        assertSaid(email, `${email} moves to team team_abc123, without an e-mail; headshots stay`);
      lab.takeRequests();
      const after = await lab.provider.update(email, states[which], news);
      assert.ok(lab.takeRequests().includes("assign"));
      assertRecordable(after, { ...news, status: "pending" });
      assertUntouched(email);
    });

    it(`is not revoked by a delete, ${which}`, async () => {
      const { email, states } = await invitedAnew(1);
      const message = await failureOf(lab.provider.delete(email, states[which]));
      assert.ok(message.startsWith(`${email} has headshots (${STANDING}); revoking would delete them`));
      assertUntouched(email);
    });
  }

  it("is revoked by a delete if the state says forceDestroy", async () => {
    const { email, states } = await invitedAnew(1, { forceDestroy: true });
    await lab.provider.delete(email, states.refreshed);
    assert.equal(lab.isLive(email), false);
  });

  it("is taken over under adopt: true only", async () => {
    const { email } = await invitedAnew(1);
    const message = await failureOf(lab.provider.create({ email }));
    assert.ok(message.includes(`has headshots (${STANDING}), so this stack does not adopt them`), message);
    const { outs } = await lab.provider.create({ email, adopt: true });
    assertRecordable(outs, { status: "pending", adopted: true });
    assert.notEqual(outs.modelId, undefined);
    assert.equal(lab.emailsTo(email), 2);
  });
});
