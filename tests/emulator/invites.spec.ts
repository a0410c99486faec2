import assert from "node:assert/strict";
import { bring, create, emulators, get, list, revoke } from "../support/emulators";

const ADA = "ada@acme.com";
const EVE = "eve@acme.com";
const EARLIER = "2024-01-15T10:30:00.000Z";

describe("emulator: invites", () => {
  const start = emulators();

  it("create answers with a link and an id, without status or createdAt, and e-mails once", async () => {
    const emulator = await start();
    const teamId = "team_xyz789";
    const { status, body } = await create(emulator, ADA, teamId);
    const { id } = body;
    assert.match(id, /^[0-9a-f]{32}$/);
    const link = `https://www.headshotpro.com/auth/signup?invite=${id}`;
    const told = { success: true, input: { email: ADA }, message: "Invite sent", link, id, teamId };
    assert.deepEqual([status, body], [200, told]);
    assert.deepEqual(emulator.outbox, [{ to: ADA, link, teamId, at: emulator.invite(ADA)?.createdAt }]);
    assert.equal((await create(emulator, EVE)).body.teamId, null, "without a team");
  });

  it("get answers without createdAt, and without modelId while there is no model", async () => {
    const emulator = await start();
    await create(emulator, ADA, "team_abc123");
    const pending = { email: ADA, status: "pending", teamId: "team_abc123" };
    assert.deepEqual((await get(emulator, ADA)).body, { success: true, invite: pending });
    emulator.accept(ADA);
    emulator.startUpload(ADA);
    const { modelId } = (await get(emulator, ADA)).body.invite;
    assert.match(modelId, /^[0-9a-f]{24}$/);
  });

  it("list answers newest first, with the team's name, without id or link", async () => {
    const emulator = await start();
    assert.deepEqual((await list(emulator)).body, { success: true, invites: [] });
    await create(emulator, ADA, "team_xyz789");
    await create(emulator, "bob@acme.com");
    const row = (email: string, team: object) => {
      const { createdAt } = emulator.invite(email) ?? {};
      return { email, status: "pending", ...team, createdAt };
    };
    assert.deepEqual((await list(emulator)).body.invites, [
      row("bob@acme.com", { teamId: null, teamName: null }),
      row(ADA, { teamId: "team_xyz789", teamName: "Marketing" }),
    ]);
  });

  it("revoke ends the invite and deletes the model, for any live status", async () => {
    const emulator = await start();
    for (const status of ["pending", "accepted", "completed", "on_hold"]) {
      const email = `${status}@acme.com`;
      bring(emulator, email, status);
      const message = "Invite revoked";
      assert.deepEqual((await revoke(emulator, email)).body, { success: true, message, input: { email } });
      assert.equal(emulator.invite(email)?.status, "revoked");
      assert.equal(emulator.invite(email)?.modelId, undefined);
      assert.equal((await get(emulator, email)).status, 404);
    }
    assert.deepEqual((await list(emulator)).body.invites, []);
  });

  it("kept: a revoked invite stays to be seen, and whoever is over can be invited again", async () => {
    const emulator = await start({ revoked: "kept" });
    for (const over of ["revoked", "deleted"]) {
      const email = `${over}@acme.com`;
      bring(emulator, email, over);
      assert.equal((await get(emulator, email)).body.invite.status, over);
      assert.equal((await create(emulator, email)).status, 200);
      assert.equal((await get(emulator, email)).body.invite.status, "pending");
    }
    assert.equal((await list(emulator)).body.invites.length, 2, "one entry each");
    assert.equal(emulator.invites().length, 4);
  });

  it("matches addresses in any case, unless told, and keeps them as they came", async () => {
    const relaxed = await start();
    await create(relaxed, "Ada@Acme.com");
    assert.equal((await create(relaxed, ADA)).status, 400);
    assert.equal((await get(relaxed, ADA)).body.invite.email, "Ada@Acme.com");
    const strict = await start({ caseSensitive: true });
    await create(strict, "Ada@Acme.com");
    assert.equal((await get(strict, ADA)).status, 404);
    assert.equal((await create(strict, ADA)).status, 200);
  });
});

describe("emulator: several entries for one address", () => {
  const start = emulators();

  for (const [getAnswers, status] of [
    [undefined, "pending"],
    ["oldest", "completed"],
  ] as const)
    it(`GET answers the ${getAnswers ?? "newest, unless told"}, and the list has both, newest first`, async () => {
      const emulator = await start(getAnswers && { getAnswers });
      emulator.inviteByHand({ email: ADA });
      const older = { status: "completed", teamId: "team_xyz789", createdAt: EARLIER };
      emulator.addEntry({ email: "Ada@acme.com", ...older });
      const { invites } = (await list(emulator)).body;
      const rows = invites.map((row: { email: string; status: string }) => `${row.email} ${row.status}`);
      assert.deepEqual(rows, [`${ADA} pending`, "Ada@acme.com completed"]);
      assert.deepEqual([invites[1].teamName, invites[1].createdAt], ["Marketing", EARLIER]);
      assert.match(invites[1].modelId, /^[0-9a-f]{24}$/);
      assert.equal((await get(emulator, ADA)).body.invite.status, status);
      assert.equal(emulator.invite(ADA)?.status, status);
    });

  it("a live one stands before one that is over, whatever their age", async () => {
    const emulator = await start({ revoked: "kept" });
    emulator.addEntry({ email: ADA, status: "pending", createdAt: EARLIER });
    emulator.addEntry({ email: ADA, status: "revoked" });
    assert.equal((await get(emulator, ADA)).body.invite.status, "pending");
    assert.equal((await create(emulator, ADA)).status, 400);
  });

  it("revoke ends the one that GET answers, and then the other one", async () => {
    const emulator = await start();
    emulator.addEntry({ email: ADA, status: "accepted", createdAt: EARLIER });
    emulator.addEntry({ email: ADA, status: "pending" });
    assert.equal((await revoke(emulator, ADA)).status, 200);
    assert.equal((await get(emulator, ADA)).body.invite.status, "accepted");
    assert.equal((await create(emulator, ADA)).status, 400, "one of them is still live");
    assert.equal((await revoke(emulator, ADA)).status, 200);
    assert.equal((await get(emulator, ADA)).status, 404);
  });
});
