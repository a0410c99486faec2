// Crash trials on the real engine: npm run trials -- --trials 200 --seed 1 --workers 2 [--kind replace|assign] [--language yaml]
import { parseArgs } from "node:util";
import { KINDS } from "./plan";
import { Trials } from "./trial";

const { values } = parseArgs({
  options: {
    trials: { type: "string", default: "200" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
    workers: { type: "string", default: "2" },
    kind: { type: "string", default: "any" },
    language: { type: "string", default: "javascript" },
  },
});

async function main(): Promise<void> {
  const kind = KINDS.find((one) => one === values.kind);
  if (!kind) throw new Error(`--kind is one of ${KINDS.join(", ")}, not ${values.kind}`);
  const first = Number(values.seed);
  const seeds = Array.from({ length: Number(values.trials) }, (_, n) => first + n);
  let passed = 0;
  let failed = 0;
  let hit = 0;
  const worker = async () => {
    const start = () => Trials.start(values.language === "yaml" ? "yaml" : "javascript");
    let trials = await start();
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      try {
        const told = await trials.run(seed, kind);
        if (told.includes(" hit,")) hit++;
        console.log(`✔ seed ${seed}: ${told}`);
        passed++;
      } catch (error) {
        console.log(`✖ seed ${seed}: ${(error as Error).message}`);
        failed++;
        await trials.stop();
        trials = await start();
      }
    }
    await trials.stop();
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, worker));
  console.log(`${hit} commands were interrupted before their end`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

main();
