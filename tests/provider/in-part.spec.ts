import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { assertRecordable, partOf } from "../support/operations";

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
  afterEach(() => lab.emulator.clearFaults());

  for (const { name, news, days, renewals, halfDone } of CHANGES) {
    async function start() {
      const email = lab.person();
      const { outs: state } = await lab.provider.create({ email, teamId: "team_xyz789" });
      const declared = { email, teamId: "team_xyz789", ...news };
      lab.pass(days);
      lab.nextRun();
      return { email, declared, state };
    }

    it(`${name}: the state says what was done, the preview announces the rest, and one e-mail follows`, async () => {
      const { email, declared, state } = await start();
      lab.emulator.fault(REFUSED);
      const { id, properties, message } = await partOf(lab.provider.update(email, state, declared));
      const said = `^the invite of ${email} was revoked, but no new one was sent: .*no credits`;
      assert.match(message, new RegExp(said));
      assert.equal(id, email);
      const { link, createdAt, expiresAt, modelId, ...rest } = properties;
      assert.deepEqual([link, createdAt, expiresAt, modelId], Array(4).fill(undefined));
      assertRecordable(rest, { email, status: "revoked", teamId: "team_xyz789", renewals: halfDone });

      lab.nextRun();
      // The engine takes the new inputs for recorded as well.
      const found = await lab.preview(properties, declared, declared);
      assert.equal(found.changes, "some");
      const announced = /was revoked and not sent again yet: `pulumi up` sends it, with a new e-mail/;
      assert.match(lab.printedAbout(email).join(), announced);
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
        lab.pass(5);
        lab.nextRun();
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
    const email = lab.person();
    const { outs } = await lab.provider.create({ email });
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
    const email = lab.person();
    const { outs } = await lab.provider.create({ email });
    const declared = { email, teamId: "team_abc123" };
    lab.emulator.fault(REFUSED);
    const { id, properties } = await partOf(lab.provider.update(email, outs, declared));
    assert.deepEqual([id, properties.status, properties.link], [email, "revoked", undefined]);
    const after = await lab.provider.update(email, properties, declared);
    assertRecordable(after, { ...declared, status: "pending" });
    assert.equal(lab.emailsTo(email), 2);
  });
});
