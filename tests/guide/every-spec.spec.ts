import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Mocha's own: what it makes of the patterns counts, and it only warns of one that matches nothing. */
const collectFiles: (options: { spec: string[]; ignore: string[]; extension: string[]; file: string[] }) => {
  files: string[];
} = require("mocha/lib/cli/collect-files");

const ROOT = resolve(__dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
/** Without `check:faces`, which runs some of them through the plugin as well. */
const MOCHAS = Object.keys(scripts).filter(
  (name) => /^(test$|check:)/.test(name) && /\bmocha (?!--require)/.test(scripts[name]),
);

function specsOf(command: string): string[] {
  const patterns = [...command.matchAll(/(--ignore )?'(tests\/[^']+)'/g)];
  const of = (isIgnored: boolean) =>
    patterns
      .filter(([, ignore]) => (ignore !== undefined) === isIgnored)
      .map(([, , pattern = ""]) => join(ROOT, pattern));
  return collectFiles({ spec: of(false), ignore: of(true), extension: ["ts"], file: [] }).files;
}

describe("every spec file", () => {
  it("is run either by npm test or by one check", () => {
    const specs = readdirSync(join(ROOT, "tests"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".spec.ts"))
      .map((file) => join(ROOT, "tests", file));
    const run = MOCHAS.flatMap((name) => specsOf(scripts[name]));
    assert.deepEqual(run.sort(), specs.sort());
  });

  it("is found: no command of package.json names specs that are not there", () => {
    for (const [name, command] of Object.entries<string>(scripts))
      for (const [, pattern = ""] of command.matchAll(/'(tests\/[^']+)'/g))
        assert.ok(specsOf(`'${pattern}'`).length > 0, `${name}: ${pattern}`);
  });
});
