// Mutation testing: which changes of the source does no test notice? Prints what survived, and each room's score.
//
//   npm run mutants -- invite roster     rooms of provider/src
//   npm run mutants -- invite/email      a file of it, while its tests are written
//
// A room's mutants are tried by the specs that load its source into their own process: those that import it, and the
// level of tests that is made for it. Each mutant is switched on in a process that has loaded all of them; only the
// tests that reach it are run, until one fails. Mutants of what runs once, when a file is loaded, are left out: each
// would need a process of its own.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";

const SOURCE = "provider/src";
/** More than a thousand cases each, which a mutant that survives would go through. */
const LEFT_OUT = ["fault-matrix.spec.ts", "hostile.spec.ts"];
/** What a provider's process of its own is asked reaches no mutant here. */
const IN_THIS_PROCESS = "^(?!.*, through the )";
/** The cheap ones first: the first test that fails ends a mutant. */
const LEVELS = ["unit", "provider/client", "provider"];
const MADE_FOR = { client: ["provider/client"], provider: ["provider"] };
/** The specs of the client load the package; here it has to be the source. */
const CLIENT_FROM_SOURCE = `data:text/javascript,${encodeURIComponent(`
  import Module from "node:module";
  import path from "node:path";
  const resolve = Module._resolveFilename;
  Module._resolveFilename = (wanted, ...rest) =>
    resolve(wanted === "pulumi-headshotpro/client" ? path.resolve("provider/src/client/index.ts") : wanted, ...rest);
`)}`;
/** Endless loops are counted out; this is for what waits for ever, and long, since a busy machine is no mutant. */
const TIMEOUT_MS = 60_000;
/** A process's bound. */
const MEMORY_MB = 3072;

// Mocha compiles before it loads any test, but not in its own parallel workers: nothing compiled is run here.
process.env.MOCHA_WORKER_ID = "mutants";
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const scores = [];
for (const name of process.argv.slice(2)) scores.push(`${name}: ${score(await tryOut(name))}`);
console.log(scores.join("\n"));

async function tryOut(name) {
  const [room] = name.split("/");
  const isFile = existsSync(`${SOURCE}/${name}.ts`);
  const specs = specsOf(room);
  console.log(`${name}: ${specs.length} spec files`);
  return await new Stryker({
    mutate: [isFile ? `${SOURCE}/${name}.ts` : `${SOURCE}/${name}/**/*.ts`],
    plugins: [fileURLToPath(import.meta.resolve("@stryker-mutator/mocha-runner"))],
    testRunner: "mocha",
    mochaOptions: { config: ".mocharc.json", spec: specs, grep: IN_THIS_PROCESS },
    testRunnerNodeArgs: [`--max-old-space-size=${MEMORY_MB}`, "--import", CLIENT_FROM_SOURCE],
    coverageAnalysis: "perTest",
    ignoreStatic: true,
    concurrency: Number(process.env.MUTANTS_AT_ONCE ?? 1),
    timeoutMS: TIMEOUT_MS,
    reporters: ["clear-text", "progress-append-only"],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
    allowConsoleColors: false,
    checkers: [],
  }).runMutationTest();
}

function specsOf(room) {
  const made = MADE_FOR[room] ?? [];
  return LEVELS.flatMap((level) => {
    const folder = `tests/${level}`;
    if (!existsSync(folder)) return [];
    const specs = readdirSync(folder).filter((name) => name.endsWith(".spec.ts") && !LEFT_OUT.includes(name));
    return specs
      .map((name) => `${folder}/${name}`)
      .filter((spec) => made.includes(level) || readFileSync(spec, "utf8").includes(`/${SOURCE}/${room}`));
  });
}

function score(mutants) {
  const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const killed = count("Killed", "Timeout");
  const all = killed + count("Survived", "NoCoverage");
  const percent = ((100 * killed) / all).toFixed(1);
  return `${percent}% of ${all} mutants noticed, ${count("NoCoverage")} reached by no test`;
}
