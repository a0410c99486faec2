// The checks beside the tests: the `check:…` scripts of package.json, then the specs that `npm test` leaves out, a
// folder at a time. All are run, and how long each takes is told; the last line counts them, and where a check is a run
// of tests, each of them. Before it stand the names of those that failed.
//
//   npm run check                          all of them
//   npm run check -- types tests/engine    some of them
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));

/** What `npm test` runs: folders as a whole, `tests/{unit,cli}/**`, and a part of others. */
const tested = [...scripts.test.matchAll(/'(tests\/[^']+)'/g)].map(([, pattern]) => pattern);
const testedFolders = tested.flatMap(
  (pattern) => /^tests\/\{(.+)\}\/\*\*\//.exec(pattern)?.[1].split(",") ?? [],
);

const ignored = tested.flatMap((pattern) => ["--ignore", pattern]);

const MOCHA = ["mocha", "--timeout", "600000"];
const commands = {
  ...Object.fromEntries(
    Object.keys(scripts)
      .filter((name) => name.startsWith("check:"))
      .map((name) => [name.slice("check:".length), ["npm", "run", "--silent", name]]),
  ),
  ...Object.fromEntries(
    folders().map((folder) => [`tests/${folder}`, [...MOCHA, `tests/${folder}/**/*.spec.ts`, ...ignored]]),
  ),
  // What shows most of the laws once more, through the plugin.
  plugin: [...MOCHA, "tests/engine/{changes,guard,interrupted,life,organization-moves}.spec.ts"],
  installs: ["ts-node", "tests/package/installs.ts"],
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in commands));
if (unknown !== undefined) {
  console.error(`there is no check ${unknown}, but ${Object.keys(commands).join(", ")}`);
  process.exit(2);
}

const results = Object.keys(commands)
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .map(check);
// Once more at the end: of a long log, often only that is kept.
for (const name of results.flatMap(({ names }) => names)) console.log(`✖ ${name}`);
const sum = (of) => results.reduce((total, result) => total + result[of], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") > 0 ? 1 : 0;

/** The folders of tests that have specs, but for those that `npm test` runs as a whole. */
function folders() {
  const files = readdirSync(path.join(ROOT, "tests"), { recursive: true });
  const all = files.filter((file) => file.endsWith(".spec.ts")).map((file) => file.split(path.sep)[0]);
  return [...new Set(all)].filter((folder) => !testedFolders.includes(folder)).sort();
}

/** Runs one, and prints how it ended; all that it printed as well, if it failed. */
function check(name) {
  const [file, ...args] = commands[name];
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(file, args, {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", ...(name === "plugin" && { TEST_FACE: "plugin" }) },
    maxBuffer: Number.POSITIVE_INFINITY,
    shell: process.platform === "win32", // npm is a batch file there
  });
  const passed = testsIn(stdout, "passing");
  const failed = testsIn(stdout, "failing");
  const tests = passed === undefined ? "" : `${passed} tests, `;
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${status === 0 ? "✔" : "✖"} ${name} (${tests}${seconds} s)`);
  if (status === 0) return { passed: passed ?? 1, failed: 0, names: [] };
  console.log(`${stdout}${stderr}`);
  return { passed: passed ?? 0, failed: failed ?? 1, names: [name, ...failuresIn(stdout)] };
}

/** As mocha's last lines tell; undefined where the check is something else, or tells of none. */
function testsIn(printed, kind) {
  const [, count] = new RegExp(`^ +(\\d+) ${kind}\\b`, "m").exec(printed) ?? [];
  return count === undefined ? undefined : Number(count);
}

/** The titles of failed tests: mocha numbers each of them, and indents what they are in. */
function failuresIn(printed) {
  const [, summary = ""] = printed.split(/^ +\d+ failing$/m);
  const titles = summary.matchAll(/^ {2}\d+\) (.*(?:\n {7,}.*)*?):$/gm);
  return [...titles].map(([, title]) => title.split(/\n */).join(" › "));
}
