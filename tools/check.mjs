// The checks beside the tests: every `check:…` script of package.json. All are run; the last line counts them.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { scripts } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const checks = Object.keys(scripts).filter((name) => name.startsWith("check:"));

const failed = checks.filter((name) => {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", name], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  console.log(`${status === 0 ? "✔" : "✖"} ${name}`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status !== 0;
});
console.log(`${checks.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
