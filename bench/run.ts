// Measures every budget, each in one run with its floor. On a quiet machine: npm run bench
//
//   npm run bench -- --only start,life   some parts; the others keep what they had
//   npm run bench -- --sizes 10,100      other numbers of people
//   npm run bench -- --quick             a few minutes, to see that everything runs
import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { ensureEngine } from "pulumi-engine";
import { writeDocuments } from "./documents";
import { faces } from "./parts/faces";
import { growth } from "./parts/growth";
import { life } from "./parts/life";
import { limits } from "./parts/limits";
import { objectStore } from "./parts/object-store";
import { peers } from "./parts/peers";
import { postgres } from "./parts/postgres";
import { program } from "./parts/program";
import { roster } from "./parts/roster";
import { start } from "./parts/start";
import { picturesOf } from "./pictures";
import { type Machine, type PartResult, RESULTS, type Results, rowsOf, save } from "./results";
import { type Settings, settingsOf } from "./settings";
import { holds, tableOf } from "./table";

/** In the order in which they run: the short ones first. */
const PARTS: Record<string, (settings: Settings) => Promise<PartResult>> = {
  start,
  program,
  postgres,
  roster,
  limits,
  growth,
  faces,
  "object-store": objectStore,
  life,
  peers,
};

async function main(): Promise<boolean> {
  const settings = settingsOf(process.argv.slice(2), Object.keys(PARTS));
  const file = join(RESULTS, settings.isWhole ? "latest.json" : "partial.json");
  const results = begin(settings, file);
  const machine = await thisMachine();
  for (const name of settings.parts) {
    results.parts[name] = { ...(await measure(name, settings)), machine };
    // At once: what was measured stays, whatever comes after.
    save(file, `${JSON.stringify(results, null, 2)}\n`);
  }
  if (settings.isWhole) {
    for (const [name, picture] of Object.entries(picturesOf(results))) save(join(RESULTS, name), picture);
    writeDocuments(results);
  }
  const rows = rowsOf(results);
  const missed = rows.filter((row) => holds(row) === false).length;
  const failed = settings.parts.filter((name) => results.parts[name]?.error);
  console.log(`\nAll budgets\n\n${tableOf(rows.filter(({ bound }) => bound !== undefined))}\n`);
  console.log(`${missed} missed; parts that failed: ${failed.join(", ") || "none"}. Written to ${file}`);
  return missed === 0 && failed.length === 0;
}

/** Parts that are not run now keep the results that they had. */
function begin({ parts, sizes, rounds, quick }: Settings, file: string): Results {
  const earlier: Results | undefined = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  const kept = Object.entries(earlier?.parts ?? {}).filter(
    ([name]) => name in PARTS && !parts.includes(name),
  );
  return {
    settings: { sizes, rounds, quick },
    parts: Object.fromEntries(kept),
  };
}

async function thisMachine(): Promise<Machine> {
  const { version } = await ensureEngine();
  const { length: cores, 0: first } = cpus();
  return { cpu: first?.model ?? "unknown", cores, node: process.versions.node, pulumi: version };
}

/** A part that fails is told, and the others go on. */
async function measure(name: string, settings: Settings): Promise<Omit<Results["parts"][string], "machine">> {
  console.log(`\n${name} ...`);
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  try {
    const result = (await PARTS[name]?.(settings)) ?? { rows: [] };
    console.log(`${[tableOf(result.rows), ...(result.notes ?? [])].join("\n")}\n(${seconds()} s)`);
    return { ...result, startedAt, seconds: seconds() };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    console.log(`✖ failed after ${seconds()} s: ${text}`);
    return { rows: [], startedAt, seconds: seconds(), error: text };
  }
}

// Then what was started ends too: see the listeners on "exit".
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

main().then(
  (kept) => {
    process.exitCode = kept ? 0 : 1;
  },
  (error) => {
    console.error(error.message);
    process.exitCode = 2;
  },
);
