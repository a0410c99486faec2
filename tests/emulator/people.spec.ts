import assert from "node:assert/strict";
import type { Emulator } from "headshotpro-emulator";
import { bring, create, emulators, list } from "../support/emulators";

const ADA = "ada@acme.com";
const STATUSES = [
  "pending",
  "accepted",
  "uploading",
  "generating",
  "completed",
  "revoked",
  "deleted",
  "on_hold",
];

type Step =
  | "accept"
  | "expire"
  | "startUpload"
  | "generate"
  | "complete"
  | "giveRetry"
  | "inviteToNextShoot"
  | "leave"
  | "revokeByHand";

/** From where each step is legal, and where it leads. */
const STEPS: Record<Step, { from: string[]; to: string }> = {
  accept: { from: ["pending"], to: "accepted" },
  expire: { from: ["pending"], to: "pending" },
  startUpload: { from: ["accepted"], to: "uploading" },
  generate: { from: ["uploading"], to: "generating" },
  complete: { from: ["generating"], to: "completed" },
  giveRetry: { from: ["completed"], to: "uploading" },
  inviteToNextShoot: { from: ["completed"], to: "pending" },
  leave: { from: ["accepted", "uploading", "generating", "completed", "on_hold"], to: "deleted" },
  revokeByHand: {
    from: ["pending", "accepted", "uploading", "generating", "completed", "on_hold"],
    to: "revoked",
  },
};

describe("emulator: people", () => {
  const start = emulators();

  for (const [step, { from, to }] of Object.entries(STEPS) as [Step, (typeof STEPS)[Step]][]) {
    for (const status of STATUSES) {
      it(`${step} from ${status}: ${from.includes(status) ? to : "an error"}`, async () => {
        const emulator = await start();
        bring(emulator, ADA, status);
        if (from.includes(status)) {
          assert.equal(emulator[step](ADA).status, to);
          assert.equal(emulator.invite(ADA)?.status, to);
        } else {
          const before = emulator.invite(ADA);
          assert.throws(() => emulator[step](ADA), /cannot|already/);
          assert.deepEqual(emulator.invite(ADA), before);
        }
      });
    }

    it(`${step} of somebody who was not invited: an error`, async () => {
      const emulator = await start();
      assert.throws(() => emulator[step](ADA), /no invite|not found/);
    });
  }

  it("a link that was made to expire is of no use, and its invite still counts", async () => {
    const emulator = await start();
    bring(emulator, ADA, "pending");
    const { expiresAt } = emulator.expire(ADA);
    assert.ok(expiresAt <= emulator.clock.now().toISOString());
    assert.throws(() => emulator.accept(ADA), /the link expired/);
    assert.equal((await create(emulator, ADA)).status, 400);
  });

  it("the model comes with the upload, stays, and goes when the person leaves", async () => {
    const emulator = await start();
    bring(emulator, ADA, "accepted");
    assert.equal(emulator.invite(ADA)?.modelId, undefined);
    const { modelId } = emulator.startUpload(ADA);
    assert.match(modelId ?? "", /^[0-9a-f]{24}$/);
    emulator.generate(ADA);
    assert.equal(emulator.complete(ADA).modelId, modelId);
    assert.equal(emulator.leave(ADA).modelId, undefined);
  });

  it("a credit is taken at the upload, and never given back", async () => {
    const emulator = await start({ credits: 2 });
    bring(emulator, ADA, "accepted");
    assert.equal(emulator.credits, 2);
    emulator.startUpload(ADA);
    assert.equal(emulator.credits, 1);
    emulator.revokeByHand(ADA);
    assert.equal(emulator.credits, 1);
    bring(emulator, "bob@acme.com", "accepted");
    emulator.credits = 0;
    assert.throws(() => emulator.startUpload("bob@acme.com"), /no credits are left/);
  });

  it("an expired link cannot be accepted, to the millisecond", async () => {
    const emulator = await start();
    emulator.inviteByHand({ email: ADA });
    const { createdAt, expiresAt } = emulator.invite(ADA) ?? assert.fail();
    assert.equal(Date.parse(expiresAt) - Date.parse(createdAt), 30 * 86_400_000);
    emulator.clock.set(expiresAt);
    assert.throws(() => emulator.accept(ADA), /the link expired/);
    emulator.clock.advance({ minutes: -1 });
    assert.equal(emulator.accept(ADA).status, "accepted");
  });

  it("an admin's invitation obeys the rules, and its e-mail is flagged", async () => {
    const emulator = await start();
    emulator.inviteByHand({ email: ADA, teamId: "team_abc123" });
    assert.deepEqual(
      emulator.outbox.map(({ to, teamId, byHand }) => ({ to, teamId, byHand })),
      [{ to: ADA, teamId: "team_abc123", byHand: true }],
    );
    assert.throws(() => emulator.inviteByHand({ email: ADA }), /already invited/);
  });

  it("moves between teams and out of them", async () => {
    const emulator = await start();
    bring(emulator, ADA, "completed");
    emulator.addTeam("team_new", "New");
    assert.equal(emulator.teams.team_new, "New");
    const row = async () => (await list(emulator)).body.invites[0];
    emulator.moveToTeam(ADA, "team_new");
    assert.equal((await row()).teamName, "New");
    emulator.moveToTeam(ADA, null);
    assert.equal((await row()).teamName, null);
    assert.throws(() => emulator.moveToTeam(ADA, "team_none"), /no team team_none/);
  });

  it("any status can be set; one with headshots has a model", async () => {
    const emulator = await start();
    bring(emulator, ADA, "pending");
    assert.equal(emulator.setStatus(ADA, "on_hold").modelId, undefined);
    assert.match(emulator.setStatus(ADA, "completed").modelId ?? "", /^[0-9a-f]{24}$/);
    assert.equal(emulator.setStatus(ADA, "deleted").modelId, undefined);
  });

  it("hands out copies", async () => {
    const emulator = await start();
    const handed = [emulator.inviteByHand({ email: ADA }), emulator.accept(ADA), ...emulator.invites()];
    handed.push(emulator.invite(ADA) ?? assert.fail());
    for (const invite of handed) invite.status = "scribbled";
    assert.equal(emulator.invite(ADA)?.status, "accepted");
  });
});

describe("emulator: clock", () => {
  const started = emulators();
  const REAL = Date.parse("2026-11-23T12:00:00.000Z");
  let realNow: number;
  beforeEach(() => {
    realNow = REAL;
  });
  const start = () => started({ now: () => realNow });
  const assertShown = (shown: string | Date | null | undefined, expected: string | number) =>
    assert.equal(new Date(shown ?? "").toISOString(), new Date(expected).toISOString());
  const assertReal = (emulator: Emulator) => assertShown(emulator.clock.now(), realNow);

  it("dates invites, e-mails and replies, and flows on", async () => {
    const emulator = await start();
    emulator.clock.set("2031-05-01T12:00:00.000Z");
    const { headers } = await create(emulator, ADA);
    for (const told of [headers.get("date"), emulator.invite(ADA)?.createdAt, emulator.outbox[0]?.at])
      assertShown(told, "2031-05-01T12:00:00.000Z");
    assert.doesNotMatch(emulator.requests[0]?.at ?? "", /^2031/);
    emulator.clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4 });
    assertShown(emulator.clock.now(), "2031-05-02T14:03:04.000Z");
    realNow += 1_500;
    assertShown(emulator.clock.now(), "2031-05-02T14:03:05.500Z");
    emulator.clock.reset();
    assertReal(emulator);
  });

  for (const time of ["1969-12-31T23:59:00Z", "0099-01-01", "9999-06-01", "+010000-01-01", "-000001-01-01"]) {
    it(`refuses ${time}, for which no Date header exists or no link could expire, and stays`, async () => {
      const emulator = await start();
      assert.throws(() => emulator.clock.set(time), /the clock goes from 1970 to 9998/);
      const days = (Date.parse(time) - realNow) / 86_400_000;
      assert.throws(() => emulator.clock.advance({ days }), /the clock goes from 1970 to 9998/);
      assertReal(emulator);
      assert.throws(
        () => emulator.addEntry({ email: ADA, status: "pending", createdAt: time }),
        /not a date/,
      );
    });
  }

  for (const time of ["1970-01-01T00:00:00Z", "9998-12-31T12:00:00Z"]) {
    it(`goes to ${time}, and replies tell it`, async () => {
      const emulator = await start();
      emulator.clock.set(time);
      const { headers } = await create(emulator, ADA);
      assertShown(headers.get("date"), time);
      assert.match(emulator.invite(ADA)?.expiresAt ?? "", /^\d{4}-/);
    });
  }

  it("refuses what is no time, and stays", async () => {
    const emulator = await start();
    assert.throws(() => emulator.clock.set("soon"), /not a date: soon/);
    assert.throws(() => emulator.clock.advance({ days: Number.NaN }), /not a duration/);
    assert.throws(() => emulator.clock.advance({ days: 1e12 }), /not a duration/);
    assertReal(emulator);
  });
});
