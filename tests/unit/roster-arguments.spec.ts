import assert from "node:assert/strict";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import { argumentProblems } from "../../provider/src/roster/arguments";
import { readMembers } from "../../provider/src/roster/load";
import { defaultsProblems, problemLines } from "../../provider/src/roster/validate";

const LATER =
  "it is known only later (an output or a promise), and the roster is read at once: give it as it is";

const WRONG: [args: unknown, problems: string[]][] = [
  [{ allowEmpty: "false" }, ['allowEmpty: expected true or false, not "false"']],
  [{ allowEmpty: 1 }, ["allowEmpty: expected true or false, not 1"]],
  [{ allowEmpty: UNKNOWN }, [`allowEmpty: ${LATER}`]],
  [{ file: UNKNOWN }, [`file: ${LATER}`]],
  [{ file: 7 }, ["file: expected the path of a file, not 7"]],
  [{ file: "" }, ["file: it is empty"]],
  [{ members: UNKNOWN }, [`members: ${LATER}`]],
  [{ members: "ada@acme.com" }, ['members: expected a list of people, not "ada@acme.com"']],
  [{ members: { 0: "a" } }, ['members: expected a list of people, not {"0":"a"}']],
  [{ format: "CSV" }, ['format: expected "csv" or "yaml", not "CSV"']],
  [{ unmanaged: "fial" }, ['unmanaged: expected "ignore", "warn" or "fail", not "fial"']],
  [{ columns: "Department" }, ['columns: expected an object, not "Department"']],
  [{ columns: UNKNOWN }, [`columns: ${LATER}`]],
  [{ columns: { team: UNKNOWN } }, [`columns.team: ${LATER}`]],
  [
    { columns: { taem: "Department" }, file: "p.csv" },
    ['columns: there is no property "taem"; did you mean "team"?'],
  ],
  [
    { columns: { team: "Department" }, members: [] },
    ["columns: it is for a file, and this roster has its rows in code: leave it out"],
  ],
  [{ defaults: "team" }, ['defaults: expected an object, not "team"']],
  [{ defaults: [] }, ["defaults: expected an object, not []"]],
  [{ defaults: new Map() }, ["defaults: expected an object, not {}"]],
  [{ defaults: UNKNOWN }, [`defaults: ${LATER}`]],
  [{ aliases: ["ada"] }, ['aliases: expected an object, not ["ada"]']],
  [
    { aliases: { "ada(at)acme.com": "ada" } },
    ['aliases["ada(at)acme.com"]: "ada(at)acme.com" is not an e-mail address: it has no @'],
  ],
  [
    { aliases: { "ada@acme.com": "ada", " Ada@Acme.com": "a" } },
    ['aliases[" Ada@Acme.com"]: it is the same person as "ada@acme.com"'],
  ],
  [{ aliases: { "ada@acme.com": 7 } }, ['aliases["ada@acme.com"]: expected a name or a Pulumi alias, not 7']],
  [
    { aliases: { "ada@acme.com": null } },
    ['aliases["ada@acme.com"]: expected a name or a Pulumi alias, not null'],
  ],
  [{ aliases: { "ada@acme.com": "" } }, ['aliases["ada@acme.com"]: it is empty']],
  [{ aliases: { "ada@acme.com": UNKNOWN } }, [`aliases["ada@acme.com"]: ${LATER}`]],
  [
    { aliases: { "ada@acme.com": { nmae: "ada" } } },
    ['aliases["ada@acme.com"]: there is no property "nmae"; did you mean "name"?'],
  ],
  [
    { aliases: { "ada@acme.com": { name: 7, parent: 8 } } },
    [
      'aliases["ada@acme.com"]: name: expected text, not 7',
      'aliases["ada@acme.com"]: parent: expected a resource or its URN, not 8',
    ],
  ],
  [
    { unmanged: "fail", path: "p.csv" },
    [
      'there is no property "unmanged"; did you mean "unmanaged"?',
      'there is no property "path"; the properties are file, members, format, columns, defaults, allowEmpty, maxRemovals, unmanaged, aliases',
    ],
  ],
  ["people.csv", ['expected an object with file or members, not "people.csv"']],
  [UNKNOWN, [LATER]],
  [7, ["expected an object with file or members, not 7"]],
];

const RIGHT: unknown[] = [
  {},
  { file: "p.csv", members: [], format: "csv" },
  ...["ignore", "warn", "fail", undefined, null].map((unmanaged) => ({ unmanaged })),
  { defaults: {}, allowEmpty: true, aliases: {} },
  { file: "p.csv", columns: { team: "Department", email: "Mail" } },
  { members: [], columns: null },
  { defaults: null, allowEmpty: null, aliases: null, file: null },
  { aliases: { "ada@acme.com": "ada", "zoe@acme.com": { name: UNKNOWN, parent: {}, type: "a:b:C" } } },
  { aliases: { "ada@acme.com": { parent: undefined } } },
];

describe("every argument of a roster is checked for its type", () => {
  for (const [args, problems] of WRONG)
    it(`${problems[0]}`, () => assert.deepEqual(argumentProblems(args), problems));

  it("what is right has no problem", () => {
    for (const args of RIGHT) assert.deepEqual(argumentProblems(args), []);
  });
});

describe("defaultsProblems", () => {
  it("checks each once, without an address", () => {
    assert.deepEqual(defaultsProblems({ teamId: "t", adopt: true, maxRenewals: UNKNOWN }), []);
    assert.deepEqual(problemLines(defaultsProblems({ maxRenewals: -1, adopt: "yes", email: "a@acme.com" })), [
      "defaults  email        everybody has an address of their own: leave it out",
      'defaults  adopt        expected true or false, not "yes"',
      "defaults  maxRenewals  expected a whole number from 0 to 100, not -1",
    ]);
  });
});

describe("rows in code", () => {
  it("an address that is known only later is a problem in our own words", () => {
    const rows = [UNKNOWN, { email: UNKNOWN, teamId: "t" }, { email: "zoe@acme.com", teamId: UNKNOWN }];
    const reason =
      "it is known only later (an output or a promise), but the address names the resource: give it as text";
    assert.deepEqual(problemLines(readMembers(rows).problems), [
      `members[0]  email  ${reason}`,
      `members[1]  email  ${reason}`,
    ]);
  });

  it("a hole in the list is a row without an address", () => {
    // biome-ignore lint/suspicious/noSparseArray: what a stray comma leaves in JavaScript
    assert.deepEqual(problemLines(readMembers([, "ada@acme.com"]).problems), [
      "members[0]  email  it is missing",
    ]);
  });
});
