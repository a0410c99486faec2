import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/command";

describe("cli: validate", () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), "headshotpro-validate-"));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
  const validate = (...args: string[]) => run(["validate", ...args], { cwd });

  it("tells every problem with file, line and column, and ends with 1", async () => {
    write("people.csv", "E-mail,Team ID\nada(at)acme.com,t\ngrace@acme.com,t\nGrace@acme.com,\n");
    const { code, stdout, stderr } = await validate("people.csv");
    assert.equal(code, 1);
    const lines = stdout.split("\n");
    assert.equal(lines[0], 'people.csv:2: E-mail: "ada(at)acme.com" is not an e-mail address: it has no @');
    assert.match(lines[1] ?? "", /^people\.csv:4: E-mail: .*people\.csv:3/);
    assert.deepEqual(lines.slice(2), [""]);
    assert.match(stderr, /^error: people\.csv: 2 problems\.\n$/m);
  });

  it("--json: the same as data", async () => {
    write("people.yaml", "- ada(at)acme.com\n");
    const { code, stdout } = await validate("people.yaml", "--json");
    assert.equal(code, 1);
    const [problem, ...others] = JSON.parse(stdout);
    assert.equal(problem.where, "people.yaml:1");
    assert.deepEqual(others, []);
  });

  it("--allowed-domains: tells of everybody outside, with the nearest domain", async () => {
    write("people.csv", "E-mail\nada@acme.com\nzoe@acmee.com\nbob@mail.acme.eu\n");
    const { code, stdout } = await validate("people.csv", "--allowed-domains", "Acme.com,*.acme.eu");
    assert.equal(
      stdout,
      "people.csv:3: zoe@acmee.com: acmee.com is not an allowed domain; did you mean acme.com?\n",
    );
    assert.equal(code, 1);
    const wrong = await validate("people.csv", "--allowed-domains", "@acme.com");
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /It has "@acme\.com" in it, which is not a domain/);
  });

  it("a first day that is still to come, in a column that nobody reads, by the day of the environment", async () => {
    write("people.csv", "email,Hire date\nada@acme.com,2027-01-04\n");
    const on = (HEADSHOTPRO_TODAY: string) =>
      run(["validate", "people.csv"], { cwd, env: { HEADSHOTPRO_TODAY } });
    const before = await on("2027-01-03");
    assert.equal(before.code, 1);
    assert.match(before.stdout, /^people\.csv:2: Hire date: the column "Hire date" has a day .*\n$/);
    assert.equal((await on("2027-01-04")).code, 0);
    const wrong = await on("tomorrow");
    assert.equal(wrong.code, 3);
    assert.match(wrong.stderr, /^error: HEADSHOTPRO_TODAY: "tomorrow" is not a day/);
  });

  it("--column: reads an input from the column that it names", async () => {
    write("people.csv", "Mail,Keep\nada@acme.com,maybe\n");
    const { code, stdout } = await validate(
      ..."people.csv --column keepLink=keep --column email=mail".split(" "),
    );
    assert.equal(stdout, 'people.csv:2: Keep: expected true or false, not "maybe"\n');
    assert.equal(code, 1);
    const unknown = await validate("people.csv", "--column", "team=Cost centre");
    assert.match(
      unknown.stdout,
      /^people\.csv:1: columns\.team: there is no column "Cost centre"\. The columns/,
    );
    for (const [given, message] of [
      ["taem=Unit", 'there is no property "taem"; did you mean "team"?'],
      ["Unit", "Expected INPUT=HEADER"],
    ] as const) {
      const wrong = await validate("people.csv", "--column", given);
      assert.equal(wrong.code, 2);
      assert.ok(wrong.stderr.includes(message), wrong.stderr);
    }
  });

  it("is silent on stdout if nothing is wrong, asks nobody, and needs no key", async () => {
    write("a.csv", "email\nada@acme.com\n");
    write("b.txt", "- grace@acme.com\n");
    const both = await validate("a.csv", "b.txt");
    assert.equal(both.code, 2, "the name of b.txt does not show the format");
    const { code, stdout, stderr } = await validate("b.txt", "--format", "yaml");
    assert.deepEqual([code, stdout, stderr], [0, "", "b.txt: 1 person, nothing is wrong\n"]);
    assert.equal((await validate("a.csv", "a.csv", "--json")).stdout, "[]\n");
  });

  it("an empty roster is wrong, unless it is meant", async () => {
    write("empty.csv", "email\n");
    assert.equal((await validate("empty.csv")).code, 1);
    assert.equal((await validate("empty.csv", "--allow-empty")).code, 0);
  });

  it("says in one line what it cannot read, and wants to know what to read", async () => {
    const { code, stderr } = await validate("nothing.csv");
    assert.equal(code, 2);
    assert.match(stderr, /^error: nothing\.csv cannot be read: ENOENT.*\n$/);
    assert.equal((await validate()).code, 2);
  });

  it("tells all of 200,000 problems", async () => {
    write("people.csv", `email\n${"nobody\n".repeat(200_000)}`);
    const { code, stdout, stderr } = await validate("people.csv");
    assert.deepEqual([code, stderr], [1, "error: people.csv: 200000 problems.\n"]);
    assert.equal(stdout.split("\n").length, 200_001);
  });
});
