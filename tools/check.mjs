// The checks beside the tests: the `check:…` scripts of package.json, then the specs that `npm test` leaves out, a
// folder at a time. All are run, and how long each takes is told; the last line counts them, and where a check is a run
// of tests, each of them. Before it stand the names of those that failed. Checks that only read run two at a time; runs
// of tests use both cores by themselves, and packing changes `provider/dist` for a moment. Tests with "nightly" in their
// titles take long, and are a check that runs only when it is asked for.
//
//   npm run check                          all of them but those
//   npm run check -- types tests/engine    some of them
//   npm run check -- nightly               the tests that take long
import { spawn } from "node:child_process";
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

const ONLY_READ = new Set(["types", "lint", "arrows", "unused"]);
const MOCHA = ["mocha", "--timeout", "600000", "--fgrep", "nightly"];
const specsOf = (folder) => `tests/${folder}/**/*.spec.ts`;
const commands = {
  ...Object.fromEntries(
    Object.keys(scripts)
      .filter((name) => name.startsWith("check:"))
      .map((name) => [name.slice("check:".length), ["npm", "run", "--silent", name]]),
  ),
  ...Object.fromEntries(
    folders().map((folder) => [`tests/${folder}`, [...MOCHA, "--invert", specsOf(folder), ...ignored]]),
  ),
  installs: ["ts-node", "tests/package/installs.ts"],
  nightly: [...MOCHA, ...folders().map(specsOf), ...ignored],
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in commands));
if (unknown !== undefined) {
  console.error(`there is no check ${unknown}, but ${Object.keys(commands).join(", ")}`);
  process.exit(2);
}

const names = Object.keys(commands).filter((name) =>
  wanted.length === 0 ? name !== "nightly" : wanted.includes(name),
);
const results = [];
const readers = twoAtATime(names.filter((name) => ONLY_READ.has(name)));
for (const name of names) {
  const reader = readers.get(name);
  if (!reader) await Promise.all(readers.values());
  results.push(tell(name, await (reader ?? run(name))));
}
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

/** The runs of these checks, by name. Each begins when the one two before it has ended. */
function twoAtATime(names) {
  const runs = [];
  for (const name of names) runs.push(Promise.resolve(runs.at(-2)).then(() => run(name)));
  return new Map(names.map((name, at) => [name, runs[at]]));
}

/** Runs one to its end. */
function run(name) {
  const [file, ...args] = commands[name];
  const started = performance.now();
  const child = spawn(file, args, {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: "1" },
    shell: process.platform === "win32", // npm is a batch file there
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"])
    child[stream].setEncoding("utf8").on("data", (text) => {
      printed[stream] += text;
    });
  return new Promise((resolve) => {
    const end = (status) =>
      resolve({ status, ...printed, seconds: Math.round((performance.now() - started) / 1000) });
    child.on("error", (error) => {
      printed.stderr += error.message;
      end(1);
    });
    child.on("close", end);
  });
}

/** Prints how one ended; all that it printed as well, if it failed. */
function tell(name, { status, stdout, stderr, seconds }) {
  const passed = testsIn(stdout, "passing");
  const failed = testsIn(stdout, "failing");
  const tests = passed === undefined ? "" : `${passed} tests, `;
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
