import assert from "node:assert/strict";
import { readRoster } from "../../provider/src/roster/load";
import { problemLines } from "../../provider/src/roster/validate";

const csv = (text: string) => readRoster(Buffer.from(text), { name: "p.csv", format: "csv" });
const yaml = (text: string) => readRoster(Buffer.from(text), { name: "p.yaml", format: "yaml" });
const lines = (text: string) => problemLines(csv(text).problems);
const reasons = (text: string) =>
  yaml(text).problems.map(({ where, column, reason }) => [where, column, reason]);

const told = (closes: number, row: number, text: string) =>
  `a quotation mark opens here and closes in p.csv:${closes}, so that p.csv:${row} is part of this cell, and it ` +
  `looks like a row of its own (${JSON.stringify(text)}). Close the quotation mark where its text ends, or put the ` +
  "text on one line";

const SWALLOWED: [name: string, text: string, problems: string[]][] = [
  [
    "opened in an ignored column of one row, and closed in that of a later one",
    'email,Name\nada@acme.com,"Ada\nbob@acme.com,Bob\ncat@acme.com,Cat"\ndan@acme.com,Dan\n',
    [`p.csv:2  Name  ${told(4, 3, "bob@acme.com,Bob")}`],
  ],
  [
    "opened and closed by the first mark of two quoted cells",
    'email;Name\nada@acme.com;"Ada\nbob@acme.com;"Bob"\ncat@acme.com;"Cat"\n',
    [`p.csv:2  Name  ${told(3, 3, 'bob@acme.com;"Bob"')}`],
  ],
  [
    "swallowing the row that it stands in",
    'Name,email\n"Ada,ada@acme.com\n"Cat",cat@acme.com\n',
    [`p.csv:2  Name  ${told(3, 2, '"Ada,ada@acme.com')}`],
  ],
  [
    "swallowing a row of nothing but the address",
    'email,Name\nada@acme.com,"Ada\n\n bob@acme.com\n"\n',
    [`p.csv:2  Name  ${told(5, 4, " bob@acme.com")}`],
  ],
  [
    "in the e-mail's own column, told once",
    'email,Name\n"ada@acme.com,Ada\nbob@acme.com,Bob"\ncat@acme.com,Cat\n',
    [`p.csv:2  email  ${told(3, 2, "ada@acme.com,Ada")}`],
  ],
  [
    "in the header",
    'email,"Name\nada@acme.com,Ada\nbob@acme.com,Bob",Note\ncat@acme.com,Cat,\n',
    [`p.csv:1  Name ada@acme.com,Ada bob@acme.com,Bob  ${told(3, 2, "ada@acme.com,Ada")}`],
  ],
  [
    "after a cell of several lines in which nothing is wrong",
    'email,Note,Name\nada@acme.com,"two\nlines","Ada\nbob@acme.com,,Bob"\n',
    [`p.csv:3  Name  ${told(4, 4, "bob@acme.com,,Bob")}`],
  ],
  [
    "with an address that a spreadsheet quoted",
    'email,Name\nada@acme.com,"Ada\n""bob@acme.com"",Bob"\n',
    [`p.csv:2  Name  ${told(3, 3, '"bob@acme.com",Bob')}`],
  ],
];

const MEANT: [name: string, text: string][] = [
  ["of several lines of text", 'email,Note\nada@acme.com,"Lovelace,\nCountess, of London"\n'],
  ["that mentions an address in a sentence", 'email,Note\nada@acme.com,"Ask\nbob@acme.com about it."\n'],
  ["that begins with an address", 'email,Note\nada@acme.com,"bob@acme.com, Bob\nis the manager"\n'],
  ["of an address and a line break", 'email,Note\n"\nada@acme.com\n",x\n'],
];

describe("a quotation mark that swallows rows is a problem that names both lines", () => {
  for (const [name, text, problems] of SWALLOWED) it(name, () => assert.deepEqual(lines(text), problems));

  for (const [name, text] of MEANT)
    it(`but not a cell ${name}`, () => {
      const { problems, members } = csv(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        members.map(({ email }) => email),
        ["ada@acme.com"],
      );
    });

  it("tells what else is wrong in the same file", () => {
    const text = 'email,Name\nada@acme.com,"Ada\nbob@acme.com,Bob"\nzoe(at)acme.com,Zoe\n';
    assert.deepEqual(
      csv(text).problems.map(({ where, column }) => `${where} ${column}`),
      ["p.csv:2 Name", "p.csv:4 email"],
    );
  });

  it("YAML: a value that goes on over a line that looks like a person", () => {
    const text = "- email: ada@acme.com\n  teamId: t1\n   - bob@acme.com\n- zoe@acme.com\n";
    assert.deepEqual(reasons(text), [
      [
        "p.yaml:2",
        "teamId",
        'it goes on in p.yaml:3, which looks like another person ("   - bob@acme.com"): check the indentation and ' +
          "the quotation marks",
      ],
    ]);
    assert.deepEqual(yaml("- email: ada@acme.com\n  teamId: >-\n    t1\n- zoe@acme.com\n").problems, []);
  });

  it("a cell of a million line breaks is read in no time that grows with their square", () => {
    const { members } = csv(`email,Note\nada@acme.com,"${"\n".repeat(1_000_000)}x"\nzoe@acme.com,\n`);
    assert.equal(members[1]?.where, "p.csv:1000003");
  });
});
