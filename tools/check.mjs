// The checks beside the tests: every `check:…` script of package.json. All are run, and how long each takes is told;
// the last line counts them, and where a check is a run of tests, each of them. Before it stand the names of those that
// failed.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { scripts } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const checks = Object.keys(scripts).filter((name) => name.startsWith("check:"));

const counts = checks.map((name) => {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", name], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
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
});

// Once more at the end: of a long log, often only that is kept.
for (const name of counts.flatMap(({ names }) => names)) console.log(`✖ ${name}`);
const sum = (of) => counts.reduce((total, count) => total + count[of], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") > 0 ? 1 : 0;

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
