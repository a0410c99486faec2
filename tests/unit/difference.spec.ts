import assert from "node:assert/strict";
import {
  carriedTeam,
  type Difference,
  differenceOf,
  refusalToReplace,
} from "../../provider/src/membership/difference";
import { UNKNOWN } from "../../provider/src/membership/inputs";
import type { InviteInputs, InviteState } from "../../provider/src/membership/invite";

const BEFORE = new Date("2026-11-02T00:00:00Z");
const EXPIRED = new Date("2026-12-01T09:00:00Z");

const state: InviteState = {
  email: "ada@acme.com",
  teamId: "t1",
  status: "pending",
  createdAt: "2026-11-01T09:00:00.000Z",
  expiresAt: "2026-12-01T09:00:00.000Z",
  adopted: false,
  renewals: 0,
};
const declared: InviteInputs = { email: "ada@acme.com", teamId: "t1" };

const replacement = (...properties: ("email" | "teamId")[]): Difference => ({
  kind: "replacement",
  properties,
  oldFirst: !properties.includes("email"),
});

interface Case {
  name: string;
  was?: Partial<InviteState>;
  is?: Partial<InviteInputs>;
  now?: Date;
  difference: Difference;
}

const cases: Case[] = [
  { name: "the same", difference: { kind: "none" } },
  { name: "another status", was: { status: "completed" }, difference: { kind: "none" } },
  { name: "a team that is not declared", is: { teamId: undefined }, difference: { kind: "none" } },
  {
    name: "no team, none declared",
    was: { teamId: undefined },
    is: { teamId: undefined },
    difference: { kind: "none" },
  },
  { name: "adopt", is: { adopt: true }, difference: { kind: "flags" } },
  { name: "adopt: false is not the same as none", is: { adopt: false }, difference: { kind: "flags" } },
  { name: "forceDestroy taken back", was: { forceDestroy: true }, difference: { kind: "flags" } },
  { name: "maxRenewals", is: { maxRenewals: 0 }, difference: { kind: "flags" } },
  { name: "an unknown flag", is: { adopt: UNKNOWN as never }, difference: { kind: "flags" } },
  { name: "an expired invite", now: EXPIRED, difference: { kind: "renewal" } },
  { name: "an expired invite and flags", is: { adopt: true }, now: EXPIRED, difference: { kind: "renewal" } },
  {
    name: "expired, renewals switched off",
    is: { maxRenewals: 0 },
    now: EXPIRED,
    difference: { kind: "flags" },
  },
  { name: "expired, none left", was: { renewals: 3 }, now: EXPIRED, difference: { kind: "none" } },
  { name: "expired, but accepted", was: { status: "accepted" }, now: EXPIRED, difference: { kind: "none" } },
  {
    name: "expired, and another team",
    is: { teamId: "t2" },
    now: EXPIRED,
    difference: replacement("teamId"),
  },
  { name: "another team, old first", is: { teamId: "t2" }, difference: replacement("teamId") },
  { name: "a team where there was none", was: { teamId: undefined }, difference: replacement("teamId") },
  { name: "a team that is not known yet", is: { teamId: UNKNOWN }, difference: replacement("teamId") },
  { name: "another address, new first", is: { email: "eve@acme.com" }, difference: replacement("email") },
  { name: "an address that is not known yet", is: { email: UNKNOWN }, difference: replacement("email") },
  {
    name: "another address without team",
    is: { email: "e@a.co", teamId: undefined },
    difference: replacement("email"),
  },
  { name: "both", is: { email: "eve@acme.com", teamId: "t2" }, difference: replacement("email", "teamId") },
  { name: "a flag and a team", is: { adopt: true, teamId: "t2" }, difference: replacement("teamId") },
];

describe("differenceOf", () => {
  for (const { name, was, is, now = BEFORE, difference } of cases) {
    it(`${name}: ${difference.kind}`, () =>
      assert.deepEqual(differenceOf({ ...state, ...was }, { ...declared, ...is }, now), difference));
  }
});

describe("carriedTeam", () => {
  const ada = { email: "ada@acme.com" };
  const carried: [name: string, previous: object, declared: object, team: string | undefined][] = [
    ["the state's, where none is declared", { ...ada, teamId: "t1" }, ada, "t1"],
    ["not where one is declared", { ...ada, teamId: "t1" }, { ...ada, teamId: "t2" }, undefined],
    [
      "not where one is declared that is not known yet",
      { ...ada, teamId: "t1" },
      { ...ada, teamId: UNKNOWN },
      undefined,
    ],
    ["not to another person", { ...ada, teamId: "t1" }, { email: "eve@acme.com" }, undefined],
    ["not to a person who is not known yet", { email: UNKNOWN, teamId: "t1" }, { email: UNKNOWN }, undefined],
    ["not from nothing", {}, ada, undefined],
    ["not from a state without a team", ada, ada, undefined],
    ["not to a declaration that failed", { teamId: "t1" }, { email: "" }, undefined],
    ["not what is no text", { ...ada, teamId: null }, ada, undefined],
  ];
  for (const [name, previous, news, team] of carried) {
    it(name, () => assert.equal(carriedTeam({ ...previous }, { ...news }), team));
  }
});

describe("refusalToReplace", () => {
  const guarded = ["uploading", "generating", "completed", "Archived", "", "Pending"];
  const move = { properties: ["teamId"] as const };
  const rename = { properties: ["email"] as const };
  const moved = { ...declared, teamId: "t2" };
  const renamed = { ...declared, email: "eve@acme.com" };

  for (const status of [...guarded, "pending", "accepted", "revoked", "deleted"])
    for (const forced of [false, true])
      for (const forceDestroy of [undefined, false, true]) {
        const refused = guarded.includes(status) && !forced;
        it(`"${status}", ${forced ? "" : "not "}forced, forceDestroy ${forceDestroy} in this change: ${refused ? "refused" : "may"}`, () => {
          for (const [change, news] of [
            [move, moved],
            [rename, renamed],
          ] as const) {
            const refusal = refusalToReplace({ ...state, status }, { ...news, forceDestroy }, change, forced);
            assert.equal(refusal !== undefined, refused);
            if (refused)
              assert.match(refusal ?? "", new RegExp(`^ada@acme.com has headshots \\(${status}\\); `));
            if (refused) assert.equal(/forceDestroy is new/.test(refusal ?? ""), forceDestroy === true);
          }
        });
      }

  const completed = { ...state, status: "completed" };

  it("says what a move would do and the ways out", () => {
    assert.equal(
      refusalToReplace(completed, moved, move, false),
      "ada@acme.com has headshots (completed); a move to team t2 would delete them for good. " +
        "To delete them: set forceDestroy: true, run `pulumi up`, then make this change. " +
        "To keep them: undo the change, or leave teamId out.",
    );
  });

  it("says what another address would do, and that forceDestroy came too late", () => {
    assert.equal(
      refusalToReplace(completed, { ...renamed, forceDestroy: true }, rename, false),
      "ada@acme.com has headshots (completed); inviting another address in that place would delete them for good. " +
        "forceDestroy is new in this program: run `pulumi up` with it alone first, then make this change. " +
        "To keep them: undo the change, or declare the new address as another resource.",
    );
  });

  it("a value that is not known yet is never a refusal", () => {
    assert.equal(refusalToReplace(completed, { ...declared, teamId: UNKNOWN }, move, false), undefined);
    assert.equal(refusalToReplace(completed, { ...declared, email: UNKNOWN }, rename, false), undefined);
  });

  it("but a known change beside it is", () => {
    const both = { properties: ["email", "teamId"] as const };
    for (const news of [
      { ...moved, email: UNKNOWN },
      { ...renamed, teamId: UNKNOWN },
    ])
      assert.notEqual(refusalToReplace(completed, news, both, false), undefined);
  });
});
