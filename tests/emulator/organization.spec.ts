import assert from "node:assert/strict";
import type { Emulator, Scope, Verb } from "headshotpro-emulator";
import { type Answer, assign, bring, call, create, emulators, get, list, revoke } from "../support/emulators";

const ADA = "ada@acme.com";
const EVE = "eve@acme.com";
const ORGANIZATION = "/organization";
const TEAMS = "/organization/teams";

describe("emulator: organization and its teams", () => {
  const start = emulators();
  const A = { teams: { a: "Sales", b: "Legal" } };

  it("tells uid, name and teams, and making or renaming a team answers the same", async () => {
    const emulator = await start({ ...A, uid: "org_1", name: "Acme" });
    const shown = (...more: object[]) => {
      const teams = [{ id: "a", name: "Sales" }, { id: "b", name: "Legal" }, ...more];
      const organization = { uid: "org_1", name: "Acme", website: "https://example.com", teams };
      return { success: true, organization };
    };
    assert.deepEqual((await call(emulator, "GET", ORGANIZATION)).body, shown());
    const made = await call(emulator, "POST", TEAMS, { name: " Research & Development " });
    const id = Object.keys(emulator.teams).at(-1) ?? "";
    assert.match(id, /^team_[0-9a-f]{12}$/);
    assert.deepEqual(made.body, shown({ id, name: "Research & Development" }));
    const renamed = await call(emulator, "PUT", `${TEAMS}/${id}`, { name: "R&D" });
    assert.deepEqual(renamed.body, shown({ id, name: "R&D" }));
    assert.deepEqual([emulator.uid, emulator.name], ["org_1", "Acme"]);
  });

  it("a deleted team leaves its people without one", async () => {
    const emulator = await start(A);
    await create(emulator, ADA, "a");
    const { body } = await call(emulator, "DELETE", `${TEAMS}/a`);
    assert.deepEqual(body, { success: true, message: "Team deleted" });
    const [{ teamId, teamName }] = (await list(emulator)).body.invites;
    assert.deepEqual([teamId, teamName, emulator.teams], [null, null, { b: "Legal" }]);
  });

  const [UNNAMED, TAKEN] = ["Team name is required", "Team with this name already exists"];
  for (const [what, request, body, error] of [
    ["a blank name", "POST", { name: " " }, UNNAMED],
    ["a name that exists", "POST", { name: " sales" }, TAKEN],
    ["a rename to no name", "PUT /a", { name: 3 }, UNNAMED],
    ["a rename to another's", "PUT /a", { name: "LEGAL" }, TAKEN],
    ["a rename of no team", "PUT /c", { name: "New" }, "Team not found"],
    ["a deletion of no team", "DELETE /c", undefined, "Team not found"],
    ["people into no team", "POST /c/members", { emails: [ADA] }, "Team not found"],
    ["no people", "POST /a/members", { emails: [] }, "emails must be a list of addresses"],
  ] as const)
    it(`refuses ${what}`, async () => {
      const emulator = await start(A);
      const [method = "", path = ""] = request.split(" ");
      const answer = await call(emulator, method, `${TEAMS}${path}`, body);
      const [status, code] = error === "Team not found" ? [404, "NOT_FOUND"] : [400, "INVALID_REQUEST"];
      assert.deepEqual([answer.status, answer.body], [status, { success: false, error, code }]);
      assert.deepEqual(emulator.teams, A.teams);
    });
});

describe("emulator: people who are assigned to a team", () => {
  const start = emulators();
  const MOVED = ["next shoot", "accepted", "completed", "on_hold"];

  for (const status of [...MOVED, "pending", "deleted", "unknown"]) {
    const isMoved = MOVED.includes(status);
    for (const moves of isMoved ? (["ignored"] as const) : (["ignored", "refused"] as const))
      it(`${status}: ${isMoved ? "moved" : moves}, without an e-mail, and the model stays`, async () => {
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
        const after = before && { ...before, ...(isMoved && { teamId: "team_xyz789" }) };
        assert.deepEqual(emulator.invite(ADA), after);
        assert.equal(emulator.invite(EVE)?.teamId, isRefused ? null : "team_xyz789", "all or nobody");
        assert.deepEqual(emulator.outbox, []);
      });
  }
});

describe("emulator: API keys and their scopes", () => {
  const start = emulators();

  const statuses = async (emulator: Emulator, ...keys: string[]) => {
    const asked = keys.map((key) => ({ headers: { authorization: `Bearer ${key}` } }));
    const list = asked.map((init) => call(emulator, "GET", "/organization/invites", undefined, init));
    return (await Promise.all(list)).map(({ status }) => status);
  };

  it("several keys lead to one organization, and can be rotated while it runs", async () => {
    const emulator = await start({ apiKey: ["one", "two"] });
    assert.deepEqual([emulator.apiKey, emulator.apiKeys], ["one", ["one", "two"]]);
    emulator.acceptKey("new");
    emulator.refuseKey("one");
    assert.deepEqual(emulator.apiKeys, ["two", "new"]);
    assert.deepEqual(await statuses(emulator, "one", "two", "new", "two,new"), [401, 200, 200, 401]);
  });

  it("no key that was ever known gets into the log, from whatever part of a request", async () => {
    const emulator = await start({ apiKey: ["hp first/secret", "hp_second"], memberKey: "hp_member" });
    emulator.acceptKey("hp_third");
    emulator.refuseKey("hp_second");
    for (const key of ["hp first/secret", "hp_second", "hp_member", "hp_third"]) {
      await statuses(emulator, key);
      await call(emulator, "GET", `/organization/invites?key=${encodeURIComponent(key)}`);
      await call(emulator, "GET", `/organization/invites/${encodeURIComponent(key)}`);
      await call(emulator, "POST", "/organization/invites", { email: `${key}@acme.com` });
    }
    assert.doesNotMatch(JSON.stringify(emulator.requests), /hp.first|secret|hp_/);
    assert.equal(emulator.requests[1]?.path, "/api/v2/organization/invites?key=[key]");
    assert.equal(emulator.requests[3]?.email, "[key]@acme.com");
  });

  const TEAM = `${TEAMS}/team_xyz789`;
  const CALLS: Record<Exclude<Verb, "other">, [Scope, (emulator: Emulator) => Promise<Answer>]> = {
    list: ["Invites", list],
    create: ["Invites", (emulator) => create(emulator, EVE)],
    get: ["Invites", (emulator) => get(emulator, ADA)],
    revoke: ["Invites", (emulator) => revoke(emulator, ADA)],
    organization: ["Organization", (emulator) => call(emulator, "GET", ORGANIZATION)],
    credits: ["Organization", (emulator) => call(emulator, "GET", "/organization/credits")],
    teams: ["Teams", (emulator) => call(emulator, "GET", TEAMS)],
    createTeam: ["Teams", (emulator) => call(emulator, "POST", TEAMS, { name: "New" })],
    renameTeam: ["Teams", (emulator) => call(emulator, "PUT", TEAM, { name: "New" })],
    deleteTeam: ["Teams", (emulator) => call(emulator, "DELETE", TEAM)],
    assign: ["Teams", (emulator) => assign(emulator, "team_xyz789", ADA)],
  };
  const SCOPES: Scope[] = ["Organization", "Invites", "Teams", "Models", "Photos"];

  for (const [verb, [scope, request]] of Object.entries(CALLS))
    it(`${verb} needs ${scope}, and a fault can hit it`, async () => {
      const scopes = SCOPES.filter((one) => one !== scope);
      const emulator = await start({ apiKey: { key: "k", scopes } });
      bring(emulator, ADA, "completed");
      const before = JSON.stringify([emulator.invites(), emulator.teams]);
      const { status, body } = await request(emulator);
      const error = `The API key does not have the scope ${scope}`;
      assert.deepEqual([status, body], [403, { success: false, error, code: "FORBIDDEN" }]);
      assert.equal(JSON.stringify([emulator.invites(), emulator.teams]), before);

      emulator.acceptKey("k", [scope]);
      emulator.fault({ on: verb as Verb, kind: { status: 503 } });
      const answers = [(await request(emulator)).status, (await request(emulator)).status];
      assert.deepEqual(answers, [503, 200]);
      const logged = emulator.requests.map((one) => one.verb);
      assert.deepEqual(logged, [verb, verb, verb]);
    });
});
