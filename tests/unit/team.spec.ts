import assert from "node:assert/strict";
import { recordedTeam, type Team, teamNamed } from "../../provider/src/invite/team";
import { loadRoster } from "../../provider/src/roster/load";

const TEAMS: Team[] = [
  { id: "team_a", name: "Marketing" },
  { id: "team_b", name: " Café & Co" },
  { id: "team_c", name: "Sales" },
  { id: "team_d", name: "sales " },
  { id: "team_e", name: "team_a" },
  { id: "team_f", name: "" },
];
const THERE = 'there are "", " Café & Co", "Marketing", "Sales", "sales ", "team_a"';
const only = (asked: string, meant: string) =>
  `the organization has no team "${asked}"; did you mean ${meant}? ${THERE}`;
const TWO = 'the teams team_c ("Sales") and team_d ("sales ") both have this name; say which one with teamId';

describe("the team that a name means", () => {
  const found: [asked: string, id: string][] = [
    ["Marketing", "team_a"],
    [" mARKETING\t", "team_a"],
    ["cafe\u0301 & co", "team_b"],
    ["team_c", "team_c"],
    ["team_a", "team_e"],
    ["Café\u00a0&  Co", "team_b"],
  ];
  for (const [asked, id] of found)
    it(`${JSON.stringify(asked)} is ${id}`, () => assert.deepEqual(teamNamed(asked, TEAMS), { id }));

  const none: [asked: string, problem: string][] = [
    ["Marketting", `the organization has no team "Marketting"; did you mean "Marketing"? ${THERE}`],
    ["Mar\u200bketing", only("Mar\u200bketing", '"Marketing" (yours has U+200B in it)')],
    ["M\u0430rketing", only("M\u0430rketing", '"Marketing" (yours has U+0430 in it)')],
    ["Engineering", `the organization has no team "Engineering"; ${THERE}`],
    ["Sales", TWO],
  ];
  for (const [asked, problem] of none)
    it(`${JSON.stringify(asked)} is none`, () => assert.deepEqual(teamNamed(asked, TEAMS), { problem }));

  it("may be the one that has what cannot be seen in its name", () =>
    assert.match(
      teamNamed("Sales", [{ id: "t", name: "Sa\u200bles" }]).problem ?? "",
      /that one has U\+200B in it/,
    ));

  it("is none if there are no teams", () =>
    assert.match(
      teamNamed("Sales", []).problem ?? "",
      /no team "Sales", and no other either\. HeadshotPro's/,
    ));
});

describe("the team that the state knows", () => {
  const emea = { provider: "emea", key: "0123456789ab" };
  const olds = { team: "Marketing", teamId: "team_a", __organization: "emea:0123456789ab" };
  const cases: [what: string, olds: object, asked: string, id: string | undefined][] = [
    ["of the same name, spelt otherwise", olds, " MARKETING", "team_a"],
    ["of another name", olds, "Sales", undefined],
    ["by its id alone", { ...olds, team: undefined }, "Marketing", undefined],
    ["which the person has left", { ...olds, teamId: undefined }, "Marketing", undefined],
    ["of another organization", { ...olds, __organization: ":ba9876543210" }, "Marketing", undefined],
    ["of no organization that is known", { ...olds, __organization: undefined }, "Marketing", undefined],
    ["under a rotated key", { ...olds, __organization: "emea:ba9876543210" }, "Marketing", "team_a"],
  ];
  for (const [what, previous, asked, id] of cases)
    it(what, () => assert.equal(recordedTeam({ ...previous }, asked, emea), id));
});

describe("a roster's defaults", () => {
  const cases: [what: string, defaults: object | null, own: object, declared: object][] = [
    ["give no id beside a name", { teamId: "t1", adopt: true }, { team: "A" }, { team: "A", adopt: true }],
    ["give no name beside a row's id", { team: "A" }, { teamId: "t1" }, { teamId: "t1" }],
    ["stay for a row that says null", { team: "A" }, { teamId: null }, { team: "A" }],
  ];
  for (const [what, defaults, own, declared] of cases)
    it(what, () => {
      const { members } = loadRoster("people", { members: [{ email: "ada@acme.com", ...own }], defaults });
      assert.deepEqual(members[0]?.options, declared);
    });
});
