import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { BREAKAGES, LAWS } from "../breakages/breakages";
import { broken } from "../breakages/broken";

const ROOT = resolve(__dirname, "../..");

/** `npm run breakages` runs the tests with each of them. */
describe("the breakages that the tests are tried with", () => {
  for (const breakage of BREAKAGES)
    it(`fit the code: ${breakage.mistake}`, () => {
      assert.ok(broken(readFileSync(join(ROOT, breakage.file), "utf8"), breakage));
      assert.ok(existsSync(join(ROOT, breakage.spec)));
    });

  it("break every law", () => {
    const broken = new Set(BREAKAGES.map(({ law }) => String(law)));
    assert.deepEqual([...broken].sort(), Object.keys(LAWS));
  });
});
