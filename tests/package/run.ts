// The packed provider, installed as users install it: each package manager, kind of program and version of Node.
// npx ts-node tests/package/run.ts          all cells
// npx ts-node tests/package/run.ts yarn     those whose name has this word in it
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureEngine } from "pulumi-engine";
import { CELLS, nameOf } from "./project";
import { makeEmptyStack } from "./stack";
import { examine, pack, type Tarball } from "./tarball";
import { fetchTools } from "./tools";
import { build, type Start, startTrial, tableOf, takeOver, upgrade } from "./trial";

async function main(folder: string): Promise<boolean> {
  const engine = await ensureEngine();
  const tarball = await pack(folder);
  const sound = await tell(tarball, join(folder, "examined"));

  const empty = join(folder, "empty");
  await makeEmptyStack(empty, engine);
  const start: Start = { folder, empty, engine, tarball, tools: await fetchTools(folder) };
  const cells = CELLS.filter((cell) => nameOf(cell).includes(process.argv[2] ?? ""));
  const trials = await Promise.all(cells.map((cell) => startTrial(cell, start)));
  await twoAtATime(trials, (trial) => build(trial, start));
  // Each program goes on with the state that the one before it left; the first, with the last one's.
  const pairs = trials.map((trial, n) => ({ trial, other: trials.at(n - 1) ?? trial }));
  await twoAtATime(pairs, ({ trial, other }) => takeOver(trial, other));
  await twoAtATime(trials, upgrade);
  await Promise.all(trials.map(({ estate }) => estate.emulator.close()));

  console.log(tableOf(trials.map(({ row }) => row)));
  const failed = trials.filter(({ row }) => row.failure !== undefined);
  for (const { row } of failed) console.log(`\n✖ ${nameOf(row.cell)}\n${row.failure}`);
  return sound && trials.length > 0 && failed.length === 0;
}

/** Prints the sizes and what is wrong with the tarball; true where nothing is. */
async function tell(tarball: Tarball, folder: string): Promise<boolean> {
  const { problems, installed, packages } = await examine(tarball, folder);
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  const { size, unpackedSize, files } = tarball;
  console.log(`tarball: ${kilobytes(size)}, ${files.length} files, unpacked ${kilobytes(unpackedSize)}`);
  console.log(`installed, without the SDK: ${kilobytes(installed)} in ${packages} packages`);
  for (const problem of problems) console.log(`✖ ${problem}`);
  return problems.length === 0;
}

/** The machine that this is meant for has two cores. */
async function twoAtATime<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}

const folder = mkdtempSync(join(tmpdir(), "headshotpro-installs-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
main(folder).then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.log(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
