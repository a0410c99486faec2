// Measures every budget in one run with its floor, and ends with 1 if one is missed. On a quiet machine: npm run bench
//
//   npm run bench -- --only start,life   some parts
//   npm run bench -- --people 10         few people: that everything runs, not how fast
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { ensureEngine } from "pulumi-engine";
import { life, peers, state } from "./life";
import { limits } from "./limits";
import { moves } from "./moves";
import { start } from "./start";
import { formatTable, holds, type Row } from "./table";

/** In the order in which they run: the short ones first. */
const PARTS: Record<string, (people: number) => Promise<Row[]>> = {
  start,
  moves,
  state,
  limits,
  life,
  peers,
};

async function main(): Promise<void> {
  const { only, people } = readArguments();
  const { version } = await ensureEngine();
  const today = new Date().toISOString().slice(0, 10);
  console.log(
    `${today}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, Pulumi ${version}`,
  );
  const rows: Row[] = [];
  const failed: string[] = [];
  for (const name of only) {
    const started = performance.now();
    try {
      const measured = (await PARTS[name]?.(people)) ?? [];
      rows.push(...measured);
      const seconds = Math.round((performance.now() - started) / 1000);
      console.log(`\n### ${name}\n\n${formatTable(measured)}\n\n(${seconds} s)`);
    } catch (error) {
      // The other parts go on.
      console.log(`\n### ${name}\n\n✖ failed: ${error instanceof Error ? error.message : String(error)}`);
      failed.push(name);
    }
  }
  const missed = rows.filter((row) => holds(row) === false);
  if (missed.length > 0) console.log(`\nMissed:\n\n${formatTable(missed)}`);
  console.log(`\n${missed.length} missed; parts that failed: ${failed.join(", ") || "none"}`);
  process.exitCode = missed.length + failed.length > 0 ? 1 : 0;
}

/** @throws Error if an argument is wrong, naming it. */
function readArguments(): { only: string[]; people: number } {
  const { values } = parseArgs({ options: { only: { type: "string" }, people: { type: "string" } } });
  const only = values.only?.split(",") ?? Object.keys(PARTS);
  const unknown = only.find((part) => !(part in PARTS));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there is ${Object.keys(PARTS).join(", ")}`);
  const people = Number(values.people ?? 1000);
  if (!Number.isInteger(people) || people < 1)
    throw new Error(`--people ${values.people}: a whole number, such as 10`);
  return { only, people };
}

// Then what was started ends too: see the listeners on "exit".
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 2;
});
