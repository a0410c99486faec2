import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { type RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { readAllowedDomains } from "../../provider/src/invite/allowed-domains";
import { fromStruct, toStruct } from "../../provider/src/plugin/marshal";
import { Roster } from "../../provider/src/plugin/roster";
import { parsePreview } from "../../provider/src/review/preview-json";
import { diagnosticsIn } from "../../provider/src/review/review";
import { Declarations } from "../../provider/src/roster/declarations";
import { preflight } from "../../provider/src/roster/preflight";
import { rosterEntries } from "../../provider/src/sdk/headshot-roster";
import { run } from "../support/command";

/** What people bring, and what each of its problems begins with, after the file's name. */
const FILES: [file: string, content: string | Buffer, ...problems: string[]][] = [
  // Which column is the address.
  [
    "two-plain.csv",
    "Name,Email,E-mail\nAda,ada@acme.com,a.l@acme.com\nBob,bob@acme.com,b@acme.com\n",
    ':2: Email: the columns "Email" (2) and "E-mail" (3) may both be meant, and differ: "ada@acme.com" and "a.l@',
  ],
  [
    "private.csv",
    "Name,Email,Personal email\nAda,ada@acme.com,ada@gmail.com\n",
    ':2: Email: the columns "Email" (2) and "Personal email" (3) may both be meant',
  ],
  [
    "further.csv",
    "Name,Email 1,Email 2\nAda,ada@gmail.com,ada@acme.com\n",
    ':2: Email 1: the columns "Email 1" (2) and "Email 2" (3) may both be meant',
  ],
  [
    "work-empty.csv",
    "Name,Work email,Email\nAda,ada@acme.com,\nBob,,bob@gmail.com\n",
    ':3: Email: the column "Work email" is empty here, and "bob@gmail.com" looks like the person\'s own',
  ],
  [
    "unknown-words.csv",
    "Ad,E-posta,İş e-postası\nAda,ada@lovelace.example,ada@acme.com\n",
    ':2: E-posta: the columns "E-posta" (2) and "İş e-postası" (3) may both be meant, and differ',
  ],
  [
    "sign-in-instead.csv",
    "mail,userPrincipalName\nada@acme.com,al@acme.com\n,bob@acme.onmicrosoft.com\n",
    ':3: userPrincipalName: the column "mail" is empty here, and "bob@acme.onmicrosoft.com" looks like a name',
  ],
  [
    "others-only.csv",
    "Name,Manager email\nAda,boss@acme.com\n",
    ":1: there is no e-mail column: name one of",
  ],
  [
    "photographer.csv",
    "Name,Photographer email\nAda,boss@acme.com\n",
    ":1: there is no e-mail column that is surely the people's own: name one of them",
  ],
  ["look-alike.csv", "email\ntaroーyamada@acme.com\n", ':2: email: "taroーyamada@acme.com" is not an e-mail'],
  ["contact.csv", "Contact,Floor\nada@acme.com,3\n", ":1: there is no e-mail column: name one of them"],
  // Characters that only look right.
  [
    "characters.csv",
    "Name,Email\nO’B,o’brien@acme.com\nJ,jean‐luc@acme.com\nA,'ada@acme.com\nZ,zoe@acme·com\nY,y@acme.com​\n",
    ':2: Email: "o’brien@acme.com" is not an e-mail address: it has "’" (U+2019) in it, which only looks like',
    ':3: Email: "jean‐luc@acme.com" is not an e-mail address: it has "‐" (U+2010)',
    ':4: Email: "\'ada@acme.com" is not an e-mail address: it begins with "\'", which',
    ':5: Email: "zoe@acme·com" is not an e-mail address: it has "·" (U+00B7)',
    ':6: Email: "y@acme.com​" is not an e-mail address: it has an invisible character in it (U+200B)',
  ],
  [
    "marks.csv",
    "Name,Email\nA,Ada^ada@acme.com\nB,=bob@acme.com\nC,live.com#cat@acme.com\nD,dаn@acme.com\n",
    ':2: Email: "Ada^ada@acme.com" is not an e-mail address: it has "^" in it, which comes from a spreadsheet',
    ':3: Email: "=bob@acme.com" is not an e-mail address: it begins with "=", which comes',
    ':4: Email: "live.com#cat@acme.com" is not an e-mail address: it has "#" in it',
    ':5: Email: "dаn@acme.com" is not an e-mail address: it has "а" (U+0430) in it, which is of another script',
  ],
  [
    "characters.yaml",
    "- o’brien@acme.com\n- email: Ada <ada@acme.com>\n- email: a@acme.com; b@acme.com\n",
    ':1: email: "o’brien@acme.com" is not an e-mail address: it has "’" (U+2019)',
    ':2: email: "Ada <ada@acme.com>" is not an e-mail address: it has more in it than the address',
    ':3: email: "a@acme.com; b@acme.com" is not an e-mail address: it has more than one @',
  ],
  // A guest's sign-in name.
  [
    "guest.csv",
    "displayName,userPrincipalName\nAda,ada_example.org#EXT#@acme.onmicrosoft.com\n",
    ':2: userPrincipalName: "ada_example.org#EXT#@acme.onmicrosoft.com" is not an e-mail address: it is the sign',
  ],
  [
    "guest.yaml",
    "members:\n  - bob@acme.com\n  - email: ada_example.org#EXT#@acme.onmicrosoft.com\n",
    ':3: email: "ada_example.org#EXT#@acme.onmicrosoft.com" is not an e-mail address: it is the sign-in name',
  ],
  // Cells that are errors, and leftovers.
  [
    "cells.csv",
    "Name;E-Mail;Team;Max renewals\nA;#BEZUG!;-;\nB;bob@acme.com;n/a;two\nC;#NV;#N/A;\nD;;Sales;1\nTotal;4;;\n",
    ':2: E-Mail: "#BEZUG!" is an error of a spreadsheet',
    ':2: Team: "-" is a mark for nothing, not a team',
    ':3: Team: "n/a" is a mark for nothing, not a team',
    ':3: Max renewals: expected a whole number, not "two"',
    ':4: E-Mail: "#NV" is an error of a spreadsheet',
    ':4: Team: "#N/A" is an error of a spreadsheet',
    ":5: E-Mail: it is missing",
    ':6: E-Mail: "4" is not an e-mail address: it has no @',
  ],
  [
    "cells.yaml",
    '- { email: ada@acme.com, teamId: "-" }\n- email: bob@acme.com\n  team: #N/A\n- email: "#REF!"\n',
    ':1: teamId: "-" is a mark for nothing, not a team',
    ':3: team: "#N/A" is an error of a spreadsheet',
    ':4: email: "#REF!" is an error of a spreadsheet',
  ],
  ["nothing.csv", "Email\n-\n", ':2: Email: "-" is a mark for nothing, not an address'],
  [
    "other-keys.json",
    JSON.stringify([
      { email: "a@acme.com", ...Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`c${n}`, n])) },
    ]),
    ':1: c0: there are no properties "c0", "c1", "c2", "c3", "c4", and 395 more; the properties are email',
  ],
  ["twice.csv", "email\nada@acme.com\n\nAda@ACME.com\n", ":4: email: ada@acme.com is in "],
  // How the table is written.
  [
    "title.csv",
    "Headshots 2026;;\n;;\nName;E-Mail;Team\nAda;ada@acme.com;\n",
    ':1: there is no e-mail column: name one of them "email". The columns found: "Headshots 2026", "", "". Line 3 looks like the header',
  ],
  [
    "bars.csv",
    "Name|Email\nAda|ada@acme.com\n",
    ':1: there is no e-mail column: name one of them "email". The columns',
  ],
  [
    "no-header.csv",
    "ada@acme.com\nbob@acme.com\n",
    ":1: there is no header row: the first line has to name the",
  ],
  [
    "quote.csv",
    'Name,Email\nAda,"ada@acme.com\nBob,bob@acme.com\n',
    ":2: a cell begins with a quotation mark that is never",
  ],
  ["cells-too-many.csv", "Email,Team\nada@acme.com,Sales, EMEA\n", ":2: it has 3 cells for 2 columns"],
  [
    "both-teams.csv",
    "Email,Team,Team name\nada@acme.com,A,B\n",
    ':1: the columns "Team" and "Team name" both mean team',
  ],
  ["empty.csv", "Name,Email\n", ": nobody is in it, and everyone who was would lose the invite"],
  [
    "people.yaml",
    "people:\n  - ada@acme.com\n",
    ':1: expected a list of people, or one under "members"; the keys found: people',
  ],
  ["indent.yaml", "- email: ada@acme.com\n   bob@acme.com\n", ":1: email: "],
  // Other files by the name of a table or a list.
  ["table.yaml", "Name,Email\nAda,ada@acme.com\n", ": it looks like a table, and is to be read as YAML"],
  [
    "page.csv",
    `<!DOCTYPE html><html>${"x".repeat(300_000)}`,
    ": it is a web page (HTML), a sign-in page perhaps",
  ],
  [
    "book.csv",
    Buffer.from("PK\x03\x04\x14\0\x06\0"),
    ": it is a spreadsheet's own file (xlsx, ods, numbers)",
  ],
  [
    "book-97.csv",
    Buffer.from("D0CF11E0A1B11AE1", "hex"),
    ": it is an Excel file (xls), or one with a password",
  ],
  ["paper.csv", "%PDF-1.7\n", ": it is a PDF, and no table and no list"],
  ["json.csv", '[{"email":"ada@acme.com"}]', ": it is JSON, and is to be read as a table"],
  [
    "json-lines.json",
    '{"email":"ada@acme.com"}\n{"email":"bob@acme.com"}\n',
    ": it is JSON with an object in each line",
  ],
  [
    "utf16.csv",
    Buffer.from("\ufeffemail\nada@acme.com\n", "utf16le"),
    ": it is not text in UTF-8 (UTF-16, or no text",
  ],
  [
    "latin1.csv",
    Buffer.from("Name;E-Mail\nJörg;j@acme.com\n", "latin1"),
    ": it is not text in UTF-8 (some characters",
  ],
  [
    "wide.csv",
    `${Array.from({ length: 400 }, (_, n) => `Column ${n}`)}\nx\n`,
    ":1: there is no e-mail column: name",
  ],
];

describe("one file, one answer: validate, a roster of each face, and the review of its preview", () => {
  let folder: string;
  /** What `validate` prints of each file. */
  const printed = new Map<string, string[]>();
  const path = (file: string) => join(folder, file);
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "headshotpro-agreement-"));
    for (const [file, content] of FILES) writeFileSync(path(file), content);
    const { code, stdout } = await run(["validate", ...FILES.map(([file]) => path(file))], { cwd: folder });
    assert.equal(code, 1);
    for (const line of stdout.trimEnd().split("\n")) {
      const file = FILES.map(([name]) => name).find((name) => line.startsWith(`${path(name)}:`)) ?? "?";
      printed.set(file, [...(printed.get(file) ?? []), line]);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [file, , ...problems] of FILES)
    it(file, async () => {
      const lines = printed.get(file) ?? [];
      for (const [index, problem] of problems.entries())
        assert.ok(lines[index]?.startsWith(path(file) + problem), lines[index]);
      assert.equal(lines.length, problems.length, lines.join("\n"));
      const inTypeScript = messageOf(() => {
        const { entries, problems: left } = rosterEntries("people", { file: path(file) });
        const refusal = preflight({ ...NOBODY, members: entries, problems: left });
        if (refusal) throw new Error(refusal.message);
      });
      assert.deepEqual(linesIn(inTypeScript), lines);
      assert.ok(inTypeScript.length < 3_000);
      assert.equal(await pluginMessage({ file: path(file) }), inTypeScript);
      assert.deepEqual(linesIn(reviewed(inTypeScript)), lines);
    });

  it("somebody outside of the allowed domains", async () => {
    writeFileSync(path("domains.csv"), "Email\nada@acme.com\nzoe@acmee.com\n");
    const { stdout } = await run(["validate", path("domains.csv"), "--allowed-domains", "acme.com"], {
      cwd: folder,
    });
    const { entries } = rosterEntries("people", { file: path("domains.csv") });
    const refusal = preflight({
      ...NOBODY,
      members: entries,
      allowedDomains: readAllowedDomains("acme.com"),
    });
    const lines = refusal?.message.split("\n").filter((line) => line.startsWith("  ")) ?? [];
    assert.deepEqual(lines.map(toValidateLine), stdout.trimEnd().split("\n"));
    assert.equal(lines.length, 1);
  });
});

/** A roster in an empty stack. */
const NOBODY = {
  ...{ name: "people", formerNames: [], recorded: [], declared: new Set<string>() },
  ...{ maxRemovals: undefined, allowedDomains: undefined },
};

function messageOf(doing: () => unknown): string {
  try {
    doing();
  } catch (error) {
    return (error as Error).message;
  }
  return assert.fail("nothing is wrong");
}

/** Why the plugin refuses a roster: as it reads it, or by each person once it knows that the stack has nobody. */
async function pluginMessage(args: Record<string, unknown>): Promise<string> {
  const request = new ConstructRequest().setName("people").setInputs(toStruct(args));
  const monitor = {
    invoke: async () => ({ outputs: {} }),
    register: async (registered: RegisterResourceRequest) => {
      const { __refusal } = fromStruct(registered.getObject()).plain;
      if (__refusal !== undefined) throw new Error(String(__refusal));
      return new RegisterResourceResponse().setUrn("urn:pulumi:test::people::a$b::people");
    },
  };
  const log = { about: (_: string, act: () => Promise<void>) => act(), info: () => undefined };
  const refused = new AbortController().signal;
  const surroundings = { monitor, log, declared: new Declarations(), provider: {}, reference: "", refused };
  return new Roster(request, surroundings as never).construct().then(
    () => assert.fail("nothing is wrong"),
    ({ message }: Error) => message,
  );
}

/** What the review shows of a preview that failed with this message. */
function reviewed(message: string): string {
  const reading = parsePreview(
    JSON.stringify({
      steps: [],
      changeSummary: {},
      diagnostics: [{ severity: "error", message: `error: ${message}` }],
    }),
  );
  const [shown] = "preview" in reading ? diagnosticsIn(reading.preview, "error") : [];
  return shown?.message ?? "";
}

/** The problems in a roster's message, as `validate` prints them. */
function linesIn(message: string): string[] {
  const [first = "", ...others] = message.split("\n");
  const [, only] = /^The roster "people" cannot be read: (.*)$/.exec(first) ?? [];
  return (only === undefined ? others : [only]).map(toValidateLine);
}

function toValidateLine(line: string): string {
  return line.trim().split(/ {2,}/).join(": ");
}
