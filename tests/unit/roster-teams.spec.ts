import assert from "node:assert/strict";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import { newTeamNames, teamProblems, teamRefusal } from "../../provider/src/roster/teams";

const ADA = { email: "ada@acme.com", where: "p.csv:2" };
const ZOE = { email: "zoe@acme.com", where: "p.csv:3" };
const recorded = (email: string, team?: string) => ({ urn: "urn", email, ...(team && { team }) });

const NEW: [
  name: string,
  args: Parameters<typeof newTeamNames>,
  expected: ReturnType<typeof newTeamNames>,
][] = [
  ["nobody in a team", [[ADA, ZOE], null, []], []],
  ["a new person", [[{ ...ADA, team: "Sales" }], null, []], [{ where: "p.csv:2", team: "Sales" }]],
  [
    "a name that the state has, in another spelling",
    [[{ ...ADA, team: " sales" }], null, [recorded(ADA.email, "Sales")]],
    [],
  ],
  [
    "a name that the state has for somebody else",
    [[{ ...ADA, team: "Sales" }], null, [recorded(ZOE.email, "Sales"), recorded(ADA.email)]],
    [{ where: "p.csv:2", team: "Sales" }],
  ],
  ["a name that is known only later", [[{ ...ADA, team: UNKNOWN }], { team: UNKNOWN }, []], []],
  [
    "a default, once",
    [[ADA, ZOE, { ...ZOE, team: "Sales" }], { team: "Art" }, []],
    [
      { where: "defaults", team: "Art" },
      { where: "p.csv:3", team: "Sales" },
    ],
  ],
  ["a default that nobody needs", [[{ ...ADA, teamId: "t1" }], { team: "Art" }, []], []],
  ["a default that everybody has", [[ADA], { team: "Art" }, [recorded(ADA.email, "Art")]], []],
];

describe("the names of teams in a roster", () => {
  for (const [name, args, expected] of NEW)
    it(`to look up: ${name}`, () => assert.deepEqual(newTeamNames(...args), expected));

  it("that mean no team are told all at once, with their lines", () => {
    const teams = [{ id: "t1", name: "Sales" }];
    const named = [
      { where: "p.csv:2", team: "sales " },
      { where: "p.csv:3", team: "Slaes" },
      { where: "p.csv:14", team: "Art" },
    ];
    const problems = teamProblems(named, teams);
    assert.equal(
      teamRefusal("people", problems),
      'Nobody in the roster "people" is invited or revoked, because it is not clear which team is meant in 2 places:\n' +
        '  p.csv:3   team  the organization has no team "Slaes"; did you mean "Sales"? there are "Sales"\n' +
        '  p.csv:14  team  the organization has no team "Art"; there are "Sales"',
    );
  });
});
