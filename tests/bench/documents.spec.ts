import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { between } from "../../bench/documents";

describe("between", () => {
  const document = "# Title\n<!-- bench:table -->\nold\n<!-- /bench:table -->\nend\n";

  it("replaces what is between the marks, and nothing else", () =>
    assert.equal(between(document, "table", "new"), document.replace("old", "new")));

  it("can be repeated", () =>
    assert.equal(between(between(document, "table", "one"), "table", "two"), document.replace("old", "two")));

  it("says which mark is missing", () =>
    assert.throws(() => between(document, "other", "new"), /<!-- bench:other -->/));

  for (const [file, name] of [
    ["performance.md", "table"],
    ["scale.md", "simulation"],
  ] as const)
    it(`docs/${file} has its marks`, () => {
      between(readFileSync(resolve(__dirname, "../../docs", file), "utf8"), name, "new");
    });
});
