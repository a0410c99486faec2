import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { assertRecordable, failureOf, MARK } from "../support/operations";

throughEachFace("read", (labForAll) => {
  const lab = labForAll();

  async function created(inputs: object = {}) {
    const declared = { email: lab.person(), ...inputs };
    const { outs } = await lab.provider.create(declared);
    lab.takeRequests();
    return { email: declared.email, declared, outs };
  }

  it("shows what is there with one request, keeps what GET does not tell, and echoes the inputs", async () => {
    const { email, declared, outs } = await created({ teamId: "team_xyz789", maxRenewals: 2 });
    const found = await lab.provider.read(email, outs);
    assert.deepEqual(found, { id: email, props: outs, inputs: declared });
    assert.deepEqual(lab.takeRequests(), ["get"]);
  });

  it("follows the person's life; only a pending invite expires", async () => {
    const { email, outs } = await created();
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

  it("looks at somebody whom the state has under an address that would not be taken today", async () => {
    const email = lab.person().replace("@", "’s@");
    const { outs } = await lab.provider.create({ email });
    const found = await lab.provider.read(email, outs);
    assert.deepEqual([found?.id, found?.props.status], [email, "pending"]);
    await assert.rejects(lab.provider.read(email, {}), /which only looks like "'"\.$/);
  });

  it("shows in which team they are, not in which they were declared", async () => {
    const { email, outs } = await created({ teamId: "team_xyz789" });
    lab.emulator.moveToTeam(email, "team_abc123");
    const found = await lab.provider.read(email, { ...outs, teamName: "Marketing" });
    const { props = {}, inputs } = found ?? {};
    const told = [props.teamId, inputs?.teamId, props.teamName];
    assert.deepEqual(told, ["team_abc123", "team_abc123", undefined]);
  });

  it("finds nobody who was revoked by hand, after a look into the list: the next up invites them again", async () => {
    const { email, outs } = await created();
    lab.emulator.revokeByHand(email);
    assert.equal(await lab.provider.read(email, outs), undefined);
    assert.deepEqual(lab.takeRequests(), ["get", "list"]);
  });

  it("needs no more than the id, in any spelling; the list has the date", async () => {
    const { email, outs } = await created({ teamId: "team_xyz789" });
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
    const { email, outs } = await created();
    const { createdAt, expiresAt } = outs;
    const old = { email, renewals: 2, forceDestroy: true, createdAt };
    const found = await lab.provider.read(email, old);
    assert.deepEqual(found?.props, { ...old, ...MARK, expiresAt, status: "pending", adopted: true });
    assert.deepEqual(found?.inputs, { email, forceDestroy: true });
  });

  it("an id that is no address is an error", async () => {
    const message = await failureOf(lab.provider.read("ada"));
    assert.equal(message, '"ada" is not an e-mail address: it has no @.');
    assert.deepEqual(lab.takeRequests(), []);
  });
});

describe("read if GET minds the case of letters", () => {
  const lab = virtualLabForAll({ caseSensitive: true });
  it("finds somebody who was invited by hand in another spelling", async () => {
    lab.emulator.inviteByHand({ email: "Zoe@Acme.com" });
    const found = await lab.provider.read("zoe@acme.com", {});
    const { email, status } = found?.props ?? {};
    assert.deepEqual([found?.id, email, status], ["zoe@acme.com", "zoe@acme.com", "pending"]);
  });
});
