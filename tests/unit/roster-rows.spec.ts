import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { rosterEntries } from "../../provider/src/sdk/headshot-roster";

const LATER = /it is known only later \(an output or a promise\)/;
const ADA = "ada@acme.com";

const WRONG: [name: string, args: unknown, message: RegExp][] = [
  ["an output as all of it", pulumi.output({ members: [ADA] }), LATER],
  ["an output as file", { file: pulumi.output("people.csv") }, LATER],
  ["a promise as file", { file: Promise.resolve("people.csv") }, LATER],
  ["an output as members", { members: pulumi.output([ADA]) }, LATER],
  ["an output as allowEmpty", { members: [], allowEmpty: pulumi.output(true) }, LATER],
  ["an output as an address", { members: [{ email: pulumi.output(ADA) }] }, LATER],
  [
    "outputs as rows",
    { members: [pulumi.output(ADA), Promise.resolve(ADA)] },
    /has 2 problems.*\n.*known only later/,
  ],
  ["an output as defaults", { members: [ADA], defaults: pulumi.output({}) }, LATER],
  ["an output as an alias", { members: [ADA], aliases: { [ADA]: pulumi.output("ada") } }, LATER],
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
  ["both", { file: "people.csv", members: [ADA] }, /exactly one of file, files and members/],
  ["neither", { file: null, members: null }, /exactly one of file, files and members/],
  ["nothing", undefined, /exactly one of file, files and members/],
  ["null", null, /expected an object with file or members, not null/],
  ["no file", { file: "nowhere.csv" }, /there is no file .*nowhere\.csv$/],
  ["an unknown format", { file: "people.xlsx" }, /the format of people\.xlsx is not known/],
];

describe("rosterEntries", () => {
  for (const [name, args, message] of WRONG)
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
