import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, shell } from "../support/command";

const PREVIEWS = join(__dirname, "../fixtures/previews");

describe("cli: review", () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), "headshotpro-review-"));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  for (const encoding of ["utf8", "utf16le"] as const)
    it(`reads a preview in ${encoding}, from a file and from stdin`, async () => {
      const preview = readFileSync(join(PREVIEWS, "first-people.json"), "utf8");
      writeFileSync(join(cwd, "preview.json"), `\ufeff${preview}`, encoding);
      const expected = readFileSync(join(PREVIEWS, "first-people.md"), "utf8");
      for (const { code, stdout, stderr } of [
        await run(["review", "preview.json"], { cwd }),
        await shell("cli review < preview.json", { cwd }),
      ])
        assert.deepEqual([code, stdout, stderr], [0, expected, ""]);
    });

  for (const [args, code] of [
    [["--max-removals", "4"], 0],
    [["--max-removals", "a quarter"], 2],
  ] as const)
    it(`ends with ${code} after ${["review", ...args].join(" ")}, if 4 of 7 people lose their invite`, async () => {
      const ended = await run(["review", join(PREVIEWS, "roster-cut.json"), ...args]);
      assert.equal(ended.code, code, ended.stderr);
      if (code === 2) assert.match(ended.stderr, /'a quarter' is invalid\. Expected a whole number\./);
    });

  it("counts the removals for programs", async () => {
    const { code, stdout } = await run(["review", join(PREVIEWS, "roster-cut.json"), "--json"]);
    const { needsHuman, removals } = JSON.parse(stdout);
    const counted = { leaving: 4, had: 7, allowed: 3, unseen: 0, destroyed: false, rosters: [] };
    assert.deepEqual([code, needsHuman, removals], [1, true, counted]);
  });
});
