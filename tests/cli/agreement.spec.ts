import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { type RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { fromStruct, toStruct } from "../../provider/src/plugin/marshal";
import { Roster } from "../../provider/src/plugin/roster";
import { parsePreview } from "../../provider/src/review/preview-json";
import { diagnosticsIn } from "../../provider/src/review/review";
import { Declarations } from "../../provider/src/roster/declarations";
import { preflight } from "../../provider/src/roster/preflight";
import { rosterEntries } from "../../provider/src/sdk/headshot-roster";
import { run } from "../support/command";

/** A file of each kind of problem, and what each of its problems begins with, after the file's name. */
const FILES: [file: string, content: string | Buffer, ...problems: string[]][] = [
  [
    "columns.csv",
    "Name,Email,E-mail\nAda,ada@acme.com,a.l@acme.com\nBob,bob@acme.com,b@acme.com\n",
    ':2: Email: the columns "Email" (2) and "E-mail" (3) may both be meant, and differ: "ada@acme.com" and "a.l@',
  ],
  // Some are refused to newcomers only, once it is known whom the stack has.
  [
    "characters.csv",
    "Name,Email\nO’B,o’brien@acme.com\nZ,zoe@acme·com\nB,=bob@acme.com\nD,dаn@acme.com\n",
    ':2: Email: "o’brien@acme.com" is not an e-mail address: it has "’" (U+2019) in it, which only looks like',
    ':3: Email: "zoe@acme·com" is not an e-mail address: it has "·" (U+00B7)',
    ':4: Email: "=bob@acme.com" is not an e-mail address: it begins with "=", which comes',
    ':5: Email: "dаn@acme.com" is not an e-mail address: it has "а" (U+0430) in it, which is of another script',
  ],
  [
    "characters.yaml",
    "- o’brien@acme.com\n- email: Ada <ada@acme.com>\n- email: a@acme.com; b@acme.com\n",
    ':1: email: "o’brien@acme.com" is not an e-mail address: it has "’" (U+2019)',
    ':2: email: "Ada <ada@acme.com>" is not an e-mail address: it has more in it than the address',
    ':3: email: "a@acme.com; b@acme.com" is not an e-mail address: it has more than one @',
  ],
  [
    "cells.csv",
    "Name;E-Mail;Team;Max renewals\nA;#BEZUG!;-;\nB;bob@acme.com;n/a;two\nTotal;4;;\n",
    ':2: E-Mail: "#BEZUG!" is an error of a spreadsheet',
    ':2: Team: "-" is a mark for nothing, not a team',
    ':3: Team: "n/a" is a mark for nothing, not a team',
    ':3: Max renewals: expected a whole number, not "two"',
    ':4: E-Mail: "4" is not an e-mail address: it has no @',
  ],
  [
    "other-keys.json",
    JSON.stringify([
      { email: "a@acme.com", ...Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`c${n}`, n])) },
    ]),
    ':1: c0: there are no properties "c0", "c1", "c2", "c3", "c4", and 395 more; the properties are email',
  ],
  ["twice.csv", "email\nada@acme.com\n\nAda@ACME.com\n", ":4: email: ada@acme.com is in "],
  [
    "title.csv",
    "Headshots 2026;;\n;;\nName;E-Mail;Team\nAda;ada@acme.com;\n",
    ':1: there is no e-mail column: name one of them "email". The columns found: "Headshots 2026", "", "". Line 3 looks like the header',
  ],
  ["empty.csv", "Name,Email\n", ": nobody is in it, and everyone who was would lose the invite"],
  [
    "book.csv",
    Buffer.from("PK\x03\x04\x14\0\x06\0"),
    ": it is a spreadsheet's own file (xlsx, ods, numbers)",
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
