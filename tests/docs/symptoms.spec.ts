import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

describe("docs/symptoms.md", () => {
  const page = readFileSync(join(ROOT, "docs/symptoms.md"), "utf8");
  const ours = page.slice(page.indexOf("## From HeadshotPro"));
  const files = readdirSync(join(ROOT, "provider/src"), { recursive: true, encoding: "utf8" });
  const source = files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(ROOT, "provider/src", file), "utf8"))
    .join("\n");

  const symptoms = [...ours.matchAll(/^\| (`[^|]+`[^|]*) \|/gm)].map(([, cell = ""]) => cell);
  it("has rows", () => assert.ok(symptoms.length > 10));

  for (const [, words = ""] of symptoms.join().matchAll(/`([^`]+)`/g))
    it(`says what is said: ${words}`, () => assert.ok(source.includes(words), words));
});
