import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { findFormat } from "../../provider/src/roster/format";
import { readRoster } from "../../provider/src/roster/load";
import { type AskedColumns, problemLines } from "../../provider/src/roster/validate";
import { SEED } from "../support/setup";

const FOLDER = resolve(__dirname, "../fixtures/rosters");

function csv(text: string | Buffer, columns?: AskedColumns, name = "p.csv") {
  return readRoster(Buffer.from(text), { name, format: "csv", columns });
}
const linesOf = (...args: Parameters<typeof csv>) => problemLines(csv(...args).problems);
const firstReason = (text: string | Buffer) => csv(text).problems[0]?.reason ?? "";
/** The addresses of a table in which nothing is wrong. */
function people(...args: Parameters<typeof csv>): string[] {
  const { members, problems } = csv(...args);
  assert.deepEqual(problems, []);
  return members.map(({ email }) => email);
}

const NO_EMAIL = 'there is no e-mail column: name one of them "email". The columns found:';
const NO_HEADER =
  'there is no header row: the first line has to name the columns, one of them "email"; it has';
const NO_UTF8 =
  "it is not text in UTF-8 (some characters cannot be read): save it as UTF-8, in Excel “CSV UTF-8”";

const MORE = "put text with a delimiter in quotes, and each address in a row of its own";

/** A table, and everything that is wrong with it as a person reads it. */
const WRONG: [name: string, text: string | Buffer, ...lines: string[]][] = [
  [
    "bad rows, all at once",
    "Name,E-mail,Force destroy,max renewals\nA,ada(at)acme.com,,\nB,,,\nC,c@acme.com,maybe,-1\nD,d@acme.com,,many\n",
    'p.csv:2  E-mail         "ada(at)acme.com" is not an e-mail address: it has no @',
    "p.csv:3  E-mail         it is missing",
    'p.csv:4  Force destroy  expected true or false, not "maybe"',
    "p.csv:4  max renewals   expected a whole number from 0 to 100, not -1",
    'p.csv:5  max renewals   expected a whole number, not "many"',
  ],
  ["a person twice", "email\na@b.co\n\n A@B.co \n", "p.csv:4  email  a@b.co is in p.csv:2 already"],
  [
    "a delimiter that is not quoted",
    "email,name\nada@acme.com,Lovelace, Ada\n",
    `p.csv:2  it has 3 cells for 2 columns: ${MORE}`,
  ],
  [
    "a quotation mark that is never closed",
    'email,name\n\nzoe@acme.com,"Z\nZ"\n\nada@acme.com,"Ada\ngrace@acme.com,Grace\n',
    "p.csv:6  a cell begins with a quotation mark that is never closed, so the rows after it cannot be told apart",
  ],
  ["no e-mail column", "Name,Team\nAda,Analysts\n", `p.csv:1  ${NO_EMAIL} "Name", "Team"`],
  ["no header", "ada@acme.com\ngrace@acme.com\n", `p.csv:1  ${NO_HEADER} "ada@acme.com"`],
  [
    "two team names",
    "email,Team,Team Name\nada@acme.com,a,b\n",
    'p.csv:1  the columns "Team" and "Team Name" both mean team: remove one of the two',
  ],
  [
    "UTF-16",
    Buffer.from("\uFEFFemail\nada@acme.com\n", "utf16le"),
    "p.csv  it is not text in UTF-8 (UTF-16, or no text at all): save it as UTF-8, in Excel “CSV UTF-8”",
  ],
  ["Windows-1252", Buffer.from("email,name\nada@acme.com,Zo\xeb\n", "latin1"), `p.csv  ${NO_UTF8}`],
];

describe("a roster in CSV", () => {
  for (const [name, text, ...lines] of WRONG) it(name, () => assert.deepEqual(linesOf(text), lines));

  it("types the cells of a table, and leaves out the empty ones", () => {
    const text =
      "email\tTEAM ID\tadopt\tforce_destroy\tMax Renewals\tResend\n" +
      "a@acme.com\tt\tYes\t0\t7\t2\nb@acme.com\t\tFALSE\t\t\t\nc@acme.com\t'+t\n";
    const flags = { adopt: true, forceDestroy: false, maxRenewals: 7, resend: 2 };
    assert.deepEqual(csv(text).members, [
      { email: "a@acme.com", teamId: "t", ...flags, where: "p.csv:2" },
      { email: "b@acme.com", adopt: false, where: "p.csv:3" },
      { email: "c@acme.com", teamId: "+t", where: "p.csv:4" },
    ]);
  });

  it("takes the delimiter that the file itself names", () => {
    assert.deepEqual(csv("\uFEFFsep=;\nemail;a,b,c,d\nada@acme.com;\n").members[0]?.where, "p.csv:3");
    assert.equal(people("sep=|\nName|E-Mail\nAda|ada@acme.com\n").length, 1);
  });
});

const EMPTY =
  "nobody is in it, and everyone who was would lose the invite. If that is meant: allowEmpty: true";

describe("a roster of any format", () => {
  const NOBODY: ["csv" | "yaml", string][] = [
    ["csv", ""],
    ["csv", "email,name\n,\n\n"],
    ["yaml", "# nobody\n"],
    ["yaml", "members:\n"],
  ];
  for (const [format, text] of NOBODY)
    it(`nobody in ${JSON.stringify(text)} is a problem, unless that is meant`, () => {
      const { problems } = readRoster(Buffer.from(text), { name: "p", format });
      assert.deepEqual(problems, [{ where: "p", reason: EMPTY }]);
      const meant = readRoster(Buffer.from(text), { name: "p", format, allowEmpty: true });
      assert.deepEqual(meant, { members: [], problems: [], notes: meant.notes });
    });

  it("never throws, whatever the text, and names a line that the file has", () => {
    const csvPieces = ["email", ",", ";", "\n", "\r\n", '"', "a@b.co", " ", "'", "x"];
    const yamlPieces = "- |: |*a|&a |{|[|]|}|<<: |!!set |!!omap\n|---\n|? ".split("|");
    const piece = fc.constantFrom(...csvPieces, ...yamlPieces, "|\n", "members:\n", "email: ", "  ", "#");
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("csv" as const, "yaml" as const), (written, format) => {
        const { members, problems } = readRoster(Buffer.from(written), { name: "p", format });
        const lines = written.split(/\r\n|\r|\n/).length;
        for (const { where } of [...members, ...problems]) {
          const line = Number(where.split(":")[1] ?? 1);
          assert.ok(line >= 1 && line <= lines, where);
        }
      }),
      { numRuns: 2_000, seed: SEED },
    );
  });

  it("has its format by the end of its name", () => {
    const names = ["People.TSV", "a.b/people.yml", "people.json", "people.xlsx", "csv"];
    assert.deepEqual(names.map(findFormat), ["csv", "yaml", "yaml", undefined, undefined]);
  });
});

const HTML = "it is a web page (HTML), a sign-in page perhaps";
const PAGE = `<!DOCTYPE html><html><head><title>Sign in</title></head><body>${"x".repeat(300_000)}</body></html>`;

/** What people save under the name of a table, and what they are told. */
const OTHER_FILES: [what: string, bytes: string | Buffer, problem: string][] = [
  ["a web page", PAGE, `${HTML}, and no table and no list`],
  ["one with a comment before", `\uFEFF<!-- x -->\n<HTML lang="en">`, HTML],
  ["an xlsx", "PK\x03\x04\x14\0\x06\0[Content_Types].xml", "it is a spreadsheet's own file (xlsx, ods, num"],
  ["an xls", Buffer.from("D0CF11E0A1B11AE1", "hex"), "it is an Excel file (xls), or one with a password"],
  ["gzip", Buffer.from("1f8b0800", "hex"), "it is compressed by gzip, and no table and no list. Unpack it"],
  ["JSON Lines", '{"email": "ada@acme.com"}\r\n{"email": "b@b.co"}\n', "it is JSON with an object"],
];

describe("a file that is no roster", () => {
  for (const [what, bytes, problem] of OTHER_FILES)
    it(`${what} is told in one line, in either format`, () => {
      for (const format of ["csv", "yaml"] as const) {
        const { problems, notes } = readRoster(Buffer.from(bytes), { name: "people", format });
        assert.deepEqual([problems.length, problems[0]?.where, notes], [1, "people", []]);
        assert.ok(problems[0]?.reason.startsWith(problem), problems[0]?.reason);
        assert.ok((problems[0]?.reason.length ?? 0) < 250);
      }
    });

  it("may be JSON as a table, but not a header that begins with a bracket", () => {
    for (const text of ['{"members": []}', "[]", ' [\n"ada@acme.com"]', "{}"])
      assert.match(firstReason(text), /^it is JSON, and is to be read as a table: .* format: "yaml"/);
    for (const header of ["<email>,name", "[email],name", "{email}"])
      assert.doesNotMatch(firstReason(`${header}\nada@acme.com,Ada\n`), /^it is /);
  });
});

/** A table of one person, by the delimiter that its first line does not tell. */
const DELIMITED: [what: string, text: string][] = [
  ["a comma in a header of semicolons", "Nachname, Vorname;E-Mail\nLovelace, Ada;ada@acme.com\n"],
  ["a comma in a header of tabs", "Name, first, second\tE-Mail\nLovelace, Ada\tada@acme.com\n"],
  ["a quoted header with a line break", '"E-Mail\nAdresse";"Name, Vorname"\nada@acme.com;"Lovelace, Ada"\n'],
  ["a second e-mail header of commas", "E-Mail;Vorgesetzter, E-Mail\nada@acme.com;Boss, boss@acme.com\n"],
  ["a line break and a delimiter in a header", '"E-Mail;\nAdresse;",Name\nada@acme.com,Ada\n'],
];

const ABOVE = "looks like the header: delete what stands above it";
/** Tables without a column of addresses, and what would work. */
const HINTS: [what: string, text: string, hint: string][] = [
  ["titles", "Staff 2026\n\nName,E-Mail\nAda,ada@acme.com\n", `Line 3 ${ABOVE}`],
  ["bars", "Name|E-Mail\nAda|a@acme.com\n", 'Its cells are separated by "|": write sep=| as the first line'],
  ["both", "Staff\nName|E-Mail\nAda|a@acme.com\n", `Line 2 ${ABOVE}. I`],
  ["^", "Name^E-Mail\nAda^a@acme.com\n", 'Its cells are separated by "^": write sep=^ as the first line'],
  [":", "Name:E-Mail\nAda:a@acme.com\n", 'Its cells are separated by ":": write sep=: as the first line'],
  ["blanks", "Name   E-Mail\nAda   a@acme.com\nAda B  b@acme.com\n", "Its cells are separated by blanks"],
  ["quoted rows", '"Name,E-Mail"\n"Ada,""a@acme.com"""\n', "Each of its rows is in quotation marks"],
];

describe("the columns of a table", () => {
  for (const [what, text] of DELIMITED)
    it(`have the delimiter that yields addresses: ${what}`, () =>
      assert.deepEqual(people(text), ["ada@acme.com"]));

  it("have the one that yields the column that a program asks for", () => {
    const text = "Name, Vorname;Adresse\nLovelace, Ada;ada@acme.com\n";
    assert.deepEqual(people(text, { email: "Adresse" }), ["ada@acme.com"]);
  });

  for (const [what, text, hint] of HINTS)
    it(`without an address: told what would work: ${what}`, () => {
      assert.equal(csv(text).problems.length, 1);
      assert.match(firstReason(text), /^there is no e-mail column: /);
      assert.ok(firstReason(text).includes(`. ${hint}`), firstReason(text));
    });

  it("without an address: no hint where nothing would work, and no header where a person stands", () => {
    assert.match(firstReason("Name,Floor\nAda,3\n"), /The columns found: "Name", "Floor"$/);
    assert.match(firstReason("ada@gmail.com,Ada\nbob@gmail.com,Bob\n"), /^there is no header row/);
  });
});

/** A product's export, and the column of the address. */
const EXPORTS: [name: string, column: string][] = [
  ["entra-group-members", '"userPrincipalName"'],
  ["entra-users", '"mail", and if that is empty from "userPrincipalName"'],
  ["okta-users", '"email", and if that is empty from "login"'],
  ["okta-group-membership", '"Okta username"'],
  ["google-group", '"Member Email"'],
  ["excel-semicolons", '"E-mail Address"'],
];

describe("rosters as other products write them", () => {
  for (const [name, column] of EXPORTS)
    it(name, () => {
      const bytes = readFileSync(resolve(FOLDER, `${name}.csv`));
      assert.deepEqual(people(bytes), ["ada@acme.com", "grace@acme.com"]);
      assert.equal(csv(bytes).notes[0], `the e-mail is read from the column ${column}`);
    });

  it("tells the physical line after a quoted line break and a cleared row", () =>
    assert.equal(csv(readFileSync(resolve(FOLDER, "excel-semicolons.csv"))).members[1]?.where, "p.csv:4"));
});

const swallowed = (closes: number, row: number, text: string) =>
  `a quotation mark opens here and closes in p.csv:${closes}, so that p.csv:${row} is part of this cell, and it ` +
  `looks like a row of its own (${JSON.stringify(text)}). Close the quotation mark where its text ends, or put the ` +
  "text on one line";

const SWALLOWED: [name: string, text: string, problem: string][] = [
  [
    "opened in one row, and closed in a later one",
    'email,Name\nada@acme.com,"Ada\nbob@acme.com,Bob\ncat@acme.com,Cat"\ndan@acme.com,Dan\n',
    `p.csv:2  Name  ${swallowed(4, 3, "bob@acme.com,Bob")}`,
  ],
  [
    "swallowing the row that it stands in",
    'Name,email\n"Ada,ada@acme.com\n"Cat",cat@acme.com\n',
    `p.csv:2  Name  ${swallowed(3, 2, '"Ada,ada@acme.com')}`,
  ],
  [
    "in the e-mail's own column, told once",
    'email,Name\n"ada@acme.com,Ada\nbob@acme.com,Bob"\ncat@acme.com,Cat\n',
    `p.csv:2  email  ${swallowed(3, 2, "ada@acme.com,Ada")}`,
  ],
  [
    "in the header",
    'email,"Name\nada@acme.com,Ada\nbob@acme.com,Bob",Note\ncat@acme.com,Cat,\n',
    `p.csv:1  Name ada@acme.com,Ada bob@acme.com,Bob  ${swallowed(3, 2, "ada@acme.com,Ada")}`,
  ],
  [
    "after a cell of several lines in which nothing is wrong",
    'email,Note,Name\nada@acme.com,"two\nlines","Ada\nbob@acme.com,,Bob"\n',
    `p.csv:3  Name  ${swallowed(4, 4, "bob@acme.com,,Bob")}`,
  ],
  [
    "with an address that a spreadsheet quoted",
    'email,Name\nada@acme.com,"Ada\n""bob@acme.com"",Bob"\n',
    `p.csv:2  Name  ${swallowed(3, 3, '"bob@acme.com",Bob')}`,
  ],
];

const MEANT: [name: string, text: string][] = [
  ["of several lines of text", 'email,Note\nada@acme.com,"Lovelace,\nCountess, of London"\n'],
  ["that mentions an address in a sentence", 'email,Note\nada@acme.com,"Ask\nbob@acme.com about it."\n'],
  ["that begins with an address", 'email,Note\nada@acme.com,"bob@acme.com, Bob\nis the manager"\n'],
  ["of an address and a line break", 'email,Note\n"\nada@acme.com\n",x\n'],
];

describe("a quotation mark that swallows rows is a problem that names both lines", () => {
  for (const [name, text, problem] of SWALLOWED) it(name, () => assert.deepEqual(linesOf(text), [problem]));
  for (const [name, text] of MEANT)
    it(`but not a cell ${name}`, () => assert.deepEqual(people(text), ["ada@acme.com"]));
});

const TEAM = { team: "Department" };
const ANALYST = { team: "Analysts" };

/** The first person of a table whose columns a program has asked for, and what is ignored. */
const ASKED: [name: string, text: string, columns: AskedColumns, own: object, ignored?: string][] = [
  ["one ignored otherwise", "email,Department,Floor\nada@acme.com,Analysts,3\n", TEAM, ANALYST, "Floor"],
  ["in any case", 'email," DEPARTMENT "\nada@acme.com,Analysts\n', { team: " department" }, ANALYST],
  ["before the input's own name", "email,Team,Department\nada@acme.com,A,Analysts\n", TEAM, ANALYST, "Team"],
  ["called like another input", "email,Team ID\nada@acme.com,Analysts\n", { team: "Team ID" }, ANALYST],
  [
    "an e-mail column: no other is a fallback",
    "Login,Private,email\nx@acme.com,ada@acme.com,y@acme.com\n",
    { email: "private" },
    {},
    "Login, email",
  ],
  ["one of two that differ", "E-mail,Email\nzoe@acme.com,ada@acme.com\n", { email: "Email" }, {}, "E-mail"],
  ["null, as if left out", "email,Team\nada@acme.com,A\n", { team: null }, { team: "A" }],
];

const FOUND = 'The columns found: "email", "Department"';
const WRONGLY_ASKED: [name: string, text: string, columns: AskedColumns, ...lines: string[]][] = [
  [
    "a header that the file does not have",
    "email, Department\nada@acme.com,A\n",
    { team: "Departement", email: "mail", resend: "Once more" },
    `p.csv:1  columns.email: there is no column "mail"; did you mean "email"? ${FOUND}`,
    `p.csv:1  columns.team: there is no column "Departement"; did you mean "Department"? ${FOUND}`,
    `p.csv:1  columns.resend: there is no column "Once more". ${FOUND}`,
  ],
  ["no e-mail column", "Name,Department\nAda,A\n", TEAM, `p.csv:1  ${NO_EMAIL} "Name", "Department"`],
  [
    "two columns of the name",
    "email,Department,department\nada@acme.com,A,B\n",
    TEAM,
    'p.csv:1  the columns "Department" and "department" both mean team: remove one of the two',
  ],
];

describe("the columns that a program asks for", () => {
  for (const [name, text, columns, own, ignored] of ASKED)
    it(name, () =>
      assert.deepEqual(csv(text, columns), {
        members: [{ email: "ada@acme.com", ...own, where: "p.csv:2" }],
        problems: [],
        notes: ignored ? [`columns ignored: ${ignored}`] : [],
      }),
    );
  for (const [name, text, columns, ...lines] of WRONGLY_ASKED)
    it(`${name} is a problem`, () => assert.deepEqual(linesOf(text, columns), lines));

  it("cannot be asked of YAML", () => {
    const yaml = (columns: AskedColumns) =>
      readRoster(Buffer.from("- ada@acme.com\n"), { name: "p.yaml", format: "yaml", columns }).problems;
    assert.match(yaml(TEAM)[0]?.reason ?? "", /^columns is for a table, and this is YAML, which has none/);
    assert.deepEqual(yaml({ team: null }), []);
  });
});
