import assert from "node:assert/strict";
import type { Emulator, EmulatorOptions } from "headshotpro-emulator";
import { bring, create, emulators, get, list } from "../support/emulators";

const ADA = "ada@acme.com";
const EVE = "eve@acme.com";
const MEMBERS = ["accepted", "uploading", "generating", "completed", "on_hold"];
const STATUSES = ["pending", ...MEMBERS, "revoked", "deleted", "not invited"];

/** From where each step is legal, and where it leads. */
const STEPS = {
  accept: { from: ["pending"], to: "accepted" },
  expire: { from: ["pending"], to: "pending" },
  startUpload: { from: ["accepted"], to: "uploading" },
  generate: { from: ["uploading"], to: "generating" },
  complete: { from: ["generating"], to: "completed" },
  giveRetry: { from: ["completed"], to: "uploading" },
  inviteToNextShoot: { from: ["completed"], to: "pending" },
  leave: { from: MEMBERS, to: "deleted" },
  revokeByHand: { from: ["pending", ...MEMBERS], to: "revoked" },
} satisfies Partial<Record<keyof Emulator, { from: string[]; to: string }>>;
type Step = keyof typeof STEPS;

describe("emulator: people", () => {
  const start = emulators();

  for (const [step, { from, to }] of Object.entries(STEPS) as [Step, (typeof STEPS)[Step]][])
    for (const status of STATUSES)
      it(`${step} from ${status}: ${from.includes(status) ? to : "an error"}`, async () => {
        const emulator = await start();
        if (status !== "not invited") bring(emulator, ADA, status);
        if (from.includes(status)) {
          assert.equal(emulator[step](ADA).status, to);
          assert.equal(emulator.invite(ADA)?.status, to);
        } else {
          const before = emulator.invite(ADA);
          assert.throws(() => emulator[step](ADA), before ? /cannot|already/ : /no invite|not found/);
          assert.deepEqual(emulator.invite(ADA), before);
        }
      });

  it("a link that was made to expire is of no use, and its invite still counts, as one sent 30 days ago", async () => {
    const emulator = await start();
    bring(emulator, ADA, "pending");
    const { createdAt, expiresAt } = emulator.expire(ADA);
    assert.ok(expiresAt <= emulator.clock.now().toISOString());
    assert.equal(Date.parse(expiresAt) - Date.parse(createdAt), 30 * 86_400_000);
    emulator.clock.advance({ days: 1 });
    assert.equal(emulator.expire(ADA).createdAt, createdAt);
    assert.throws(() => emulator.accept(ADA), /the link expired/);
    assert.equal((await create(emulator, ADA)).status, 400);
  });

  it("a credit is taken at the upload, and never given back", async () => {
    const emulator = await start({ credits: 2 });
    bring(emulator, ADA, "accepted");
    assert.equal(emulator.credits, 2);
    emulator.startUpload(ADA);
    emulator.revokeByHand(ADA);
    assert.equal(emulator.credits, 1);
    bring(emulator, EVE, "accepted");
    emulator.credits = 0;
    assert.throws(() => emulator.startUpload(EVE), /no credits are left/);
  });
});

describe("emulator: what HeadshotPro does by itself", () => {
  const start = emulators();
  const START = Date.UTC(2027, 0, 31, 12);
  const startAt = (options: EmulatorOptions) => start({ now: () => START, ...options });

  it("retention: 30 days after the shoot, to the second, completed becomes deleted without its model", async () => {
    const emulator = await startAt({ retentionDays: 30 });
    bring(emulator, EVE, "generating");
    bring(emulator, ADA, "completed");
    emulator.clock.advance({ days: 29 });
    emulator.complete(EVE);
    emulator.clock.advance({ days: 1, seconds: -1 });
    assert.equal((await get(emulator, ADA)).body.invite.status, "completed");
    emulator.clock.advance({ seconds: 1 });
    assert.deepEqual((await get(emulator, ADA)).body.invite, { email: ADA, status: "deleted", teamId: null });
    const statuses = (await list(emulator)).body.invites.map((one: { status: string }) => one.status);
    assert.deepEqual(statuses, ["deleted", "completed"]);
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
});
