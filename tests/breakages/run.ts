// Breaks each law on purpose, in a copy of the tree, and shows the test that notices.
// npm run breakages            all of them
// npm run breakages -- renewal those whose text has this word in it
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { BREAKAGES, LAWS } from "./breakages";
import { broken } from "./broken";

const ROOT = resolve(__dirname, "../..");

function run(cwd: string, file: string, ...args: string[]): string {
  const options = { cwd, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 } as const;
  const { stdout, error } = spawnSync(file, args, options);
  if (error) throw error;
  return stdout;
}

/** What is committed or about to be, with the dependencies as hard links. */
function copyOfTree(): string {
  const copy = mkdtempSync(join(tmpdir(), "headshotpro-breakages-"));
  const files = run(ROOT, "git", "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0");
  run(ROOT, "cp", "--parents", ...files.filter(Boolean), copy);
  run(ROOT, "cp", "-al", "node_modules", join(copy, "node_modules"));
  return copy;
}

/** The first test that is red, once mocha has compiled the copy; undefined where none is. */
function red(copy: string, spec: string): string | undefined {
  const mocha = ["node_modules/mocha/bin/mocha.js", "--no-parallel", "--bail", "--reporter", "json", spec];
  const printed = run(copy, process.execPath, ...mocha);
  const report = JSON.parse(printed.slice(printed.indexOf('{\n  "stats"')));
  return report.failures[0]?.fullTitle;
}

const wanted = process.argv[2] ?? "";
const chosen = BREAKAGES.filter(({ mistake, spec }) => `${mistake} ${spec}`.includes(wanted));
const copy = copyOfTree();
process.once("exit", () => rmSync(copy, { recursive: true, force: true }));
/** What is red in each spec without a mistake: nothing, it is hoped. */
const redBefore = new Map(
  [...new Set(chosen.map(({ spec }) => spec))].map((spec) => [spec, red(copy, spec)] as const),
);
let missed = 0;
for (const breakage of chosen) {
  const { law, mistake, spec } = breakage;
  const file = join(copy, breakage.file);
  const whole = readFileSync(file, "utf8");
  writeFileSync(file, broken(whole, breakage));
  const test = red(copy, spec);
  writeFileSync(file, whole);
  // A spec that is red by itself would be so with any mistake.
  const before = redBefore.get(spec);
  const noticed = test !== undefined && before === undefined;
  if (!noticed) missed++;
  console.log(`${noticed ? "✔" : "✖"} ${LAWS[law]}: ${mistake}`);
  if (before !== undefined) console.log(`    ${spec} is red without it: ${before}`);
  else console.log(`    ${test ? `red in ${spec}: ${test}` : `nothing in ${spec} notices`}`);
}
console.log(`${chosen.length - missed} of ${chosen.length} mistakes turned a test red`);
process.exitCode = missed > 0 ? 1 : 0;
