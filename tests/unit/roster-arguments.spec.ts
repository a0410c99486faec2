import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { UNKNOWN } from "../../provider/src/invite/inputs";
import { argumentProblems } from "../../provider/src/roster/arguments";
import { readMembers, readRoster } from "../../provider/src/roster/load";
import { firstProblemLines, problemLines, validateCommand } from "../../provider/src/roster/problems";
import { defaultsProblems } from "../../provider/src/roster/validate";
import { rosterEntries } from "../../provider/src/sdk/headshot-roster";

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
    assert.deepEqual(defaultsProblems({ teamId: "t", adopt: true, maxRenewals: UNKNOWN }, "defaults"), []);
    assert.deepEqual(
      problemLines(defaultsProblems({ maxRenewals: -1, adopt: "yes", email: "a@acme.com" }, "defaults")),
      [
        "defaults  email        everybody has an address of their own: leave it out",
        'defaults  adopt        expected true or false, not "yes"',
        "defaults  maxRenewals  expected a whole number from 0 to 100, not -1",
      ],
    );
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

const KNOWN_LATER = /it is known only later \(an output or a promise\)/;
const ADA = "ada@acme.com";

const REFUSED: [name: string, args: unknown, message: RegExp][] = [
  ["an output as all of it", pulumi.output({ members: [ADA] }), KNOWN_LATER],
  ["an output as file", { file: pulumi.output("people.csv") }, KNOWN_LATER],
  ["a promise as file", { file: Promise.resolve("people.csv") }, KNOWN_LATER],
  ["an output as members", { members: pulumi.output([ADA]) }, KNOWN_LATER],
  ["an output as allowEmpty", { members: [], allowEmpty: pulumi.output(true) }, KNOWN_LATER],
  ["an output as an address", { members: [{ email: pulumi.output(ADA) }] }, KNOWN_LATER],
  [
    "outputs as rows",
    { members: [pulumi.output(ADA), Promise.resolve(ADA)] },
    /has 2 problems.*\n.*known only later/,
  ],
  ["an output as defaults", { members: [ADA], defaults: pulumi.output({}) }, KNOWN_LATER],
  ["an output as an alias", { members: [ADA], aliases: { [ADA]: pulumi.output("ada") } }, KNOWN_LATER],
  ["a list as a row", { members: [[ADA]] }, /members\[0\] +email +expected text, not \["ada@acme\.com"\]/],
  [
    "a list as defaults",
    { members: [ADA], defaults: ["team_a"] },
    /defaults: expected an object, not \["team_a"\]/,
  ],
  [
    "a misspelt default",
    { members: [ADA], defaults: { teem: "a" } },
    /defaults +teem +there is no property "teem"/,
  ],
  [
    "aliases of nobody",
    { members: [ADA], aliases: { ada: "ada" } },
    /aliases\["ada"\]: "ada" is not an e-mail/,
  ],
  [
    "text for allowEmpty",
    { members: [], allowEmpty: "false" },
    /allowEmpty: expected true or false, not "false"/,
  ],
  ["null for nobody at all", { members: [], allowEmpty: null }, /nobody is in it/],
  ["both", { file: "people.csv", members: [ADA] }, /exactly one of file and members/],
  ["neither", { file: null, members: null }, /exactly one of file and members/],
  ["nothing", undefined, /exactly one of file and members/],
  ["null", null, /expected an object with file or members, not null/],
  ["no file", { file: "nowhere.csv" }, /there is no file .*nowhere\.csv$/],
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

  it("takes values that are known later where they may be, the row's own before the defaults", () => {
    const [own, common] = [pulumi.output("own"), Promise.resolve("common")];
    const { entries } = rosterEntries("people", {
      members: [ADA, { email: "zoe@acme.com", teamId: own }],
      defaults: { teamId: common },
      aliases: { [ADA]: { name: pulumi.output("ada"), parent: undefined } },
    });
    assert.deepEqual(
      entries.map(({ email, options }) => [email, options.teamId]),
      [
        [ADA, common],
        ["zoe@acme.com", own],
      ],
    );
  });

  it("tells the first 50 of many problems, and the command for a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "headshotpro-rows-"));
    const file = join(folder, "people.csv");
    writeFileSync(file, `email\n${"nobody\n".repeat(2_000)}`);
    try {
      for (const [args, last] of [
        [{ file }, `  … and 1,950 more: run npx pulumi-headshotpro validate ${file}`],
        [{ members: Array(2_000).fill("nobody") }, "  … and 1,950 more"],
      ] as const)
        assert.throws(
          () => rosterEntries("people", args),
          ({ message }: Error) => {
            const lines = message.split("\n");
            assert.match(lines[0] ?? "", /has 2,000 problems/);
            assert.deepEqual([lines.length, lines.at(-1)], [52, last]);
            return true;
          },
        );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const MANY = 200_000;

describe("a roster with hundreds of thousands of problems", () => {
  const text = `email\n${"x\n".repeat(MANY)}`;
  const { problems } = readRoster(Buffer.from(text), { name: "p.csv", format: "csv" });

  it("is read and told without an overflow", () => {
    assert.equal(problems.length, MANY);
    assert.equal(problemLines(problems).length, MANY);
  });

  it("shows the first 50, and how many more there are", () => {
    const lines = firstProblemLines(problems, validateCommand("people.csv"));
    assert.equal(lines.length, 51);
    assert.match(lines[0] ?? "", /^p\.csv:2 {3}email {2}/);
    assert.match(lines[49] ?? "", /^p\.csv:51 {2}email/);
    assert.equal(lines[50], "… and 199,950 more: run npx pulumi-headshotpro validate people.csv");
    assert.equal(firstProblemLines(problems).at(-1), "… and 199,950 more");
    assert.equal(firstProblemLines(problems.slice(0, 50), "people.csv").length, 50);
  });

  for (const [file, columns, command] of [
    ["people.csv", undefined, "people.csv"],
    ["C:\\equipe\\Löhne.csv", {}, "C:\\equipe\\Löhne.csv"],
    ["our people.csv", { team: "Cost centre", teamId: null }, '"our people.csv" --column "team=Cost centre"'],
  ] as const)
    it(`and the command for all of them, as ${command}`, () => {
      assert.equal(validateCommand(file, columns), `npx pulumi-headshotpro validate ${command}`);
    });

  it("or one row with as many unknown properties", () => {
    const row = Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`p${n}`, n]));
    assert.equal(readMembers([row]).problems.length, MANY + 1);
  });
});
