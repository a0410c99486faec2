import assert from "node:assert/strict";
import { type Emulator, type FaultKind, startEmulator } from "headshotpro-emulator";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import { Context } from "../../provider/src/provider/context";
import { NO_PEERS } from "../../provider/src/provider/peers";
import { UserError } from "../../provider/src/user-error";
import { NO_LIMIT } from "../support/constants";
import { KEY, MARK } from "../support/operations";
import { OneRun, VirtualClock } from "../support/virtual-clock";

const UNCONFIGURED = { HEADSHOTPRO_API_KEY: "" };
const THERE = 'there are "Marketing", "Sales"';
const FAILED = "ada@acme.com was not moved";

describe("the teams of a run", () => {
  let emulator: Emulator;
  let clock: VirtualClock;
  let run: OneRun;
  beforeEach(async () => {
    clock = new VirtualClock();
    run = new OneRun(clock);
    emulator = await startEmulator({
      ...{ apiKey: KEY, rateLimit: NO_LIMIT, teams: { team_a: "Marketing", team_b: "Sales" } },
      now: () => clock.now(),
      onRequest: (record) => run.dealtWith(record),
    });
  });
  afterEach(async () => {
    void run.die();
    await emulator.close();
  });

  function teamsWith(env: Record<string, string> = {}) {
    const all = { HEADSHOTPRO_API_KEY: KEY, HEADSHOTPRO_BASE_URL: emulator.url, ...env };
    const surroundings = { log: () => {}, env: all, peers: NO_PEERS, clock: run.clock, fetch: run.fetch };
    return new Context(surroundings, () => undefined).teams;
  }
  const requests = () => emulator.requests.map(({ verb }) => verb);
  /** Neither way to the teams works. */
  const failing = (kind: FaultKind) => {
    for (const on of ["organization", "teams"] as const) emulator.fault({ on, kind, times: Infinity });
  };

  const fails = (property: string, reason: string) => ({ failure: { property, reason } });
  const noTeam = (asked: string, meant: string) =>
    `the organization has no team "${asked}"; did you mean ${meant}? ${THERE}`;
  const TWO = 'the team "Sales" is team_b, and teamId says team_a';
  const passing = { teamId: "team_a", passedOver: TWO };
  const [A, B, X, SALES] = [
    { teamId: "team_a" },
    { teamId: "team_b" },
    { teamId: "team_x" },
    { team: "Sales" },
  ];
  const GROWTH = { team: "Growth", ...X };
  const NO_SALE = fails("team", noTeam("Sale", '"Sales"'));
  const [ONE, BOTH] = [["organization"], ["organization", "teams"]];
  /** By the state; what is declared; what it means, and what is asked for that. */
  const declared: [name: string, olds: object, inputs: object, means: object, asked: string[]][] = [
    ["the id that the state has", X, X, X, []],
    ["another id than the state has", X, B, B, ONE],
    ["an id that no team has", {}, { teamId: "team_c" }, fails("teamId", noTeam("team_c", "team_a")), BOTH],
    ["a name", {}, { team: "sales" }, B, ONE],
    ["a name, and an id that is not known yet", {}, { ...SALES, teamId: UNKNOWN }, B, ONE],
    ["a name and another id", {}, { ...SALES, ...A }, fails("team", `${TWO}: leave one of the two out`), ONE],
    ["a name, and the other id that the state has (ignoreChanges)", A, { ...SALES, ...A }, passing, ONE],
    ["the name and the id that the state has (ignoreChanges)", { ...GROWTH, ...MARK }, GROWTH, X, []],
    ["a name that no team has", {}, { team: "Sale" }, NO_SALE, BOTH],
  ];
  for (const [name, olds, inputs, means, asked] of declared)
    it(`declared: ${name}`, async () => {
      assert.deepEqual(await teamsWith().declared({ ...olds }, { ...inputs }), means);
      assert.deepEqual(requests(), asked);
    });

  it("are asked for once, for all names and ids", async () => {
    const teams = teamsWith();
    const all = [{ teamId: "team_a" }, { teamId: "team_c" }, { team: "Sales" }, { team: "Sale" }];
    await Promise.all(all.map((inputs) => teams.declared({}, inputs)));
    await teams.requireKnown({ teamId: "team_b" }, FAILED);
    assert.deepEqual(requests(), ["organization", "teams"]);
  });

  it("leave an unusable configuration for others to report", async () => {
    const inputs = { teamId: "team_c", team: "Sales" };
    assert.deepEqual(await teamsWith(UNCONFIGURED).declared({}, inputs), { teamId: "team_c" });
    assert.deepEqual(requests(), []);
  });

  const NO_LIST: FaultKind = { status: 403, code: "FORBIDDEN" };
  const BROKEN: FaultKind = { status: 503 };

  for (const [name, kind] of [
    ["not for this key", NO_LIST],
    ["broken", BROKEN],
  ] as const)
    it(`while the list is ${name}, an id passes, a name fails with the id as the way out, and none can be named`, async () => {
      failing(kind);
      assert.deepEqual(await teamsWith().declared({}, { teamId: "team_c" }), { teamId: "team_c" });
      const { failure } = await teamsWith().declared({}, { team: "Sales" });
      assert.equal(failure?.property, "team");
      assert.match(
        `${failure?.reason}`,
        /^the team "Sales" could not be looked up by its name: .* Without the list of teams, give teamId instead of team\.$/,
      );
      assert.equal(await teamsWith().toName(["Sales"]), undefined);
    });

  it("can be named, and let somebody be moved to one that is there", async () => {
    const teams = teamsWith();
    assert.equal(teams.nameOf("team_b"), undefined);
    await teams.requireKnown({ teamId: "team_b" }, FAILED);
    assert.deepEqual([teams.nameOf("team_b"), teams.nameOf("team_c")], ["Sales", undefined]);
    assert.deepEqual(await teams.toName(["Sales"]), [
      { id: "team_a", name: "Marketing" },
      { id: "team_b", name: "Sales" },
    ]);
  });

  it("let nobody be moved to one that is not there", async () => {
    await assert.rejects(teamsWith().requireKnown({ teamId: "team_c" }, FAILED), {
      name: "UserError",
      message: `${FAILED}: the organization has no team "team_c"; did you mean team_a? ${THERE}.`,
    });
  });

  it("let somebody be moved while the list is not for this key: nothing is known against it", async () => {
    failing(NO_LIST);
    const teams = teamsWith();
    await teams.requireKnown({ teamId: "team_c" }, FAILED);
    assert.equal(teams.nameOf("team_c"), undefined);
  });

  it("let nobody be moved while the list is broken", async () => {
    failing(BROKEN);
    await assert.rejects(
      teamsWith().requireKnown({ teamId: "team_b" }, FAILED),
      (error) => error instanceof UserError && error.message.startsWith(`${FAILED}: `),
    );
  });
});
