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
});
