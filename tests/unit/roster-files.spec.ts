import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { findFormat, readRoster } from "../../provider/src/roster/load";

const FOLDER = resolve(__dirname, "../fixtures/rosters");

/** A product's export, and what a reader is told of it. */
const EXPORTS: [string, string[]][] = [
  [
    "entra-group-members.csv",
    [
      'the e-mail is read from the column "userPrincipalName"',
      "columns ignored: id, displayName, objectType, userType, isUser, isGroup, isGuest",
    ],
  ],
  [
    "entra-users.csv",
    [
      'the e-mail is read from the column "mail", and if that is empty from "userPrincipalName"',
      "columns ignored: displayName, surname, givenName, id, userType, jobTitle, department, accountEnabled",
    ],
  ],
  [
    "okta-users.csv",
    [
      'the e-mail is read from the column "email", and if that is empty from "login"',
      "columns ignored: firstName, lastName, status",
    ],
  ],
  [
    "okta-group-membership.csv",
    [
      'the e-mail is read from the column "Okta username"',
      "columns ignored: Group, User, Okta user status, Group membership type",
    ],
  ],
  [
    "google-group.csv",
    [
      'the e-mail is read from the column "Member Email"',
      "columns ignored: Group Email [Required], Member Name, Member Role, Member Type",
    ],
  ],
  ["excel-semicolons.csv", ['the e-mail is read from the column "E-mail Address"', "columns ignored: Name"]],
];

const PAGE = `<!DOCTYPE html><html><head><title>Sign in</title></head><body>${"x".repeat(300_000)}</body></html>`;
const AS_CSV =
  '. Export the table as CSV: in Excel by "Save as", "CSV UTF-8", in Google Sheets by "Download", "Comma-separated values"';

/** What people save under the name of a table, and what they are told. */
const OTHER_FILES: [what: string, bytes: string | Buffer, problem: string][] = [
  ["a web page", PAGE, "it is a web page (HTML), a sign-in page perhaps, and no table and no list"],
  [
    "one with a comment before",
    `\uFEFF<!-- x -->\n<HTML lang="en">`,
    "it is a web page (HTML), a sign-in page perhaps",
  ],
  ["a table in HTML", '<table class="x"><tr><td>email</td></tr></table>', "it is a web page (HTML)"],
  [
    "an xlsx file",
    Buffer.from("PK\x03\x04\x14\0\x06\0[Content_Types].xml"),
    "it is a spreadsheet's own file (xlsx, ods, num",
  ],
  [
    "an xls file",
    Buffer.from("D0CF11E0A1B11AE1", "hex"),
    "it is an Excel file (xls), or one with a password",
  ],
  ["a PDF", "%PDF-1.7\n%âãÏÓ\n", "it is a PDF, and no table"],
  [
    "a zip in gzip",
    Buffer.from("1f8b0800", "hex"),
    "it is compressed by gzip, and no table and no list. Unpack it",
  ],
  ["a text document", "{\\rtf1\\ansi email}", "it is a text document (RTF)"],
  ["a spreadsheet in XML", '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', "it is XML"],
  [
    "an object in each line",
    '{"email": "ada@acme.com"}\r\n{"email": "bob@acme.com"}\n',
    "it is JSON with an object in each line (JSON Lines), and no list: put [ and ] around all",
  ],
  [
    "a pointer",
    "version https://git-lfs.github.com/spec/v1\noid sha256:1\n",
    "it is a pointer of Git LFS, not the file itself",
  ],
];

const JSON_TEXTS = ['[{"email": "ada@acme.com"}]', '{"members": []}', "[]", ' [\n"ada@acme.com"]', "{}"];

describe("files that are no roster", () => {
  for (const [what, bytes, problem] of OTHER_FILES)
    for (const format of ["csv", "yaml"] as const)
      it(`${what} as ${format} is told in one line`, () => {
        const { problems, notes } = readRoster(Buffer.from(bytes), { name: "people", format });
        assert.equal(problems.length, 1);
        assert.equal(problems[0]?.where, "people");
        assert.ok(problems[0]?.reason.startsWith(problem), problems[0]?.reason);
        assert.ok((problems[0]?.reason.length ?? 0) < 250);
        assert.deepEqual(notes, []);
      });

  it("are told with the way to a file that is one", () =>
    assert.ok(
      readRoster(Buffer.from(PAGE), { name: "p", format: "csv" }).problems[0]?.reason.endsWith(AS_CSV),
    ));

  for (const text of JSON_TEXTS)
    it(`JSON as a table: ${text}`, () =>
      assert.match(
        readRoster(Buffer.from(text), { name: "p", format: "csv" }).problems[0]?.reason ?? "",
        /^it is JSON, and is to be read as a table: give it a name that ends in \.json, or format: "yaml"/,
      ));

  for (const text of [
    "<email>,name\nada@acme.com,Ada\n",
    "[email],name\nada@acme.com,Ada\n",
    "{email}\nada@acme.com\n",
  ])
    it(`a table may begin with ${text.slice(0, 7)}`, () =>
      assert.doesNotMatch(
        readRoster(Buffer.from(text), { name: "p", format: "csv" }).problems[0]?.reason ?? "",
        /^it is /,
      ));
});

/** A table of one person, by the delimiter that its first line does not tell. */
const DELIMITED: [what: string, text: string][] = [
  ["a comma in a header of semicolons", "Nachname, Vorname;E-Mail\nLovelace, Ada;ada@acme.com\n"],
  ["more commas than semicolons", "Name, Vorname, Titel, Amt;E-Mail\nLovelace, Ada, , ;ada@acme.com\n"],
  ["semicolons in a header of commas", "Name; first; second,E-Mail\nAda; A; B,ada@acme.com\n"],
  ["a comma in a header of tabs", "Name, first, second\tE-Mail\nLovelace, Ada\tada@acme.com\n"],
  ["a quoted header with a line break", '"E-Mail\nAdresse";"Name, Vorname"\nada@acme.com;"Lovelace, Ada"\n'],
  ["line breaks in two headers", '"Last\nname","E-mail\naddress"\nLovelace,ada@acme.com\n'],
  ["a line break and a delimiter in a header", '"E-Mail;\nAdresse;",Name\nada@acme.com,Ada\n'],
];

describe("the delimiter", () => {
  for (const [what, text] of DELIMITED)
    it(`is the one that yields addresses: ${what}`, () => {
      const { members, problems } = readRoster(Buffer.from(text), { name: "p.csv", format: "csv" });
      assert.deepEqual(problems, []);
      assert.deepEqual(
        members.map(({ email }) => email),
        ["ada@acme.com"],
      );
    });

  it("counts with the column that a program asks for", () => {
    const text = "Name, Vorname;Adresse\nLovelace, Ada;ada@acme.com\n";
    const columns = { email: "Adresse" };
    assert.equal(readRoster(Buffer.from(text), { name: "p", format: "csv", columns }).members.length, 1);
  });
});

const HINTS: [what: string, text: string, hint: string][] = [
  [
    "title lines",
    "Staff 2026\n\nName,E-Mail\nAda,ada@acme.com\n",
    "Line 3 looks like the header: delete what stands above it",
  ],
  [
    "a title with a comma",
    "Staff, 2026\nAs of May;\nName;E-Mail\nAda;ada@acme.com\n",
    "Line 3 looks like the header",
  ],
  [
    "bars",
    "Name|E-Mail\nAda|ada@acme.com\n",
    'Its cells are separated by "|": write sep=| as the first line',
  ],
  [
    "a title above bars",
    "Staff\nName|E-Mail\nAda|ada@acme.com\n",
    "Line 2 looks like the header: delete what stands above it. Its c",
  ],
];

describe("a table without a column of addresses", () => {
  for (const [what, text, hint] of HINTS)
    it(`is told what would work: ${what}`, () => {
      const { problems } = readRoster(Buffer.from(text), { name: "p", format: "csv" });
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.reason ?? "", /^there is no e-mail column: /);
      assert.ok(problems[0]?.reason.includes(`. ${hint}`), problems[0]?.reason);
    });

  it("reads bars if the first line says so", () =>
    assert.equal(
      readRoster(Buffer.from("sep=|\nName|E-Mail\nAda|ada@acme.com\n"), { name: "p", format: "csv" }).members
        .length,
      1,
    ));

  it("gets no hint where nothing would work", () =>
    assert.match(
      readRoster(Buffer.from("Name,Floor\nAda,3\n"), { name: "p", format: "csv" }).problems[0]?.reason ?? "",
      /The columns found: "Name", "Floor"$/,
    ));

  it("and without a header begins with a person, whatever their host is called", () =>
    assert.match(
      readRoster(Buffer.from("ada@gmail.com,Ada\nbob@gmail.com,Bob\n"), { name: "p", format: "csv" })
        .problems[0]?.reason ?? "",
      /^there is no header row/,
    ));

  it("has a message of a few lines, however many columns it has", () => {
    const many = Array.from({ length: 400 }, (_, index) => `Column ${index} ${"x".repeat(500)}`);
    const found = readRoster(Buffer.from(`${many}\n${many}\n`), { name: "p", format: "csv" });
    assert.ok((found.problems[0]?.reason.length ?? 0) < 1_200);
    assert.match(found.problems[0]?.reason ?? "", /, and 388 more$/);
    const named = readRoster(Buffer.from(`email,${many}\nada@acme.com\n`), { name: "p", format: "csv" });
    assert.ok((named.notes[0]?.length ?? 0) < 1_200);
    assert.match(named.notes[0] ?? "", /, and 388 more$/);
    const keys = many.map((key) => `${key}: 1`).join("\n");
    const yaml = readRoster(Buffer.from(keys), { name: "p", format: "yaml" });
    assert.match(yaml.problems[0]?.reason ?? "", /, and 388 more$/);
  });
});

describe("rosters as other products write them", () => {
  for (const [name, notes] of EXPORTS) {
    it(name, () => {
      const bytes = readFileSync(resolve(FOLDER, name));
      const reading = readRoster(bytes, { name, format: "csv" });
      assert.deepEqual(reading.problems, []);
      assert.deepEqual(
        reading.members.map(({ email }) => email),
        ["ada@acme.com", "grace@acme.com"],
      );
      assert.deepEqual(reading.notes, notes);
    });
  }

  it("tells the physical line after a quoted line break and a cleared row", () => {
    const bytes = readFileSync(resolve(FOLDER, "excel-semicolons.csv"));
    const { members } = readRoster(bytes, { name: "people.csv", format: "csv" });
    assert.deepEqual(members, [
      { email: "ada@acme.com", teamId: "team_abc123", where: "people.csv:2" },
      { email: "grace@acme.com", teamId: "team_xyz789", where: "people.csv:4" },
    ]);
  });

  const FORMATS: [string, string | undefined][] = [
    ["people.csv", "csv"],
    ["People.TSV", "csv"],
    ["a.b/people.yaml", "yaml"],
    ["people.yml", "yaml"],
    ["people.json", "yaml"],
    ["people.xlsx", undefined],
    ["csv", undefined],
  ];
  for (const [name, format] of FORMATS) {
    it(`${name} is ${format ?? "of no known format"}`, () => assert.equal(findFormat(name), format));
  }
});
