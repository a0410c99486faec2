import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { assertRecordable, failsWith, failureOf, MARK } from "../support/operations";

throughEachFace("read", (labForAll) => {
  const lab = labForAll();

  it("shows what is there with one request, keeps what GET does not tell, and echoes the inputs", async () => {
    const { email, declared, outs } = await lab.invited({ teamId: "team_xyz789", maxRenewals: 2 });
    const found = await lab.provider.read(email, outs);
    assert.deepEqual(found, { id: email, props: outs, inputs: declared });
    assert.deepEqual(lab.takeRequests(), ["get"]);
  });

  it("shows in which team they are, not in which they were declared", async () => {
    const { email, outs } = await lab.invited({ teamId: "team_xyz789" });
    lab.emulator.moveToTeam(email, "team_abc123");
    const found = await lab.provider.read(email, { ...outs, teamName: "Marketing" });
    const { props = {}, inputs } = found ?? {};
    const told = [props.teamId, inputs?.teamId, props.teamName];
    assert.deepEqual(told, ["team_abc123", "team_abc123", undefined]);
  });

  it("follows the person's life; only a pending invite expires", async () => {
    const { email, outs } = await lab.invited();
    lab.emulator.accept(email);
    const accepted = (await lab.provider.read(email, outs))?.props ?? {};
    const { status, expiresAt, modelId } = accepted;
    assert.deepEqual([status, expiresAt, modelId], ["accepted", undefined, undefined]);
    lab.emulator.startUpload(email);
    const uploading = (await lab.provider.read(email, accepted))?.props ?? {};
    const model = lab.emulator.invite(email)?.modelId;
    assert.deepEqual([uploading.status, uploading.modelId], ["uploading", model]);
    assertRecordable(uploading, { createdAt: outs.createdAt, link: outs.link });
  });

  it("needs no more than the id, in any spelling; the list has the date", async () => {
    const { email, outs } = await lab.invited({ teamId: "team_xyz789" });
    const found = await lab.provider.read(` ${email.toUpperCase()} `);
    const { createdAt, expiresAt, ...rest } = found?.props ?? {};
    const told = { status: "pending", teamName: "Marketing", adopted: true, renewals: 0 };
    assert.deepEqual(rest, { email, ...MARK, teamId: "team_xyz789", ...told });
    assert.deepEqual(found?.inputs, { email, teamId: "team_xyz789" });
    assert.ok(Math.abs(Date.parse(String(createdAt)) - Date.parse(String(outs.createdAt))) < 5000);
    assert.equal(Date.parse(String(expiresAt)) - Date.parse(String(createdAt)), 30 * 86_400_000);
    assert.deepEqual(lab.takeRequests(), ["get", "list"]);
  });

  it("fills in what an old or imported state lacks, and keeps what it has", async () => {
    const { email, outs } = await lab.invited();
    const { createdAt, expiresAt } = outs;
    const old = { email, renewals: 2, forceDestroy: true, createdAt };
    const found = await lab.provider.read(email, old);
    assert.deepEqual(found?.props, { ...old, ...MARK, expiresAt, status: "pending", adopted: true });
    assert.deepEqual(found?.inputs, { email, forceDestroy: true });
  });
});

describe("read of somebody who is hard to find", () => {
  const lab = virtualLabForAll();

  it("looks at somebody whom the state has under an address that would not be taken today", async () => {
    const email = lab.person().replace("@", "’s@");
    const { outs } = await lab.provider.create({ email });
    const found = await lab.provider.read(email, outs);
    assert.deepEqual([found?.id, found?.props.status], [email, "pending"]);
    await assert.rejects(lab.provider.read(email, {}), /which only looks like "'"\.$/);
  });

  it("finds nobody who was revoked by hand, after a look into the list: the next up invites them again", async () => {
    const { email, outs } = await lab.invited();
    lab.emulator.revokeByHand(email);
    assert.equal(await lab.provider.read(email, outs), undefined);
    assert.deepEqual(lab.takeRequests(), ["get", "list"]);
  });

  it("an id that is no address is an error", async () => {
    await failsWith(lab.provider.read("ada"), /^"ada" is not an e-mail address: it has no @\.$/);
    assert.deepEqual(lab.takeRequests(), []);
  });
});

const BOSS = "boss@acme.com";

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
  afterEach("boss is not touched, and not told about", () => {
    assert.deepEqual([lab.emulator.invite(BOSS)?.status, lab.emailsTo(BOSS)], ["completed", 1]);
    assert.deepEqual(lab.requestsAbout(BOSS), []);
    assert.doesNotMatch(lab.provider.printed.join(), /boss/);
  });

  for (const operation of ["read", "create", "update", "delete"] as const)
    it(`${operation}: an error, and nobody is adopted, revoked, moved or e-mailed, under forceDestroy too`, async () => {
      const inputs = { email: `ada+${operation}@acme.com`, forceDestroy: true };
      const { email } = inputs;
      const { outs } = await lab.provider.create(inputs);
      lab.nextRun();
      lab.emulator.fault({ on: "get", kind: "somebody-else", about: BOSS, times: Infinity });
      const ended = {
        read: () => lab.provider.read(email, outs),
        create: () => lab.provider.create({ ...inputs, adopt: true }),
        update: () => lab.provider.update(email, outs, { ...inputs, teamId: "team_xyz789" }),
        delete: () => lab.provider.delete(email, outs),
      }[operation]();
      const message = await failureOf(ended);
      assert.match(message, /no usable answer \(.*the reply is about somebody other than ada\+/);
      assert.doesNotMatch(message, /boss/);
      assert.deepEqual([lab.isLive(email), lab.emailsTo(email)], [true, 1]);
    });
});
