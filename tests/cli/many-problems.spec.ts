import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/command";

describe("cli: validate", () => {
  it("tells all of 200,000 problems", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "headshotpro-validate-"));
    try {
      writeFileSync(join(cwd, "people.csv"), `email\n${"nobody\n".repeat(200_000)}`);
      const { code, stdout, stderr } = await run(["validate", "people.csv"], { cwd });
      assert.equal(stderr, "error: people.csv: 200000 problems.\n");
      assert.equal(code, 1);
      assert.equal(stdout.split("\n").length, 200_001);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});
