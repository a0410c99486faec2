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
    const json = await validate("people.csv", "--json");
    const where = JSON.parse(json.stdout).map((problem: { where: string }) => problem.where);
    assert.deepEqual([json.code, where], [1, ["people.csv:2", "people.csv:4"]]);
  });

  it("--allowed-domains: tells of everybody outside, with the nearest domain", async () => {
    write("people.csv", "E-mail\nada@acme.com\nzoe@acmee.com\nbob@mail.acme.eu\n");
    const { code, stdout } = await validate("people.csv", "--allowed-domains", "Acme.com,*.acme.eu");
    assert.equal(
      stdout,
      "people.csv:3: zoe@acmee.com: acmee.com is not an allowed domain; did you mean acme.com?\n",
    );
    assert.equal(code, 1);
    assert.equal((await validate("people.csv", "--allowed-domains", "@acme.com")).code, 2);
  });

  it("a first day that is still to come, in a column that nobody reads, by the day of the environment", async () => {
    write("people.csv", "email,Hire date\nada@acme.com,2027-01-04\n");
    const on = (HEADSHOTPRO_TODAY: string) =>
      run(["validate", "people.csv"], { cwd, env: { HEADSHOTPRO_TODAY } });
    const before = await on("2027-01-03");
    assert.equal(before.code, 1);
    assert.match(before.stdout, /^people\.csv:2: Hire date: the column "Hire date" has a day .*\n$/);
    assert.equal((await on("2027-01-04")).code, 0);
  });

  it("--column: reads an input from the column that it names", async () => {
    write("people.csv", "Mail,Keep\nada@acme.com,maybe\n");
    const { code, stdout } = await validate(
      ..."people.csv --column keepLink=keep --column email=mail".split(" "),
    );
    assert.equal(stdout, 'people.csv:2: Keep: expected true or false, not "maybe"\n');
    assert.equal(code, 1);
    const wrong = await validate("people.csv", "--column", "Unit");
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /Expected INPUT=HEADER/);
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

  it("says in one line what it cannot read, and wants to know what to read", async () => {
    const { code, stderr } = await validate("nothing.csv");
    assert.equal(code, 2);
    assert.match(stderr, /^error: nothing\.csv cannot be read: ENOENT.*\n$/);
    assert.equal((await validate()).code, 2);
  });
});
