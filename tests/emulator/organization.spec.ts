import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Emulator, EmulatorOptions, Scope, Verb } from "headshotpro-emulator";
import { assign, bring, call, create, emulators, get, list, revoke } from "../support/emulators";

const ADA = "ada@acme.com";
const EVE = "eve@acme.com";
const ORGANIZATION = "/organization";
const TEAMS = "/organization/teams";

describe("emulator: organization and its teams", () => {
  const start = emulators();
  const A = { teams: { a: "Sales", b: "Legal" } };

  it("tells uid, name and teams, and making or renaming a team answers the same", async () => {
    const emulator = await start({ ...A, uid: "org_1", name: "Acme" });
    const shown = (...teams: object[]) => ({
      success: true,
      organization: { uid: "org_1", name: "Acme", website: "https://example.com", teams },
    });
    const [a, b] = [
      { id: "a", name: "Sales" },
      { id: "b", name: "Legal" },
    ];
    assert.deepEqual((await call(emulator, "GET", ORGANIZATION)).body, shown(a, b));
    const made = await call(emulator, "POST", TEAMS, { name: " Research & Development " });
    const id = Object.keys(emulator.teams).at(-1) ?? "";
    assert.match(id, /^team_[0-9a-f]{12}$/);
    assert.deepEqual(made.body, shown(a, b, { id, name: "Research & Development" }));
    const renamed = await call(emulator, "PUT", `${TEAMS}/${id}`, { name: "R&D" });
    assert.deepEqual(renamed.body, shown(a, b, { id, name: "R&D" }));
    assert.deepEqual([emulator.uid, emulator.name], ["org_1", "Acme"]);
  });

  it("has the uid of its first key unless told: the same again, and another for another key", async () => {
    const uid = async (options?: EmulatorOptions) => (await start(options)).uid;
    const first = await uid();
    assert.match(first, /^[0-9a-f]{24}$/);
    assert.equal(await uid(), first);
    assert.equal(await uid({ apiKey: ["hp_emulator_key", "second"] }), first);
    assert.notEqual(await uid({ apiKey: "second" }), first);
  });

  it("a deleted team leaves its people without one", async () => {
    const emulator = await start(A);
    await create(emulator, ADA, "a");
    await create(emulator, EVE, "b");
    assert.deepEqual((await call(emulator, "DELETE", `${TEAMS}/a`)).body, {
      success: true,
      message: "Team deleted",
    });
    const rows = (await list(emulator)).body.invites;
    assert.deepEqual(
      rows.map(({ teamId, teamName }: { teamId: string; teamName: string }) => [teamId, teamName]),
      [
        ["b", "Legal"],
        [null, null],
      ],
    );
    assert.deepEqual(emulator.teams, { b: "Legal" });
  });

  for (const [what, method, at, body, status, error] of [
    ["no name", "POST", TEAMS, {}, 400, "Team name is required"],
    ["a blank name", "POST", TEAMS, { name: " " }, 400, "Team name is required"],
    ["a name that exists", "POST", TEAMS, { name: " sales" }, 400, "Team with this name already exists"],
    ["a rename to no name", "PUT", `${TEAMS}/a`, { name: 3 }, 400, "Team name is required"],
    [
      "a rename to another's",
      "PUT",
      `${TEAMS}/a`,
      { name: "LEGAL" },
      400,
      "Team with this name already exists",
    ],
    ["a rename of no team", "PUT", `${TEAMS}/c`, { name: "New" }, 404, "Team not found"],
    ["a deletion of no team", "DELETE", `${TEAMS}/c`, undefined, 404, "Team not found"],
    ["people into no team", "POST", `${TEAMS}/c/members`, { emails: [ADA] }, 404, "Team not found"],
    ["no people", "POST", `${TEAMS}/a/members`, { emails: [] }, 400, "emails must be a list of addresses"],
    ["one address", "POST", `${TEAMS}/a/members`, { emails: ADA }, 400, "emails must be a list of addresses"],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const emulator = await start(A);
      const answer = await call(emulator, method, at, body);
      const code = status === 404 ? "NOT_FOUND" : "INVALID_REQUEST";
      assert.deepEqual([answer.status, answer.body], [status, { success: false, error, code }]);
      assert.deepEqual(emulator.teams, A.teams);
    });
  }

  it("a team may be renamed to its own name in other letters", async () => {
    const emulator = await start(A);
    assert.equal((await call(emulator, "PUT", `${TEAMS}/a`, { name: "SALES" })).status, 200);
    assert.deepEqual(emulator.teams, { a: "SALES", b: "Legal" });
  });

  it("the dashboard makes, renames and deletes teams by the same rules", async () => {
    const emulator = await start(A);
    const id = emulator.createTeam("New");
    emulator.renameTeam(id, "Newer");
    assert.deepEqual(emulator.teams, { ...A.teams, [id]: "Newer" });
    assert.throws(() => emulator.createTeam("newer"), /already exists/);
    assert.throws(() => emulator.renameTeam("c", "C"), /Team not found/);
    emulator.deleteTeam(id);
    assert.throws(() => emulator.deleteTeam(id), /Team not found/);
  });
});

describe("emulator: people who are assigned to a team", () => {
  const start = emulators();

  for (const [status, isMoved] of [
    ["pending", false],
    ["next shoot", true],
    ["accepted", true],
    ["uploading", true],
    ["generating", true],
    ["completed", true],
    ["on_hold", true],
    ["revoked", false],
    ["deleted", false],
    ["unknown", false],
  ] as const) {
    it(`${status}: ${isMoved ? "moved" : "passed over, or refused"}, without an e-mail, and the model stays`, async () => {
      for (const moves of ["ignored", "refused"] as const) {
        const emulator = await start({ moves });
        bring(emulator, EVE, "accepted");
        if (status === "next shoot") {
          bring(emulator, ADA, "completed");
          emulator.inviteToNextShoot(ADA);
        } else if (status !== "unknown") bring(emulator, ADA, status);
        const before = emulator.invite(ADA);
        emulator.clearOutbox();
        const answer = await assign(emulator, "team_xyz789", EVE, ADA.toUpperCase());
        const isRefused = !isMoved && moves === "refused";
        assert.equal(answer.status, isRefused ? 400 : 200);
        if (!isRefused)
          assert.deepEqual(answer.body, { success: true, message: "Members assigned to the team" });
        assert.deepEqual(
          emulator.invite(ADA),
          before && { ...before, ...(isMoved && { teamId: "team_xyz789" }) },
        );
        assert.equal(emulator.invite(EVE)?.teamId, isRefused ? null : "team_xyz789", "all or nobody");
        assert.deepEqual(emulator.outbox, []);
      }
    });
  }

  it("the log has each address, and a fault for one of them hits all", async () => {
    const emulator = await start();
    for (const email of [ADA, EVE]) bring(emulator, email, "completed");
    emulator.fault({ on: "assign", email: EVE, when: "after", kind: { status: 503 } });
    assert.equal((await assign(emulator, "team_xyz789", ADA)).status, 200);
    assert.equal((await assign(emulator, "team_abc123", ADA, EVE)).status, 503);
    assert.deepEqual(
      emulator.invites().map(({ teamId }) => teamId),
      ["team_abc123", "team_abc123"],
    );
    assert.deepEqual(
      emulator.requests.map(({ verb, email, emails }) => ({ verb, email, emails })),
      [
        { verb: "assign", email: ADA, emails: undefined },
        { verb: "assign", email: undefined, emails: [ADA, EVE] },
      ],
    );
  });

  it("may be answered with success though nothing has happened", async () => {
    const emulator = await start();
    bring(emulator, ADA, "completed");
    for (const on of ["assign", "revoke", "deleteTeam"] as const) emulator.fault({ on, kind: "no-effect" });
    assert.equal((await assign(emulator, "team_xyz789", ADA)).body.success, true);
    assert.equal((await revoke(emulator, ADA)).body.message, "Invite revoked");
    assert.equal((await call(emulator, "DELETE", `${TEAMS}/team_xyz789`)).body.message, "Team deleted");
    const { status, teamId } = emulator.invite(ADA) ?? {};
    assert.deepEqual([status, teamId, emulator.teams.team_xyz789], ["completed", null, "Marketing"]);
    assert.throws(
      () => emulator.fault({ on: "create", kind: "no-effect" }),
      /no-effect is a fault of revoke/,
    );
  });
});

describe("emulator: scopes of keys", () => {
  const start = emulators();

  const CALLS: Record<
    Exclude<Verb, "other">,
    [Scope, (emulator: Emulator) => Promise<{ status: number; body: object }>]
  > = {
    list: ["Invites", list],
    create: ["Invites", (emulator) => create(emulator, EVE)],
    get: ["Invites", (emulator) => get(emulator, ADA)],
    revoke: ["Invites", (emulator) => revoke(emulator, ADA)],
    organization: ["Organization", (emulator) => call(emulator, "GET", ORGANIZATION)],
    credits: ["Organization", (emulator) => call(emulator, "GET", "/organization/credits")],
    teams: ["Teams", (emulator) => call(emulator, "GET", TEAMS)],
    createTeam: ["Teams", (emulator) => call(emulator, "POST", TEAMS, { name: "New" })],
    renameTeam: ["Teams", (emulator) => call(emulator, "PUT", `${TEAMS}/team_xyz789`, { name: "New" })],
    deleteTeam: ["Teams", (emulator) => call(emulator, "DELETE", `${TEAMS}/team_xyz789`)],
    assign: ["Teams", (emulator) => assign(emulator, "team_xyz789", ADA)],
  };

  for (const [verb, [scope, request]] of Object.entries(CALLS)) {
    it(`${verb} needs ${scope}, and a fault can hit it`, async () => {
      const others = (["Organization", "Invites", "Teams", "Models", "Photos"] as const).filter(
        (one) => one !== scope,
      );
      const emulator = await start({ apiKey: { key: "k", scopes: others } });
      bring(emulator, ADA, "completed");
      const before = JSON.stringify([emulator.invites(), emulator.teams]);
      const { status, body } = await request(emulator);
      const error = `The API key does not have the scope ${scope}`;
      assert.deepEqual([status, body], [403, { success: false, error, code: "FORBIDDEN" }]);
      assert.equal(JSON.stringify([emulator.invites(), emulator.teams]), before);

      emulator.acceptKey("k", [scope]);
      emulator.fault({ on: verb as Verb, kind: { status: 503 } });
      assert.equal((await request(emulator)).status, 503);
      assert.equal((await request(emulator)).status, 200);
      assert.deepEqual(
        emulator.requests.map((one) => one.verb),
        [verb, verb, verb],
      );
    });
  }

  it("is one of five", async () => {
    const scopes = ["Everything"] as unknown as Scope[];
    await assert.rejects(
      start({ apiKey: [{ key: "k", scopes }] }),
      /there is no scope Everything: it is Organization/,
    );
  });
});

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

  it("survives a restart with the uid and the name, and a file of an earlier version has none of it", async () => {
    const directory = mkdtempSync(path.join(tmpdir(), "emulator-"));
    try {
      const stateFile = path.join(directory, "state.json");
      const first = await startAt({ stateFile, uid: "org_1", name: "Acme", retentionDays: 30 });
      bring(first, ADA, "completed");
      await first.close();
      const second = await startAt({ stateFile, uid: "org_2", name: "Other", retentionDays: 60 });
      assert.deepEqual([second.uid, second.name, second.automation.retentionDays], ["org_1", "Acme", 30]);
      second.clock.advance({ days: 31 });
      assert.equal(second.invite(ADA)?.status, "deleted");
      await second.close();

      const entry = { id: "1", email: ADA, status: "completed", teamId: null, modelId: "2" };
      const dates = { createdAt: "2027-01-01T00:00:00.000Z", expiresAt: "2027-01-31T00:00:00.000Z" };
      const invites = [{ ...entry, ...dates }];
      const earlier = { version: 1, clockOffsetMs: 0, credits: 3, teams: {}, invites, outbox: [] };
      writeFileSync(stateFile, JSON.stringify(earlier));
      const third = await startAt({ stateFile, uid: "org_3", retentionDays: 30 });
      assert.deepEqual([third.uid, third.name], ["org_3", "Emulated organization"]);
      assert.equal(third.invite(ADA)?.status, "deleted", "the date of the invite stands in for the shoot's");
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
