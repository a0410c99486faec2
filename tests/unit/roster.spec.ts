import assert from "node:assert/strict";
import fc from "fast-check";
import { FLAGS } from "../../provider/src/invite/decide";
import { readMembers, readRoster } from "../../provider/src/roster/load";
import { problemLines } from "../../provider/src/roster/validate";
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
  it("takes names in snake case, as HCL has them, and not both", () => {
    const { members } = readMembers([{ email: "ada@acme.com", team_id: "team_a", force_destroy: true }]);
    assert.deepEqual([members[0]?.teamId, members[0]?.forceDestroy], ["team_a", true]);
    const both = readMembers([{ email: "ada@acme.com", team_id: "team_a", teamId: "team_b" }]);
    assert.match(both.problems[0]?.reason ?? "", /there is no property "team_id"/);
  });

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
