import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { Verb } from "headshotpro-emulator";
import { parseDuration } from "../../provider/src/provider/time-limits";
import { virtualLabForAll } from "../support/lab";
import { failureOf, partOf } from "../support/operations";

const SECONDS = 3;
const INTO = "team_abc123";

describe("customTimeouts", () => {
  const lab = virtualLabForAll({ teams: { [INTO]: "Sales" } });
  const within = <T>(operation: () => Promise<T>) => lab.provider.within(SECONDS, operation);
  const hangs = (on: Verb, email?: string) => lab.emulator.fault({ on, when: "before", kind: "hang", email });

  it("end a create that hangs; the next run looks the invite up, and nobody is e-mailed twice", async () => {
    const email = lab.person();
    lab.emulator.fault({ on: "create", when: "after", kind: "hang" });
    assert.equal(
      await failureOf(within(() => lab.provider.create({ email }))),
      `${email} was not invited, as far as is known: there was no reply within the 3 s of customTimeouts. ` +
        "Run `pulumi up` again: people are looked up before anything is sent twice.",
    );
    lab.nextRun();
    const { outs } = await lab.provider.create({ email });
    assert.deepEqual([outs.status, lab.emailsTo(email)], ["pending", 1]);
  });

  it("send nothing any more once the time is up", async () => {
    const email = lab.person();
    hangs("create");
    await failureOf(within(() => lab.provider.create({ email })));
    // The request ends after its own time, and the look-up finds nobody: without a limit the invite would go again.
    await pause(200);
    assert.ok(lab.requestsAbout(email).includes("get"));
    assert.equal(lab.emailsTo(email), 0);
  });

  for (const [on, status] of [
    ["assign", "accepted"],
    ["credits", "pending"],
  ] as const)
    it(`end an update whose ${on} hangs`, async () => {
      const { email, outs } = await lab.invitedBefore();
      lab.emulator.setStatus(email, status);
      hangs(on);
      const startedAt = lab.clock.now();
      const news = { email, teamId: INTO };
      await failureOf(within(() => lab.provider.update(email, { ...outs, status }, news)));
      assert.equal(lab.clock.now() - startedAt, SECONDS * 1000);
    });

  it("of no seconds are none", async () => {
    const email = lab.person();
    lab.emulator.fault({ on: "create", kind: { status: 503 }, email });
    assert.equal((await lab.provider.within(0, () => lab.provider.create({ email }))).outs.status, "pending");
  });

  it("end a team's new name that hangs", async () => {
    hangs("renameTeam");
    const startedAt = lab.clock.now();
    const { teams } = lab.provider;
    await failureOf(within(() => teams.update(INTO, { name: "Sales", teamId: INTO }, { name: "Sale" })));
    assert.equal(lab.clock.now() - startedAt, SECONDS * 1000);
  });

  it("leave a state that says what was revoked, and the next run sends the invite", async () => {
    const { email, outs } = await lab.invitedBefore();
    hangs("create");
    const news = { email, teamId: INTO };
    const { properties } = await partOf(within(() => lab.provider.update(email, outs, news)));
    assert.equal(properties.status, "revoked");
    lab.nextRun();
    const after = await lab.provider.update(email, properties, news);
    assert.deepEqual([after.status, after.teamId, lab.emailsTo(email)], ["pending", INTO, 2]);
  });

  it("revoke nobody any more whose time was up while they waited for the first invite of the run", async () => {
    const [ada, bob] = [await lab.invited(), await lab.invitedBefore()];
    hangs("create", ada.email);
    const update = ({ email, outs }: typeof ada) => lab.provider.update(email, outs, { email, teamId: INTO });
    const first = update(ada);
    await failureOf(within(() => update(bob)));
    await first;
    await pause(200);
    assert.ok(lab.isLive(bob.email) && lab.emailsTo(bob.email) === 1);
  });

  for (const [text, seconds] of [
    ["3s", 3],
    ["1m30s", 90],
    ["500ms", 0.5],
    ["1.5h", 5400],
    ["", undefined],
    [undefined, undefined],
  ] as const)
    it(`are written as ${text}`, () => assert.equal(parseDuration(text), seconds));
});
