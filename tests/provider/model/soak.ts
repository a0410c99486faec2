import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runSeed } from "./interpreter";

const ROOT = resolve(__dirname, "../../..");
/** Scripts of one seed: enough to go somewhere, few enough to be run again. */
const SCRIPTS = 50;

/**
 * `npm run soak -- [--minutes N] [--seed N] [--scripts N]`: random scripts and properties, seed after seed, until the
 * time is over or a law is broken. With a seed: that one only.
 */
async function soak(): Promise<void> {
  const { values } = parseArgs({
    options: { minutes: { type: "string" }, seed: { type: "string" }, scripts: { type: "string" } },
  });
  const minutes = Number(values.minutes ?? process.env.SOAK_MINUTES ?? 1);
  const until = values.seed ? Infinity : Date.now() + minutes * 60_000;
  const figures = { scripts: 0, commands: 0, requests: 0 };
  do {
    const seed = values.seed ? Number(values.seed) : Math.floor(Math.random() * 2 ** 31);
    process.stdout.write(`seed ${seed} `);
    await runSeed(seed, Number(values.scripts ?? SCRIPTS), until, figures);
    runProperties(seed);
    const { scripts, commands, requests } = figures;
    console.log(`held; so far ${scripts} scripts, ${commands} commands, ${requests} requests`);
  } while (Date.now() < until && !values.seed);
}

/**
 * Runs the random properties of `npm test` with another seed.
 *
 * @throws Error with what mocha printed, and how to run them again.
 */
function runProperties(seed: number): void {
  const specs = readdirSync(join(ROOT, "tests/unit"))
    .filter((file) => file.endsWith(".spec.ts"))
    .map((file) => `tests/unit/${file}`)
    .filter((file) => readFileSync(join(ROOT, file), "utf8").includes('from "fast-check"'));
  const env = { ...process.env, FUZZ_SEED: String(seed) };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/mocha/bin/mocha.js", ...specs],
    { cwd: ROOT, encoding: "utf8", env, maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0)
    throw new Error(`${stdout}${stderr}\nAgain: FUZZ_SEED=${seed} npx mocha ${specs.join(" ")}`);
}

soak().catch((error: Error) => {
  console.error(`\n${error.message}`, error.cause ?? "");
  process.exitCode = 1;
});
