import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { assertRecordable, failsWith, type Properties, partOf } from "../support/operations";

describe("resend", () => {
  const lab = virtualLabForAll();

  /** Somebody invited a day ago, as the state has them; the next command. */
  async function invited(status = "pending", inputs: object = {}) {
    const { email, outs } = await lab.invited({ ...inputs });
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
    lab.assertSaid(/revokes the unused invite and sends it again, with a new e-mail \(resend 1\)/, email);
    assert.deepEqual(lab.takeRequests(), ["credits"], "a preview asks only whether sending would fail");
    const after = await lab.provider.update(email, state, declared);
    assert.deepEqual(lab.takeRequests(), ["list", "get", "revoke", "create"]);
    lab.assertSaid(/: the invite was sent again$/, email);
    assertRecordable(after, { ...declared, status: "pending", renewals: 0, adopted: false });
    assert.equal(after.link, lab.emulator.outbox.at(-1)?.link);
    lab.nextRun();
    assert.equal((await lab.preview(after, declared)).changes, "none");
    assert.equal(lab.emailsTo(email), 2);
  });

  it("together with a renewal and a team move is one e-mail", async () => {
    const { email, state, declared } = await invited();
    lab.pass(31);
    const news = { ...declared, teamId: "team_abc123" };
    assertRecordable(await lab.provider.update(email, state, news), { ...news, renewals: 0 });
    assert.equal(lab.emailsTo(email), 2);
  });

  for (const status of ["accepted", "completed"])
    it(`sends nothing to somebody who is ${status}, as the state knows`, async () => {
      const { email, state, declared } = await invited(status);
      await lab.preview(state, declared);
      lab.assertSaid(/has used the invite \(.+\), so `resend` sends nothing/, email);
      const after = await lab.provider.update(email, state, declared);
      assert.deepEqual([after.resend, after.link, lab.takeRequests()], [1, state.link, []]);
    });

  it("is refused, in the preview and in the up, if it is not known when the invite was sent", async () => {
    const { email, state, declared } = await invited();
    const { createdAt, expiresAt, ...undated } = state;
    const refusal = /it is not known when the invite was sent, .*Run `pulumi refresh` first\.$/;
    await failsWith(lab.preview(undated, declared), refusal);
    await failsWith(lab.provider.update(email, undated, declared), refusal);
    assert.deepEqual([lab.isLive(email), lab.emailsTo(email)], [true, 1]);
    const refreshed = await lab.provider.read(email, undated);
    assert.equal((await lab.provider.update(email, refreshed?.props ?? {}, declared)).resend, 1);
    assert.equal(lab.emailsTo(email), 2);
  });

  it("is refused if the list, which alone tells whether it was done, leaves the person out", async () => {
    const { email, state, declared } = await invited();
    lab.once("answered", "list", undefined, () => lab.emulator.inviteByHand({ email }));
    lab.emulator.revokeByHand(email);
    await failsWith(lab.provider.update(email, state, declared), /not known when the invite was sent/);
    assert.equal(lab.emailsTo(email), 2, "ours and the one by hand");
  });
});

describe("resend to somebody whose team was deleted since", () => {
  const lab = virtualLabForAll();
  const teamId = "team_abc123";

  it("is refused before the revoke if the program names the team, and goes to no team if it does not", async () => {
    const [named, carried] = [await lab.invited({ teamId }), await lab.invited({ teamId })];
    lab.emulator.deleteTeam(teamId);
    lab.nextRunAfter(1);
    const { email, outs, declared } = named;
    const refused = lab.provider.update(email, outs, { ...declared, resend: 1 });
    await failsWith(refused, /was not invited again: the organization has no team "team_abc123"/);
    assert.deepEqual([lab.isLive(email), lab.emailsTo(email)], [true, 1]);
    const { inputs } = await lab.provider.check({ email: carried.email, resend: 1 }, carried.declared);
    const after = await lab.provider.update(carried.email, carried.outs, inputs);
    assert.deepEqual([after.status, after.teamId, lab.emailsTo(carried.email)], ["pending", undefined, 2]);
  });
});

/** There were credits when they were asked for, and none are left. */
const REFUSED = { on: "create", kind: { status: 402, code: "INSUFFICIENT_CREDITS" } } as const;

/** What an update sends again, and what its state says when that is half done. */
const CHANGES = [
  { name: "a team move", news: { teamId: "team_abc123" }, days: 20, renewals: 0, halfDone: 0 },
  { name: "a renewal", news: {}, days: 31, renewals: 1, halfDone: 1 },
  { name: "a resend", news: { resend: 1 }, days: 1, renewals: 0, halfDone: 0 },
];

describe("an invite that is revoked, and cannot be sent again", () => {
  const lab = virtualLabForAll();

  for (const { name, news, days, renewals, halfDone } of CHANGES) {
    async function start() {
      const { email, outs: state } = await lab.invited({ teamId: "team_xyz789" });
      const declared = { email, teamId: "team_xyz789", ...news };
      lab.nextRunAfter(days);
      return { email, declared, state };
    }

    it(`${name}: the state says what was done, the preview announces the rest, and one e-mail follows`, async () => {
      const { email, declared, state } = await start();
      lab.emulator.fault(REFUSED);
      const { properties, message } = await partOf(lab.provider.update(email, state, declared));
      assert.match(message, /^the invite of \S+ was revoked, but no new one was sent: .*no credits/);
      const { link, createdAt, expiresAt, modelId, ...rest } = properties;
      assert.deepEqual([link, createdAt, expiresAt, modelId], Array(4).fill(undefined));
      assertRecordable(rest, { email, status: "revoked", teamId: "team_xyz789", renewals: halfDone });

      lab.nextRun();
      // The engine takes the new inputs for recorded as well.
      const found = await lab.preview(properties, declared, declared);
      assert.equal(found.changes, "some");
      lab.assertSaid(/was revoked and not sent again yet: `pulumi up` sends it, with a new e-mail/, email);
      const after = await lab.provider.update(email, properties, declared);
      assertRecordable(after, { ...declared, status: "pending", renewals, adopted: false });
      assert.equal(after.link, lab.emulator.outbox.at(-1)?.link);
      assert.equal(lab.emailsTo(email), 2);
      lab.nextRun();
      assert.equal((await lab.preview(after, declared)).changes, "none");
    });

    for (const [moment, on, sent] of [
      ["answered", "revoke", false],
      ["asked", "create", false],
      ["answered", "create", true],
    ] as const)
      it(`${name}, killed when the ${on} is ${moment}: nothing is recorded, and days later one e-mail is sent in all`, async () => {
        const { email, declared, state } = await start();
        const killed = lab.killOnce(moment, on, email);
        void lab.provider.update(email, state, declared);
        await killed;
        assert.equal(lab.isLive(email), sent);
        lab.nextRunAfter(5);
        assert.notEqual((await lab.preview(state, declared)).changes, "none");
        const after = await lab.provider.update(email, state, declared);
        assertRecordable(after, { ...declared, status: "pending" });
        assert.equal(lab.emailsTo(email), 2);
        const { link } = lab.emulator.outbox.at(-1) ?? {};
        assert.equal(after.link ?? link, link, "no former link");
        const { createdAt } = lab.emulator.invite(email) ?? {};
        assert.ok(Date.parse(String(createdAt)) - Date.parse(String(after.createdAt)) < 2000, "its own date");
        lab.nextRun();
        assert.equal((await lab.preview(after, declared)).changes, "none");
      });
  }

  it("stays recorded as revoked for as long as it cannot be sent", async () => {
    const { email, outs } = await lab.invited();
    const declared = { email, teamId: "team_abc123" };
    lab.emulator.fault({ ...REFUSED, times: 2 });
    const first = await partOf(lab.provider.update(email, outs, declared));
    lab.nextRun();
    const second = await partOf(lab.provider.update(email, first.properties, declared));
    assert.deepEqual(second.properties, first.properties);
    assert.match(second.message, new RegExp(`^${email} was not invited again: `));
  });
});

throughEachFace("an invite that is revoked, and cannot be sent again", (labForAll) => {
  const lab = labForAll();

  it("is told to the engine with the error, and the next update sends one e-mail", async () => {
    const { email, outs } = await lab.invited();
    const declared = { email, teamId: "team_abc123" };
    lab.emulator.fault(REFUSED);
    const { id, properties } = await partOf(lab.provider.update(email, outs, declared));
    assert.deepEqual([id, properties.status, properties.link], [email, "revoked", undefined]);
    const after = await lab.provider.update(email, properties, declared);
    assertRecordable(after, { ...declared, status: "pending" });
    assert.equal(lab.emailsTo(email), 2);
  });
});
