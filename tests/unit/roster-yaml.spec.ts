import assert from "node:assert/strict";
import { readRoster } from "../../provider/src/roster/load";
import { problemLines } from "../../provider/src/roster/validate";

const yaml = (text: string) =>
  problemLines(readRoster(Buffer.from(text), { name: "p.yaml", format: "yaml" }).problems);

const DEEP =
  'it is nested more than 100 levels deep, which no roster is: expected a list of people, or one under "members"';
const NOTHING = "stands for nothing that can be read: its anchor (&) is missing, or leads back to itself";
const NO_LIST = 'expected a list of people, or one under "members"';

const WRONG: [name: string, text: string, problems: string[]][] = [
  [
    "two documents in one file",
    "- ada@acme.com\n---\n- bob@acme.com\n",
    [
      "p.yaml:2  another document begins here (---), and a roster is one: make one list of them, or two files",
    ],
  ],
  ["200,000 brackets", "[".repeat(200_000), [`p.yaml:1  ${DEEP}`]],
  ["20,000 dashes in a line", `- a@acme.com\n${"- ".repeat(20_000)}x`, [`p.yaml:2  ${DEEP}`]],
  ["20,000 question marks", "? ".repeat(20_000), [`p.yaml:1  ${DEEP}`]],
  ["JSON in JSON", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`, [`p.yaml:1  ${DEEP}`]],
  [
    "a step to the right in each of 3,000 lines",
    Array.from({ length: 3_000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
    [`p.yaml:100  ${DEEP}`],
  ],
  [
    "anchors that hold one another",
    `a0: &a0 x\n${Array.from({ length: 5_000 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}]\n`).join("")}members: [*a5000]\n`,
    [`p.yaml:5002  email  "*a5000" ${NOTHING}`],
  ],
  [
    "an anchor within itself",
    "- &a {<<: *a, email: a@acme.com}\n",
    [`p.yaml:1  email  "{<<: *a, email: a@acme.com}" ${NOTHING}`],
  ],
  ["keys that are no text", "? {<<: *a}\n: b\n", [`p.yaml:1  ${NO_LIST}; the keys found: ?`]],
  ["pairs", "!!pairs\n- ada@acme.com: t\n", [`p.yaml:2  ${NO_LIST}`]],
  ["a set as a row", "- !!set {ada@acme.com}\n", ["p.yaml:1  email  expected text, not {}"]],
];

describe("YAML that no roster is, in our own words", () => {
  for (const [name, text, problems] of WRONG) it(name, () => assert.deepEqual(yaml(text), problems));

  it("many people, comments and nested notes are none of it", () => {
    const people = Array.from({ length: 500 }, (_, n) => `  - { email: p${n}@acme.com } # [[[\n`);
    assert.deepEqual(yaml(`notes: {a: {b: [c, {d: e}]}}\nmembers:\n${people.join("")}`), []);
  });
});
