import assert from "node:assert/strict";
import { readRoster } from "../../provider/src/roster/load";
import { problemLines } from "../../provider/src/roster/validate";

const read = (text: string) => readRoster(Buffer.from(text), { name: "p.yaml", format: "yaml" });

const NO_LIST = 'expected a list of people, or one under "members"';
const DEEP = `it is nested more than 100 levels deep, which no roster is: ${NO_LIST}`;
const NOTHING = "stands for nothing that can be read: its anchor (&) is missing, or leads back to itself";
const ANCHORS = Array.from({ length: 5_000 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}]\n`).join("");
const STEPS = Array.from({ length: 3_000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n");

const WRONG: [name: string, text: string, ...lines: string[]][] = [
  [
    "bad entries, each with the line of its property",
    "members:\n  - ada@acme.com\n  - email: Zoe@acme.com\n    teamId: 7\n    adopt: yes\n  - {email: ADA@acme.com, teem: a}\n  - 7\n  -\n  - [x]\n",
    "p.yaml:4  teamId  expected text, not 7",
    'p.yaml:5  adopt   expected true or false, not "yes"',
    'p.yaml:6  teem    there is no property "teem"; did you mean "team"?',
    "p.yaml:6  email   ada@acme.com is in p.yaml:2 already",
    "p.yaml:7  email   expected text, not 7",
    "p.yaml:8  email   it is missing",
    'p.yaml:9  email   expected text, not ["x"]',
  ],
  ["what is not YAML", '- a@acme.com\n- "b\n', 'p.yaml:3  Missing closing "quote'],
  [
    "a dash that stands for nothing",
    "- email: ada@acme.com\n  startsOn: -\n",
    'p.yaml:2  startsOn  "-" begins a list here, and is no value: leave the property out if there is none, or put the value in quotation marks',
  ],
  ["no list", "people:\n  - ada@acme.com\n", `p.yaml:1  ${NO_LIST}; the keys found: people`],
  [
    "a table",
    "Name,E-Mail\nAda,ada@acme.com\n",
    'p.yaml  it looks like a table, and is to be read as YAML: give it a name that ends in .csv, or format: "csv"',
  ],
  ["an alias of nothing", "- *ada\n", `p.yaml:1  email  "*ada" ${NOTHING}`],
  [
    "two documents in one file",
    "- ada@acme.com\n---\n- bob@acme.com\n",
    "p.yaml:2  another document begins here (---), and a roster is one: make one list of them, or two files",
  ],
  ["keys that are no text", "? {<<: *a}\n: b\n", `p.yaml:1  ${NO_LIST}; the keys found: ?`],
  [
    "nobody",
    "[]",
    "p.yaml  nobody is in it, and everyone who was would lose the invite. If that is meant: allowEmpty: true",
  ],
  ["200,000 brackets", "[".repeat(200_000), `p.yaml:1  ${DEEP}`],
  ["a step to the right in each of 3,000 lines", STEPS, `p.yaml:100  ${DEEP}`],
  [
    "anchors that hold one another",
    `a0: &a0 x\n${ANCHORS}members: [*a5000]\n`,
    `p.yaml:5002  email  "*a5000" ${NOTHING}`,
  ],
  [
    "an anchor within itself",
    "- &a {<<: *a, email: a@acme.com}\n",
    `p.yaml:1  email  "{<<: *a, email: a@acme.com}" ${NOTHING}`,
  ],
  [
    "a value that goes on over a line that looks like a person",
    "- email: ada@acme.com\n  teamId: t1\n   - bob@acme.com\n- zoe@acme.com\n",
    'p.yaml:2  teamId  it goes on in p.yaml:3, which looks like another person (" - bob@acme.com"): check the ' +
      "indentation and the quotation marks",
  ],
];

describe("a roster in YAML", () => {
  for (const [name, text, ...lines] of WRONG)
    it(name, () => assert.deepEqual(problemLines(read(text).problems), lines));

  const ada = { email: "ada@acme.com", teamId: "t" };
  for (const text of [
    "- {email: Ada@acme.com, teamId: t}\n",
    "members:\n- email: ada@acme.com\n  teamId: t\n  adopt: null\n",
    "- email: ada@acme.com\n  teamId: >-\n    t\n",
    "x: &t {teamId: t}\nmembers:\n  - <<: *t\n    email: ada@acme.com\n",
    "x: &ada {email: ada@acme.com, teamId: t}\nmembers: [*ada]\n",
    '\uFEFF[{"email": "ada@acme.com", "teamId": "t"}]',
  ])
    it(`is read: ${JSON.stringify(text)}`, () => {
      const { members, problems } = read(text);
      assert.deepEqual([problems, members.map(({ where, ...member }) => member)], [[], [ada]]);
    });

  it("may have keys beside its list, many people, comments and nested notes", () => {
    assert.deepEqual(read("owner: bob\nmembers: [ada@acme.com]\n").notes, ["keys ignored: owner"]);
    const people = Array.from({ length: 500 }, (_, n) => `  - { email: p${n}@acme.com } # [[[\n`);
    assert.deepEqual(read(`notes: {a: {b: [c, {d: e}]}}\nmembers:\n${people.join("")}`).problems, []);
  });
});
