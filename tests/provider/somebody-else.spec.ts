import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";
import { failureOf } from "../support/operations";

const BOSS = "boss@acme.com";
const UNUSABLE =
  /HeadshotPro gave no usable answer \(.*the reply is about somebody other than ada\+x\S*@acme\.com/;

/**
 * GET for ada+x answers about boss, who has headshots; ada's own forceDestroy says nothing about them. Nothing of such
 * an answer is recorded, and nothing is done to either of them.
 */
describe("an answer about somebody else", () => {
  const lab = virtualLabForAll();
  before(() => {
    lab.emulator.inviteByHand({ email: BOSS, teamId: "team_abc123" });
    lab.emulator.setStatus(BOSS, "completed");
  });
  beforeEach(() => lab.emulator.clearFaults());
  afterEach("boss is not touched, and not told about", () => {
    assert.deepEqual([lab.emulator.invite(BOSS)?.status, lab.emailsTo(BOSS)], ["completed", 1]);
    assert.deepEqual(lab.requestsAbout(BOSS), []);
    assert.doesNotMatch(lab.provider.printed.join(), /boss/);
  });

  let count = 0;
  const person = () => `ada+x${++count}@acme.com`;
  const answersAboutBoss = (on: "get" | "create" | "revoke", when: "before" | "after" = "before") =>
    lab.emulator.fault({ on, when, kind: "somebody-else", about: BOSS, times: Infinity });

  async function created(inputs: object = { forceDestroy: true }) {
    const email = person();
    const { outs } = await lab.provider.create({ email, ...inputs });
    lab.nextRun();
    return { email, outs };
  }

  for (const operation of ["read", "create", "update", "delete"] as const)
    it(`${operation}: an error, and nobody is adopted, revoked, moved or e-mailed, under forceDestroy too`, async () => {
      const { email, outs } = await created();
      const inputs = { email, forceDestroy: true };
      answersAboutBoss("get");
      const ended = {
        read: () => lab.provider.read(email, outs),
        create: () => lab.provider.create({ ...inputs, adopt: true }),
        update: () => lab.provider.update(email, outs, { ...inputs, teamId: "team_xyz789" }),
        delete: () => lab.provider.delete(email, outs),
      }[operation]();
      const message = await failureOf(ended);
      assert.match(message, UNUSABLE);
      assert.doesNotMatch(message, /boss/);
      assert.deepEqual([lab.isLive(email), lab.emailsTo(email)], [true, 1]);
    });

  it("create: the reply to the invite names somebody else, whose link is not recorded", async () => {
    const email = person();
    answersAboutBoss("create", "after");
    const { outs } = await lab.provider.create({ email });
    assert.deepEqual([outs.status, outs.teamId, outs.link], ["pending", undefined, undefined]);
    assert.equal(lab.emailsTo(email), 1);
  });

  it("delete: a revoke that is answered about somebody else is looked into", async () => {
    const { email, outs } = await created();
    answersAboutBoss("revoke", "after");
    await lab.provider.delete(email, outs);
    assert.equal(lab.isLive(email), false);
  });

  it("diff: headshots of somebody else refuse nothing and allow nothing", async () => {
    const { email, outs } = await created({});
    lab.emulator.setStatus(email, "completed");
    answersAboutBoss("get");
    const message = await failureOf(lab.preview({ ...outs, status: "completed" }, { email: `new-${email}` }));
    assert.match(message, new RegExp(`^${email.replace("+", "\\+")} has headshots`));
  });
});
