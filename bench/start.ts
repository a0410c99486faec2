import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PluginProcess, ProviderProcess } from "../tests/support/provider-process";
import { median } from "./points";
import type { Row } from "./table";

const ROUNDS = 15;
const KEY = { HEADSHOTPRO_API_KEY: "unused" };
const EMPTY = "exports.handler=()=>({check:async(olds,news)=>({inputs:news})})";
const COMMAND = resolve(__dirname, "../provider/dist/cli/command.js");

/** How long until a provider's process has answered its first check, and until a command has ended that asks nobody. */
export async function start(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "headshotpro-start-"));
  try {
    return [...(await startProviders(folder)), ...startCommands(folder)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ours in both faces, against an empty provider of the SDK. */
async function startProviders(folder: string): Promise<Row[]> {
  const bundle = bundleInto(folder);
  const [ours, empty, plugin]: [number[], number[], number[]] = [[], [], []];
  // Interleaved, so that whatever else the machine does hits all of them.
  for (let round = 0; round < ROUNDS; round++) {
    empty.push(await timeToFirstCheck(() => ProviderProcess.start(KEY), { __provider: EMPTY }));
    ours.push(await timeToFirstCheck(() => ProviderProcess.start(KEY)));
    plugin.push(await timeToFirstCheck(() => PluginProcess.start(KEY, {}, undefined, "default", bundle)));
  }
  return [
    toRow("provider process ready, against the SDK's own with an empty provider", ours, empty, 1.3),
    toRow("plugin ready, against the SDK's own process with an empty provider", plugin, empty, 0.4),
  ];
}

/** The command line's `--help` and `validate`, against Node that does nothing: but for what their libraries take. */
function startCommands(folder: string): Row[] {
  const file = join(folder, "people.csv");
  writeFileSync(file, "email\nada@acme.com\n");
  const commands = {
    "--help": { args: ["--help"], libraries: ["commander"] },
    validate: { args: ["validate", file], libraries: ["commander", "csv-parse/sync", "zod"] },
  };
  return Object.entries(commands).map(([name, { args, libraries }]) => {
    const [node, loading, ours]: [number[], number[], number[]] = [[], [], []];
    const load = libraries.map((library) => `require(${JSON.stringify(require.resolve(library))})`).join(";");
    for (let round = 0; round < ROUNDS; round++) {
      node.push(timeOf("-e", "0"));
      loading.push(timeOf("-e", load));
      ours.push(timeOf(COMMAND, ...args));
    }
    const least = median(node);
    const own = median(ours) - (median(loading) - least);
    return {
      budget: `pulumi-headshotpro ${name} without its libraries, against \`node -e 0\``,
      measured: `${own.toFixed(0)} ms of ${median(ours).toFixed(0)} ms against ${least.toFixed(0)} ms (medians of ${ROUNDS})`,
      value: own / least,
      bound: 2,
    };
  });
}

function toRow(budget: string, ours: number[], theirs: number[], bound: number): Row {
  const [a, b] = [median(ours), median(theirs)];
  const measured = `${a.toFixed(0)} ms against ${b.toFixed(0)} ms (medians of ${ROUNDS})`;
  return { budget, measured, value: a / b, bound };
}

/** The plugin as one file, as the npm package has it. */
function bundleInto(folder: string): string {
  const file = join(folder, "pulumi-resource-headshotpro");
  const tool = JSON.stringify(resolve(__dirname, "../tools/bundle.mjs"));
  const script = `import(${tool}).then(({ bundle, COMMAND }) => bundle(COMMAND, ${JSON.stringify(file)}))`;
  execFileSync(process.execPath, ["--eval", script]);
  return file;
}

/** Milliseconds. */
async function timeToFirstCheck(
  launch: () => Promise<ProviderProcess | PluginProcess>,
  provided: { __provider?: string } = {},
): Promise<number> {
  const started = performance.now();
  const provider = await launch();
  await provider.check({ email: "ada@acme.com", ...provided });
  const milliseconds = performance.now() - started;
  await provider.stop();
  return milliseconds;
}

/** Milliseconds until Node has ended. */
function timeOf(...args: string[]): number {
  const started = performance.now();
  execFileSync(process.execPath, args, { stdio: "ignore" });
  return performance.now() - started;
}
