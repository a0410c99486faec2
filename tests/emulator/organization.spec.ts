import assert from "node:assert/strict";
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

  it("tells the teams and the credits by themselves: an invite takes none, an upload one", async () => {
    const emulator = await start({ ...A, credits: 2 });
    emulator.addTeam("c", "Research");
    const teams = Object.entries(emulator.teams).map(([id, name]) => ({ id, name }));
    assert.deepEqual((await call(emulator, "GET", TEAMS)).body, { success: true, teams });
    const credits = async () => (await call(emulator, "GET", "/organization/credits")).body;
    await create(emulator, ADA);
    assert.deepEqual(await credits(), { success: true, credits: 2 });
    bring(emulator, EVE, "uploading");
    assert.deepEqual(await credits(), { success: true, credits: 1 });
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
});

describe("emulator: API keys and their scopes", () => {
  const start = emulators();

  const asked = async (emulator: Emulator, key: string) =>
    (
      await call(emulator, "GET", "/organization/invites", undefined, {
        headers: { authorization: `Bearer ${key}` },
      })
    ).status;

  it("several keys lead to one organization, and apiKey is the first", async () => {
    const emulator = await start({ apiKey: ["one", "two"] });
    assert.deepEqual([emulator.apiKey, emulator.apiKeys], ["one", ["one", "two"]]);
    for (const [key, status] of [
      ["one", 200],
      ["two", 200],
      ["three", 401],
      ["one,two", 401],
    ] as const) {
      assert.equal(await asked(emulator, key), status, key);
    }
  });

  it("a key can be rotated while it runs", async () => {
    const emulator = await start({ apiKey: "old" });
    emulator.acceptKey("new");
    assert.deepEqual([await asked(emulator, "old"), await asked(emulator, "new")], [200, 200]);
    emulator.refuseKey("old");
    assert.deepEqual([await asked(emulator, "old"), await asked(emulator, "new")], [401, 200]);
    assert.deepEqual(emulator.apiKeys, ["new"]);
  });

  it("no key that was ever known gets into the log, from whatever part of a request", async () => {
    const emulator = await start({ apiKey: ["hp first/secret", "hp_second"], memberKey: "hp_member" });
    emulator.acceptKey("hp_third");
    emulator.refuseKey("hp_second");
    for (const key of ["hp first/secret", "hp_second", "hp_member", "hp_third"]) {
      await asked(emulator, key);
      await call(emulator, "GET", `/organization/invites?key=${encodeURIComponent(key)}`);
      await call(emulator, "GET", `/organization/invites/${encodeURIComponent(key)}`);
      await call(emulator, "POST", "/organization/invites", { email: `${key}@acme.com` });
    }
    assert.doesNotMatch(JSON.stringify(emulator.requests), /hp.first|secret|hp_/);
    assert.equal(emulator.requests[1]?.path, "/api/v2/organization/invites?key=[key]");
    assert.equal(emulator.requests[3]?.email, "[key]@acme.com");
  });

  it("an emulator that nobody could use is refused", async () => {
    await assert.rejects(start({ apiKey: [] }), /at least one API key/);
    await assert.rejects(start({ apiKey: ["one", ""] }), /an API key cannot be empty/);
    const emulator = await start();
    assert.throws(() => emulator.acceptKey(""), /an API key cannot be empty/);
  });

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
