import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { organizationForEach } from "../support/organization";

const FIFTEEN = Array.from({ length: 15 }, (_, n) => `p${n}@acme.com`);
const LATER = /it is known only later \(an output or a promise\)/;

/** The arguments of a roster that no compiler has looked at, and what is said of them. */
const ARGUMENTS: [name: string, args: string, message: RegExp][] = [
  [
    "allowEmpty as text",
    '{ file: "people.csv", allowEmpty: "false" }',
    /allowEmpty: expected true or false, not "false"/,
  ],
  ["an output as an address", '{ members: [{ email: pulumi.output("ada@acme.com") }] }', LATER],
  ["no arguments", "null", /expected an object with file or members, not null/],
];

describe("a roster that is not right, on the real engine", () => {
  const organization = organizationForEach();
  const write = (name: string, text: string) => writeFile(join(organization.stack.project, name), text);

  /** The one error of a preview that says no more than it has to and asks nobody. */
  async function refusal(): Promise<string> {
    const { code, printed, requests } = await organization.stack.preview();
    assert.notEqual(code, 0, printed);
    assert.deepEqual(requests, []);
    assert.doesNotMatch(printed, /\n\s+at |Error:|serializing|Calling \[|\.js:\d+/);
    const summary = printed.slice(printed.indexOf("Diagnostics:"));
    assert.equal(summary.match(/error:/g)?.length, 1, printed);
    return summary;
  }

  it("a quotation mark that swallows people deletes nobody", async () => {
    const { stack } = organization;
    await stack.setProgram('new HeadshotRoster("people", { file: "people.csv" });');
    await write("people.csv", `email,Name\n${FIFTEEN.map((email) => `${email},Name\n`).join("")}`);
    await stack.must("up", "--yes", "--skip-preview");
    const rows = FIFTEEN.map((email, n) => `${email},${n === 0 ? '"' : ""}Name${n === 14 ? '"' : ""}\n`);
    await write("people.csv", `email,Name\n${rows.join("")}`);
    assert.match(
      await refusal(),
      /people\.csv:2 +Name +a quotation mark opens here and closes in people\.csv:16, so that people\.csv:3 is part/,
    );
  });

  it("tells the first 50 of 50,000 problems, and how to see the others", async () => {
    await organization.stack.setProgram('new HeadshotRoster("people", { file: "people.csv" });');
    await write("people.csv", `email\n${"nobody\n".repeat(50_000)}`);
    const summary = await refusal();
    assert.match(summary, /has 50,000 problems; nobody in it is invited or revoked:/);
    assert.match(
      summary,
      /people\.csv:51 +email .*\n +… and 49,950 more: run npx pulumi-headshotpro validate people\.csv\n/,
    );
    assert.ok(summary.split("\n").length < 65, summary);
  });

  for (const [name, args, message] of ARGUMENTS)
    it(`${name} is refused in one sentence`, async () => {
      await write("people.csv", "email\n");
      await organization.stack.setProgram(`new HeadshotRoster("people", ${args});`);
      assert.match(await refusal(), message);
    });
});
