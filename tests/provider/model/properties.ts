import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../../..");
const FOLDER = "tests/unit";

/**
 * Runs the random properties of `npm test` with another seed.
 *
 * @throws Error with what mocha printed, and how to run them again.
 */
export function runProperties(seed: number): void {
  const specs = readdirSync(join(ROOT, FOLDER))
    .map((file) => `${FOLDER}/${file}`)
    .filter((file) => file.endsWith(".spec.ts"))
    .filter((file) => readFileSync(join(ROOT, file), "utf8").includes('from "fast-check"'));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/mocha/bin/mocha.js", ...specs],
    {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, FUZZ_SEED: String(seed) },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status === 0) return;
  throw new Error(`${stdout}${stderr}\nAgain: FUZZ_SEED=${seed} npx mocha ${specs.join(" ")}`);
}
