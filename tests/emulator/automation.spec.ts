import assert from "node:assert/strict";
import type { EmulatorOptions } from "headshotpro-emulator";
import { bring, create, emulators, get, list } from "../support/emulators";

const ADA = "ada@acme.com";
const EVE = "eve@acme.com";

describe("emulator: what HeadshotPro does by itself", () => {
  const start = emulators();
  const START = Date.UTC(2027, 0, 31, 12);
  const startAt = (options: EmulatorOptions) => start({ now: () => START, ...options });

  it("retention: 30 days after the shoot, to the second, completed becomes deleted without its model", async () => {
    const emulator = await startAt({ retentionDays: 30 });
    bring(emulator, EVE, "generating");
    bring(emulator, "new@acme.com", "pending");
    bring(emulator, ADA, "completed");
    emulator.clock.advance({ days: 29 });
    emulator.complete(EVE);
    emulator.clock.advance({ days: 1, seconds: -1 });
    assert.equal((await get(emulator, ADA)).body.invite.status, "completed");
    emulator.clock.advance({ seconds: 1 });
    assert.deepEqual((await get(emulator, ADA)).body.invite, { email: ADA, status: "deleted", teamId: null });
    const statuses = (await list(emulator)).body.invites.map((one: { status: string }) => one.status);
    assert.deepEqual(statuses, ["deleted", "pending", "completed"]);
    assert.equal((await create(emulator, ADA)).status, 200, "whoever is over can be invited again");
  });

  it("retention switched on later deletes at once what is old enough, and switched off nothing", async () => {
    const emulator = await startAt({});
    bring(emulator, ADA, "completed");
    emulator.clock.advance({ days: 40 });
    assert.equal(emulator.invite(ADA)?.status, "completed");
    emulator.automate({ retentionDays: 41 });
    assert.equal(emulator.invite(ADA)?.status, "completed");
    emulator.automate({ retentionDays: undefined });
    emulator.clock.advance({ days: 40 });
    assert.equal(emulator.invite(ADA)?.status, "completed");
    emulator.automate({ retentionDays: 30 });
    assert.equal(emulator.invite(ADA)?.status, "deleted");
  });

  it("next shoot: pending again or accepted, with the model, a new date and link, and the vendor's e-mail", async () => {
    for (const status of ["pending", "accepted"] as const) {
      const emulator = await startAt({});
      bring(emulator, ADA, "completed");
      bring(emulator, EVE, "pending");
      const former = emulator.invite(ADA);
      emulator.clock.advance({ days: 400 });
      emulator.inviteToNextShoot(ADA, status);
      const { createdAt, modelId, ...rest } = (await list(emulator)).body.invites[0];
      assert.deepEqual(rest, { email: ADA, status, teamId: null, teamName: null });
      assert.equal(modelId, former?.modelId);
      assert.equal(createdAt, emulator.clock.now().toISOString());
      const { link, ...email } = emulator.outbox.at(-1) ?? assert.fail();
      assert.deepEqual(email, { to: ADA, teamId: null, at: createdAt, byVendor: true });
      assert.notEqual(link, emulator.outbox[0]?.link);
      if (status === "pending") emulator.accept(ADA);
      assert.notEqual(emulator.startUpload(ADA).modelId, modelId, "a shoot has a model of its own");
    }
  });

  it("next shoot every month: by itself, dated when it was due, once a shoot", async () => {
    const emulator = await startAt({ nextShootMonths: 2 });
    bring(emulator, ADA, "completed");
    emulator.clock.advance({ days: 300 });
    assert.equal(emulator.outbox.length, 2, "turning the clock is enough");
    const { status, createdAt, modelId } = emulator.invite(ADA) ?? assert.fail();
    assert.deepEqual([status, createdAt], ["pending", "2027-03-31T12:00:00.000Z"]);
    assert.match(modelId ?? "", /^[0-9a-f]{24}$/);
    emulator.clock.advance({ days: 300 });
    assert.equal(emulator.outbox.length, 2);
  });

  it("retention of somebody who is invited to the next shoot takes the model, and they stay invited", async () => {
    const emulator = await startAt({ retentionDays: 60, nextShootMonths: 1 });
    bring(emulator, ADA, "completed");
    emulator.clock.advance({ days: 59 });
    assert.match(emulator.invite(ADA)?.modelId ?? "", /^[0-9a-f]{24}$/);
    emulator.clock.advance({ days: 1 });
    const { status, modelId } = emulator.invite(ADA) ?? {};
    assert.deepEqual([status, modelId], ["pending", undefined]);
  });

  it("a retry starts again: uploading, the same model, and no retention until it is completed", async () => {
    const emulator = await startAt({ retentionDays: 30 });
    bring(emulator, ADA, "completed");
    const { modelId } = emulator.invite(ADA) ?? {};
    assert.deepEqual([emulator.giveRetry(ADA).status, emulator.invite(ADA)?.modelId], ["uploading", modelId]);
    emulator.clock.advance({ days: 40 });
    assert.equal(emulator.invite(ADA)?.status, "uploading");
    emulator.generate(ADA);
    emulator.complete(ADA);
    emulator.clock.advance({ days: 29 });
    assert.equal(emulator.invite(ADA)?.status, "completed");
  });

  for (const [what, automation] of Object.entries({
    "no day": { retentionDays: 0 },
    "half a month": { nextShootMonths: 0.5 },
    "more than five years": { nextShootMonths: 61 },
  })) {
    it(`cannot be set to ${what}`, async () => {
      await assert.rejects(start(automation), /is a whole number from 1 to/);
      const emulator = await start();
      assert.throws(() => emulator.automate(automation), /is a whole number from 1 to/);
      assert.deepEqual(emulator.automation, { retentionDays: undefined, nextShootMonths: undefined });
    });
  }
});
