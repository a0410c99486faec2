import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import { argumentProblems } from "../../provider/src/roster/arguments";
import { readMembers, readRoster } from "../../provider/src/roster/load";
import {
  defaultsProblems,
  firstProblemLines,
  problemLines,
  validateCommand,
} from "../../provider/src/roster/validate";
import { rosterEntries } from "../../provider/src/sdk/headshot-roster";

const ADA = "ada@acme.com";
const LATER =
  "it is known only later (an output or a promise), and the roster is read at once: give it as it is";
const THERE =
  "file, files, members, format, columns, defaults, allowEmpty, maxRemovals, timeZone, unmanaged, aliases";
const ALIAS = `aliases["${ADA}"]:`;

const WRONG: [args: unknown, ...problems: string[]][] = [
  [{ allowEmpty: "false" }, 'allowEmpty: expected true or false, not "false"'],
  [{ file: UNKNOWN }, `file: ${LATER}`],
  [{ file: "" }, "file: it is empty"],
  [{ members: { 0: "a" } }, 'members: expected a list of people, not {"0":"a"}'],
  [{ format: "CSV" }, 'format: expected "csv" or "yaml", not "CSV"'],
  [{ unmanaged: "fial" }, 'unmanaged: expected "ignore", "warn" or "fail", not "fial"'],
  [{ maxRemovals: -1 }, "maxRemovals: expected a whole number, not -1"],
  [{ maxRemovals: "5" }, 'maxRemovals: expected a whole number, not "5"'],
  [{ columns: { team: UNKNOWN } }, `columns.team: ${LATER}`],
  [{ columns: { taem: "Unit" } }, 'columns: there is no property "taem"; did you mean "team"?'],
  [{ columns: { team: 7 } }, "columns.team: expected the header of a column, not 7"],
  [{ columns: { team: "Unit", teamId: " unit" } }, 'columns.teamId: the column " unit" is that of team'],
  [
    { columns: { team: "Department" }, members: [] },
    "columns: it is for a file, and this roster has its rows in code: leave it out",
  ],
  [{ defaults: [] }, "defaults: expected an object, not []"],
  [{ aliases: { "ada()": "ada" } }, 'aliases["ada()"]: "ada()" is not an e-mail address: it has no @'],
  [
    { aliases: { [ADA]: "ada", " Ada@Acme.com": "a" } },
    `aliases[" Ada@Acme.com"]: it is the same person as "${ADA}"`,
  ],
  [{ aliases: { [ADA]: null } }, `${ALIAS} expected a name or a Pulumi alias, not null`],
  [{ aliases: { [ADA]: "" } }, `${ALIAS} it is empty`],
  [{ aliases: { [ADA]: UNKNOWN } }, `${ALIAS} ${LATER}`],
  [{ aliases: { [ADA]: { nmae: "ada" } } }, `${ALIAS} there is no property "nmae"; did you mean "name"?`],
  [
    { aliases: { [ADA]: { name: 7, parent: 8 } } },
    `${ALIAS} name: expected text, not 7`,
    `${ALIAS} parent: expected a resource or its URN, not 8`,
  ],
  [
    { aliases: { [ADA]: { parent: { name: "devs" } } } },
    `${ALIAS} parent: expected a resource or its URN, not {"name":"devs"}`,
  ],
  [
    { unmanged: "fail", path: "p.csv" },
    'there is no property "unmanged"; did you mean "unmanaged"?',
    `there is no property "path"; the properties are ${THERE}`,
  ],
  [UNKNOWN, LATER],
  [7, "expected an object with file or members, not 7"],
];

const RIGHT: unknown[] = [
  { file: "p.csv", members: [], format: "csv", unmanaged: null },
  { defaults: {}, allowEmpty: true, aliases: {}, maxRemovals: 0 },
  { file: "p.csv", columns: { team: "Department", email: "Mail" } },
  { columns: { team: "Unit", adopt: null, resend: undefined } },
  { members: [], columns: null },
  { aliases: { [ADA]: "ada", "zoe@acme.com": { name: UNKNOWN, parent: { urn: UNKNOWN }, type: "a:b:C" } } },
  { aliases: { [ADA]: { parent: undefined } } },
];

describe("the arguments of a roster", () => {
  for (const [args, ...problems] of WRONG)
    it(`${problems[0]}`, () => assert.deepEqual(argumentProblems(args), problems));
  it("what is right has no problem", () => {
    for (const args of RIGHT) assert.deepEqual(argumentProblems(args), []);
  });

  it("defaults are checked once, without an address", () => {
    assert.deepEqual(defaultsProblems({ teamId: "t", adopt: true, maxRenewals: UNKNOWN }), []);
    assert.deepEqual(problemLines(defaultsProblems({ maxRenewals: -1, adopt: "yes", email: ADA })), [
      "defaults  email        everybody has an address of their own: leave it out",
      'defaults  adopt        expected true or false, not "yes"',
      "defaults  maxRenewals  expected a whole number from 0 to 100, not -1",
    ]);
  });
});

describe("rows in code", () => {
  const NO_NAME =
    "it is known only later (an output or a promise), but the address names the resource: give it as text";

  it("are addresses and objects, and have their place for a name", () =>
    assert.deepEqual(readMembers(["Ada@acme.com", { email: "b@acme.com", adopt: true }]), {
      members: [
        { email: ADA, where: "members[0]" },
        { email: "b@acme.com", adopt: true, where: "members[1]" },
      ],
      ...{ problems: [], notes: [] },
    }));

  const problems: [name: string, rows: unknown[], ...lines: string[]][] = [
    [
      "an address that is known later",
      [UNKNOWN, { email: UNKNOWN }],
      ...[0, 1].map((n) => `members[${n}]  email  ${NO_NAME}`),
    ],
    [
      "a first day that is known later",
      [{ email: ADA, startsOn: UNKNOWN }],
      "members[0]  startsOn  it is known only later (an output or a promise), and the roster is read at once: give it as text",
    ],
    // biome-ignore lint/suspicious/noSparseArray: what a stray comma leaves in JavaScript
    ["a hole", [, ADA], "members[0]  email  it is missing"],
    [
      "all that is wrong, in the order of the rows",
      [null, { email: "b@b.co", teamid: "t" }, "b@b.co"],
      "members[0]  email   it is missing",
      'members[1]  teamid  there is no property "teamid"; did you mean "teamId"?',
      "members[2]  email   b@b.co is in members[1] already",
    ],
  ];
  for (const [name, rows, ...lines] of problems)
    it(`problems: ${name}`, () => assert.deepEqual(problemLines(readMembers(rows).problems), lines));
});

const KNOWN_LATER = /it is known only later \(an output or a promise\)/;
const ONE_OF = /exactly one of file, files and members/;
const REFUSED: [name: string, args: unknown, message: RegExp][] = [
  ["an output as all of it", pulumi.output({ members: [ADA] }), KNOWN_LATER],
  ["a promise as file", { file: Promise.resolve("people.csv") }, KNOWN_LATER],
  ["an output as an address", { members: [{ email: pulumi.output(ADA) }] }, KNOWN_LATER],
  ["two outputs", { members: [pulumi.output(ADA), Promise.resolve(ADA)] }, /has 2 problems.*\n.*known only/],
  ["an output as defaults", { members: [ADA], defaults: pulumi.output({}) }, KNOWN_LATER],
  ["a misspelt default", { members: [ADA], defaults: { teem: "a" } }, /defaults +teem +there is no property/],
  ["null for nobody at all", { members: [], allowEmpty: null }, /nobody is in it/],
  ["neither", { file: null, members: null }, ONE_OF],
  ["no file", { file: "nowhere.csv" }, /there is no file .*nowhere\.csv$/],
  ["too many", { members: Array(2_000).fill("nobody") }, /has 2,000 problems(.*\n){51} {2}… and 1,950 more$/],
  ["an unknown format", { file: "people.xlsx" }, /the format of people\.xlsx is not known/],
];

describe("rosterEntries", () => {
  for (const [name, args, message] of REFUSED)
    it(`${name} is refused in one message without a stack`, () =>
      assert.throws(
        () => rosterEntries("people", args as never),
        (error: Error) => {
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /Calling \[|\n\s+at /);
          assert.equal(error.stack, undefined);
          return true;
        },
      ));

  it("takes values that are known later where they may be, the row's own before the defaults, if there is one", async () => {
    const { entries } = rosterEntries("people", {
      members: [
        ADA,
        { email: "zoe@acme.com", teamId: pulumi.output("own") },
        { email: "bob@acme.com", teamId: pulumi.output(undefined) },
      ],
      defaults: { teamId: Promise.resolve("common") },
      aliases: { [ADA]: { name: pulumi.output("ada"), parent: undefined } },
    });
    const teams = entries.map(
      ({ options }) => new Promise((resolve) => pulumi.output(options.teamId).apply(resolve)),
    );
    assert.deepEqual(await Promise.all(teams), ["common", "own", "common"]);
  });
});

it("a roster with a thousand problems shows the first 50, and the command for all of them", () => {
  const rows = Buffer.from(`email\n${"x\n".repeat(1050)}`);
  const { problems } = readRoster(rows, { name: "p.csv", format: "csv" });
  const command = validateCommand("our people.csv", { team: "Cost centre", teamId: null });
  const lines = firstProblemLines(problems, command);
  assert.match(lines[49] ?? "", /^p\.csv:51 {2}email/);
  assert.equal(
    lines[50],
    '… and 1,000 more: run npx pulumi-headshotpro validate "our people.csv" --column "team=Cost centre"',
  );
  assert.deepEqual([lines.length, firstProblemLines(problems.slice(0, 50), command).length], [51, 50]);
});

it("rows of HCL take names in snake case, as HCL has them, and not both", () => {
  const { members } = readMembers([{ email: "ada@acme.com", team_id: "team_a", force_destroy: true }]);
  assert.deepEqual([members[0]?.teamId, members[0]?.forceDestroy], ["team_a", true]);
  const both = readMembers([{ email: "ada@acme.com", team_id: "team_a", teamId: "team_b" }]);
  assert.match(both.problems[0]?.reason ?? "", /there is no property "team_id"/);
});
