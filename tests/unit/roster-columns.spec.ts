import assert from "node:assert/strict";
import { columnsProblems } from "../../provider/src/roster/arguments";
import { readRoster } from "../../provider/src/roster/load";
import type { AskedColumns } from "../../provider/src/roster/validate";
import { problemLines } from "../../provider/src/roster/validate";

const csv = (text: string, columns: AskedColumns) =>
  readRoster(Buffer.from(text), { name: "p.csv", format: "csv", columns });

/** The first person of a table whose columns a program has asked for, and what a reader is told. */
const READ: [name: string, text: string, columns: AskedColumns, person: object, notes: string[]][] = [
  [
    "a column that is ignored otherwise",
    "email,Department,Floor\nada@acme.com,Analysts,3\n",
    { team: "Department" },
    { email: "ada@acme.com", team: "Analysts" },
    ["columns ignored: Floor"],
  ],
  [
    "in any case, with outer spaces",
    'email," DEPARTMENT "\nada@acme.com,Analysts\n',
    { team: " department" },
    { email: "ada@acme.com", team: "Analysts" },
    [],
  ],
  [
    "before the column that is called like the input",
    "email,Team,Department\nada@acme.com,A,Analysts\n",
    { team: "Department" },
    { email: "ada@acme.com", team: "Analysts" },
    ["columns ignored: Team"],
  ],
  [
    "a column that is called like another input",
    "email,Team ID\nada@acme.com,Analysts\n",
    { team: "Team ID" },
    { email: "ada@acme.com", team: "Analysts" },
    [],
  ],
  [
    "one of the e-mail columns: no other is a fallback",
    "Login,Private,email\nx@acme.com,ada@acme.com,y@acme.com\n",
    { email: "private" },
    { email: "ada@acme.com" },
    ["columns ignored: Login, email"],
  ],
  [
    "one of two that are spelt differently, and differ",
    "E-mail,Email\nada@acme.com,zoe@acme.com\n",
    { email: "Email" },
    { email: "zoe@acme.com" },
    ["columns ignored: E-mail"],
  ],
  [
    "a flag and a number, as in any other column",
    "email,Keep?,Times\nada@acme.com,yes,2\n",
    { forceDestroy: "Keep?", maxRenewals: "Times" },
    { email: "ada@acme.com", forceDestroy: true, maxRenewals: 2 },
    [],
  ],
  [
    "null, as if it were left out",
    "email,Team\nada@acme.com,A\n",
    { team: null },
    { email: "ada@acme.com", team: "A" },
    [],
  ],
];

const WRONG: [name: string, text: string, columns: AskedColumns, lines: string[]][] = [
  [
    "a header that the file does not have",
    "email, Department\nada@acme.com,A\n",
    { team: "Departement", email: "mail" },
    [
      'p.csv:1  columns.email: there is no column "mail"; did you mean "email"? The columns found: "email", "Department"',
      'p.csv:1  columns.team: there is no column "Departement"; did you mean "Department"? The columns found: "email", "Department"',
    ],
  ],
  [
    "a header unlike all others, though one is called like the input",
    "email,Team\nada@acme.com,A\n",
    { team: "Cost centre" },
    ['p.csv:1  columns.team: there is no column "Cost centre". The columns found: "email", "Team"'],
  ],
  [
    "no e-mail column beside it",
    "Name,Department\nAda,A\n",
    { team: "Department" },
    ['p.csv:1  there is no e-mail column: name one of them "email". The columns found: "Name", "Department"'],
  ],
  [
    "no header row",
    "ada@acme.com,A\n",
    { team: "Department" },
    [
      'p.csv:1  there is no header row: the first line has to name the columns, one of them "email"; it has "ada@acme.com", "A"',
    ],
  ],
  [
    "two columns of the name",
    "email,Department,department\nada@acme.com,A,B\n",
    { team: "Department" },
    ['p.csv:1  the columns "Department" and "department" both mean team: remove one of the two'],
  ],
  [
    "two e-mail columns of the name that differ",
    "Work,work\nada@acme.com,zoe@acme.com\n",
    { email: "Work" },
    [
      'p.csv:2  Work  the columns "Work" (1) and "work" (2) may both be meant, and differ: "ada@acme.com" and ' +
        '"zoe@acme.com". Remove one of the two columns, or make them equal',
    ],
  ],
  [
    "a bad cell, with the header as the file has it",
    "email,Re-send\nada@acme.com,often\n",
    { resend: "re-send" },
    ['p.csv:2  Re-send  expected a whole number, not "often"'],
  ],
];

describe("the columns that a program asks for", () => {
  for (const [name, text, columns, person, notes] of READ)
    it(`${name}`, () => {
      const reading = csv(text, columns);
      assert.deepEqual(reading.problems, []);
      assert.deepEqual(reading.members, [{ ...person, where: "p.csv:2" }]);
      assert.deepEqual(reading.notes, notes);
    });
  for (const [name, text, columns, lines] of WRONG)
    it(`${name} is a problem`, () => assert.deepEqual(problemLines(csv(text, columns).problems), lines));

  it("cannot be asked of YAML", () => {
    const yaml = (columns: AskedColumns) =>
      readRoster(Buffer.from("- ada@acme.com\n"), { name: "p.yaml", format: "yaml", columns }).problems;
    assert.deepEqual(problemLines(yaml({ team: "Department" })), [
      "p.yaml  columns is for a table, and this is YAML, which has none: give its keys the names of the inputs, and leave columns out",
    ]);
    assert.deepEqual(yaml({ team: null }), []);
  });
});

describe("columnsProblems", () => {
  for (const [columns, problems] of [
    [{ taem: "Department" }, ['columns: there is no property "taem"; did you mean "team"?']],
    [{ team: 7 }, ["columns.team: expected the header of a column, not 7"]],
    [{ team: " " }, ["columns.team: it is empty"]],
    [{ team: "Unit", teamId: " unit" }, ['columns.teamId: the column " unit" is that of team']],
    [{ team: "Unit", email: "Mail", adopt: null, resend: undefined }, []],
  ] as [Record<string, unknown>, string[]][])
    it(problems[0] ?? "nothing is wrong with a header for each input", () =>
      assert.deepEqual(columnsProblems(columns), problems),
    );
});
