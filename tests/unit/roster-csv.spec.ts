import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { FLAGS } from "../../provider/src/invite/decide";
import { columnsProblems } from "../../provider/src/roster/arguments";
import { formatOf } from "../../provider/src/roster/file-format";
import { readMembers, readRoster } from "../../provider/src/roster/load";
import { type AskedColumns, problemLines } from "../../provider/src/roster/problems";
import { SEED } from "../support/setup";

const csv = (text: string) => readRoster(Buffer.from(text), { name: "p.csv", format: "csv" });
const yaml = (text: string) => readRoster(Buffer.from(text), { name: "p.yaml", format: "yaml" });

/** A table or a document, and everything that is wrong with it as a person reads it. */
type Wrong = [string, string, string[]];

const WRONG_CSV: Wrong[] = [
  [
    "bad rows, all at once",
    "Name,E-mail,Force destroy,max renewals\nA,ada(at)acme.com,,\nB,,,\nC,c@acme.com,maybe,-1\nD,d@acme.com,,many\n",
    [
      'p.csv:2  E-mail         "ada(at)acme.com" is not an e-mail address: it has no @',
      "p.csv:3  E-mail         it is missing",
      'p.csv:4  Force destroy  expected true or false, not "maybe"',
      "p.csv:4  max renewals   expected a whole number from 0 to 100, not -1",
      'p.csv:5  max renewals   expected a whole number, not "many"',
    ],
  ],
  [
    "a person twice, in other spelling",
    "email\nada@acme.com\n\n Ada@ACME.com \n",
    ["p.csv:4  email  ada@acme.com is in p.csv:2 already"],
  ],
  [
    "a delimiter that is not quoted",
    "email,name\nada@acme.com,Lovelace, Ada\n",
    ["p.csv:2  it has 3 cells for 2 columns: put text with a delimiter in quotes"],
  ],
  [
    "a quotation mark that is never closed",
    'email,name\n\nzoe@acme.com,"Z\nZ"\n\nada@acme.com,"Ada\ngrace@acme.com,Grace\n',
    [
      "p.csv:6  a cell begins with a quotation mark that is never closed, so the rows after it cannot be told apart",
    ],
  ],
  [
    "no e-mail column",
    "Name,Team\nAda,Analysts\n",
    ['p.csv:1  there is no e-mail column: name one of them "email". The columns found: "Name", "Team"'],
  ],
  [
    "no header",
    "ada@acme.com\ngrace@acme.com\n",
    [
      'p.csv:1  there is no header row: the first line has to name the columns, one of them "email"; it has "ada@acme.com"',
    ],
  ],
  [
    "two columns for one option",
    "email,Team ID,team_id\nada@acme.com,a,b\n",
    ['p.csv:1  the columns "Team ID" and "team_id" both mean teamId: remove one of the two'],
  ],
  [
    "two columns of team names",
    "email,Team,Team Name\nada@acme.com,a,b\n",
    ['p.csv:1  the columns "Team" and "Team Name" both mean team: remove one of the two'],
  ],
  [
    "a guest's name in Entra",
    "userPrincipalName\nzoe_gmail.com#EXT#@acme.onmicrosoft.com\n",
    [
      'p.csv:2  userPrincipalName  "zoe_gmail.com#EXT#@acme.onmicrosoft.com" is not an e-mail address: it is the ' +
        "sign-in name of a guest at Entra, which gets no mail: give the person's own address (zoe@gmail.com?)",
    ],
  ],
];

const WRONG_YAML: Wrong[] = [
  [
    "bad entries, each with the line of its property",
    "members:\n  - ada@acme.com\n  - email: Zoe@acme.com\n    teamId: 7\n    adopt: yes\n  - {email: ADA@acme.com, teem: a}\n  - 7\n  -\n  - [x]\n",
    [
      "p.yaml:4  teamId  expected text, not 7",
      'p.yaml:5  adopt   expected true or false, not "yes"',
      'p.yaml:6  teem    there is no property "teem"; did you mean "team"?',
      "p.yaml:6  email   ada@acme.com is in p.yaml:2 already",
      "p.yaml:7  email   expected text, not 7",
      "p.yaml:8  email   it is missing",
      'p.yaml:9  email   expected text, not ["x"]',
    ],
  ],
  ["what is not YAML", '- a@acme.com\n- "b\n', ['p.yaml:3  Missing closing "quote']],
  [
    "no list",
    "people:\n  - ada@acme.com\n",
    ['p.yaml:1  expected a list of people, or one under "members"; the keys found: people'],
  ],
  [
    "an alias of nothing",
    "- *ada\n",
    [
      'p.yaml:1  email  "*ada" stands for nothing that can be read: its anchor (&) is missing, or leads back to itself',
    ],
  ],
];

/** Files that are no text in UTF-8. */
const WRONG_BYTES: [string, Buffer, string][] = [
  [
    "UTF-16",
    Buffer.from("\uFEFFemail\nada@acme.com\n", "utf16le"),
    "p.csv  it is not text in UTF-8 (UTF-16, or no text at all): save it as UTF-8",
  ],
  [
    "Windows-1252",
    Buffer.from("email,name\nada@acme.com,Zo\xeb\n", "latin1"),
    "p.csv  it is not text in UTF-8 (some characters cannot be read): save it as UTF-8, in Excel “CSV UTF-8”",
  ],
  [
    "UTF-8 that is cut off within a character",
    Buffer.from("email,name\nada@acme.com,Zoë").subarray(0, -1),
    "p.csv  it is not text in UTF-8 (some characters cannot be read): save it as UTF-8, in Excel “CSV UTF-8”",
  ],
];

const EMPTY =
  "nobody is in it, and everyone who was would lose the invite. If that is meant: allowEmpty: true";

describe("readRoster", () => {
  for (const [name, text, lines] of WRONG_CSV)
    it(`CSV: ${name}`, () => assert.deepEqual(problemLines(csv(text).problems), lines));
  for (const [name, text, lines] of WRONG_YAML)
    it(`YAML: ${name}`, () => assert.deepEqual(problemLines(yaml(text).problems), lines));

  for (const [name, bytes, line] of WRONG_BYTES)
    it(`bytes: ${name}`, () =>
      assert.deepEqual(problemLines(readRoster(bytes, { name: "p.csv", format: "csv" }).problems), [line]));

  it("gives each problem its parts", () => {
    assert.deepEqual(csv("E-mail\nada(at)acme.com\n").problems, [
      {
        where: "p.csv:2",
        column: "E-mail",
        value: "ada(at)acme.com",
        reason: '"ada(at)acme.com" is not an e-mail address: it has no @',
      },
    ]);
  });

  it("types the cells of a table, and leaves out the empty ones", () => {
    const text =
      "email\tTEAM ID\tadopt\tforce_destroy\tMax Renewals\tResend\na@acme.com\tt\tYes\t0\t7\t2\nb@acme.com\t\tFALSE\t\t\t\n'+c@acme.com\n";
    assert.deepEqual(csv(text).members, [
      {
        email: "a@acme.com",
        teamId: "t",
        adopt: true,
        forceDestroy: false,
        maxRenewals: 7,
        resend: 2,
        where: "p.csv:2",
      },
      { email: "b@acme.com", adopt: false, where: "p.csv:3" },
      { email: "+c@acme.com", where: "p.csv:4" },
    ]);
  });

  it("has a column for each input of a person", () => {
    const header = ["email", "teamId", ...FLAGS];
    const row = ["ada@acme.com", "team_a", "yes", "no", "2", "1"];
    assert.deepEqual(csv(`${header}\n${row}\n`), {
      members: [
        {
          email: "ada@acme.com",
          teamId: "team_a",
          adopt: true,
          forceDestroy: false,
          maxRenewals: 2,
          resend: 1,
          where: "p.csv:2",
        },
      ],
      problems: [],
      notes: [],
    });
  });

  it("takes the delimiter that the file itself names", () => {
    assert.deepEqual(csv("\uFEFFsep=;\nemail;a,b,c,d\nada@acme.com;\n").members, [
      { email: "ada@acme.com", where: "p.csv:3" },
    ]);
  });

  it("knows a column by its name whatever a product puts around it", () => {
    for (const header of ["E-MAIL ADDRESS", "Email Address [Required]", "work_email", " mail "])
      assert.equal(csv(`Name,"${header}"\nAda,ada@acme.com\n`).members[0]?.email, "ada@acme.com", header);
  });

  it("reads a list, a list under members, anchors, merges and JSON", () => {
    const ada = { email: "ada@acme.com", teamId: "t" };
    for (const text of [
      "- {email: Ada@acme.com, teamId: t}\n",
      "members:\n- email: ada@acme.com\n  teamId: t\n  adopt: null\n",
      "x: &t {teamId: t}\nmembers:\n  - <<: *t\n    email: ada@acme.com\n",
      "x: &ada {email: ada@acme.com, teamId: t}\nmembers: [*ada]\n",
      '\uFEFF[{"email": "ada@acme.com", "teamId": "t"}]',
    ]) {
      const { members, problems } = yaml(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        members.map(({ where, ...member }) => member),
        [ada],
      );
    }
    assert.deepEqual(yaml("owner: bob\nmembers: [ada@acme.com]\n").notes, ["keys ignored: owner"]);
  });

  for (const [text, format] of [
    ["", "csv"],
    ["email,name\n", "csv"],
    ["email,name\n,\n\n", "csv"],
    ["", "yaml"],
    ["# nobody\n", "yaml"],
    ["members:\n", "yaml"],
    ["[]", "yaml"],
  ] as const) {
    it(`nobody in ${JSON.stringify(text)} is a problem, unless that is meant`, () => {
      const { problems } = readRoster(Buffer.from(text), { name: "p", format });
      assert.deepEqual(problems, [{ where: "p", reason: EMPTY }]);
      const meant = readRoster(Buffer.from(text), { name: "p", format, allowEmpty: true });
      assert.deepEqual(meant, { members: [], problems: [], notes: meant.notes });
    });
  }

  it("never throws, whatever the text, and names a line that the file has", () => {
    const piece = fc.constantFrom(
      "email",
      ",",
      ";",
      "\n",
      "\r\n",
      '"',
      "a@b.co",
      " ",
      "- ",
      ": ",
      "*a",
      "&a ",
      "{",
      "[",
      "x",
      ...[
        "<<: ",
        "!!set ",
        "!!omap\n",
        "---\n",
        "? ",
        "|\n",
        "members:\n",
        "email: ",
        "'",
        "  ",
        "]",
        "}",
        "#",
      ],
    );
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
});

describe("readMembers", () => {
  it("takes addresses and objects, and names a row by its place", () => {
    const { members, problems } = readMembers(["Ada@acme.com", { email: "b@acme.com", adopt: true }]);
    assert.deepEqual(problems, []);
    assert.deepEqual(members, [
      { email: "ada@acme.com", where: "members[0]" },
      { email: "b@acme.com", adopt: true, where: "members[1]" },
    ]);
  });

  it("says all that is wrong, in the order of the rows", () => {
    const rows = [null, { email: "b@acme.com", teamid: "t" }, ...Array(9).fill("a@acme.com")];
    const lines = problemLines(readMembers(rows).problems);
    assert.equal(lines.length, 10);
    assert.equal(lines[0], "members[0]   email   it is missing");
    assert.equal(lines[1], 'members[1]   teamid  there is no property "teamid"; did you mean "teamId"?');
    assert.equal(lines[9], "members[10]  email   a@acme.com is in members[2] already");
  });
});

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
    it(`${name} is ${format ?? "of no known format"}`, () => assert.equal(formatOf(name), format));
  }
});

const lines = (text: string) => problemLines(csv(text).problems);
const reasons = (text: string) =>
  yaml(text).problems.map(({ where, column, reason }) => [where, column, reason]);

const swallowed = (closes: number, row: number, text: string) =>
  `a quotation mark opens here and closes in p.csv:${closes}, so that p.csv:${row} is part of this cell, and it ` +
  `looks like a row of its own (${JSON.stringify(text)}). Close the quotation mark where its text ends, or put the ` +
  "text on one line";

const SWALLOWED: [name: string, text: string, problems: string[]][] = [
  [
    "opened in an ignored column of one row, and closed in that of a later one",
    'email,Name\nada@acme.com,"Ada\nbob@acme.com,Bob\ncat@acme.com,Cat"\ndan@acme.com,Dan\n',
    [`p.csv:2  Name  ${swallowed(4, 3, "bob@acme.com,Bob")}`],
  ],
  [
    "opened and closed by the first mark of two quoted cells",
    'email;Name\nada@acme.com;"Ada\nbob@acme.com;"Bob"\ncat@acme.com;"Cat"\n',
    [`p.csv:2  Name  ${swallowed(3, 3, 'bob@acme.com;"Bob"')}`],
  ],
  [
    "swallowing the row that it stands in",
    'Name,email\n"Ada,ada@acme.com\n"Cat",cat@acme.com\n',
    [`p.csv:2  Name  ${swallowed(3, 2, '"Ada,ada@acme.com')}`],
  ],
  [
    "swallowing a row of nothing but the address",
    'email,Name\nada@acme.com,"Ada\n\n bob@acme.com\n"\n',
    [`p.csv:2  Name  ${swallowed(5, 4, " bob@acme.com")}`],
  ],
  [
    "in the e-mail's own column, swallowed once",
    'email,Name\n"ada@acme.com,Ada\nbob@acme.com,Bob"\ncat@acme.com,Cat\n',
    [`p.csv:2  email  ${swallowed(3, 2, "ada@acme.com,Ada")}`],
  ],
  [
    "in the header",
    'email,"Name\nada@acme.com,Ada\nbob@acme.com,Bob",Note\ncat@acme.com,Cat,\n',
    [`p.csv:1  Name ada@acme.com,Ada bob@acme.com,Bob  ${swallowed(3, 2, "ada@acme.com,Ada")}`],
  ],
  [
    "after a cell of several lines in which nothing is wrong",
    'email,Note,Name\nada@acme.com,"two\nlines","Ada\nbob@acme.com,,Bob"\n',
    [`p.csv:3  Name  ${swallowed(4, 4, "bob@acme.com,,Bob")}`],
  ],
  [
    "with an address that a spreadsheet quoted",
    'email,Name\nada@acme.com,"Ada\n""bob@acme.com"",Bob"\n',
    [`p.csv:2  Name  ${swallowed(3, 3, '"bob@acme.com",Bob')}`],
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

const withColumns = (text: string, columns: AskedColumns) =>
  readRoster(Buffer.from(text), { name: "p.csv", format: "csv", columns });

/** The first person of a table whose columns a program has asked for, and what a reader is told. */
const ASKED: [name: string, text: string, columns: AskedColumns, person: object, notes: string[]][] = [
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

const WRONGLY_ASKED: [name: string, text: string, columns: AskedColumns, lines: string[]][] = [
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
  for (const [name, text, columns, person, notes] of ASKED)
    it(`${name}`, () => {
      const reading = withColumns(text, columns);
      assert.deepEqual(reading.problems, []);
      assert.deepEqual(reading.members, [{ ...person, where: "p.csv:2" }]);
      assert.deepEqual(reading.notes, notes);
    });
  for (const [name, text, columns, lines] of WRONGLY_ASKED)
    it(`${name} is a problem`, () =>
      assert.deepEqual(problemLines(withColumns(text, columns).problems), lines));

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
