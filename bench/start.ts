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
  const script = join(folder, "pulumi-resource-headshotpro.js");
  const executable = join(folder, "pulumi-resource-headshotpro");
  makePlugin(script, executable);
  const pluginFrom = (file: string) => () => PluginProcess.start(KEY, {}, undefined, "default", file);
  const [ours, empty, plugin, alone]: [number[], number[], number[], number[]] = [[], [], [], []];
  // Interleaved, so that whatever else the machine does hits all of them.
  for (let round = 0; round < ROUNDS; round++) {
    empty.push(await timeToFirstCheck(() => ProviderProcess.start(KEY), { __provider: EMPTY }));
    ours.push(await timeToFirstCheck(() => ProviderProcess.start(KEY)));
    plugin.push(await timeToFirstCheck(pluginFrom(script)));
    alone.push(await timeToFirstCheck(pluginFrom(executable)));
  }
  return [
    toRow("provider process ready, against the SDK's own with an empty provider", ours, empty, 1.3),
    toRow("plugin ready, against the SDK's own process with an empty provider", plugin, empty, 0.4),
    toRow("plugin that needs no Node ready, against the plugin as a script", alone, plugin, 1.1),
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

/** The plugin as one file, as the npm package has it, and as the program that the archives have. */
function makePlugin(script: string, executable: string): void {
  const tools = ["bundle", "executable"].map((name) => resolve(__dirname, `../tools/${name}.mjs`));
  const [bundle, build, from, to] = [...tools, script, executable].map((one) => JSON.stringify(one));
  const text = `
    import { bundle, COMMAND } from ${bundle};
    import { HOST, makeExecutable } from ${build};
    await bundle(COMMAND, ${from});
    makeExecutable(HOST, ${from}, ${to});`;
  execFileSync(process.execPath, ["--input-type=module", "--eval", text]);
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
