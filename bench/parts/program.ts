import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { PartResult, Row } from "../results";
import type { Settings } from "../settings";
import { median } from "../statistics";

const SDK = require.resolve("../programs/imports-sdk.ts");
const OURS = require.resolve("../programs/imports-ours.ts");
const COUNT_MODULES = require.resolve("../programs/count-modules.js");
const execute = promisify(execFile);

/** What the templates of `pulumi new` have in their tsconfig. */
const COMPILER = { target: "es2020", module: "commonjs", moduleResolution: "node", sourceMap: true };

/**
 * What importing us adds to a TypeScript program that imports the SDK: loaded by ts-node as the language host
 * does it, with types checked (its default) and without (`PULUMI_NODEJS_TRANSPILE_ONLY`).
 */
export async function program({ quick }: Settings): Promise<PartResult> {
  const rows: Row[] = [];
  for (const [how, transpileOnly] of [
    ["types checked", false],
    ["transpiled only", true],
  ] as const) {
    const rounds = quick ? 2 : 9;
    const sdk: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round < rounds; round++) {
      sdk.push(await secondsToLoad(SDK, transpileOnly));
      ours.push(await secondsToLoad(OURS, transpileOnly));
    }
    const seconds = (values: number[]) => `${median(values).toFixed(2)} s`;
    rows.push({
      budget: `program that imports us, against one that imports the SDK (${how})`,
      measured: `${seconds(ours)} against ${seconds(sdk)} (medians of ${rounds})`,
      value: median(ours) / median(sdk),
      bound: 1.1,
    });
  }
  return { rows, notes: [await whatLoads()] };
}

async function secondsToLoad(file: string, transpileOnly: boolean): Promise<number> {
  const started = performance.now();
  await runProgram(transpileOnly, file);
  return (performance.now() - started) / 1000;
}

/** The profile: how many modules each package loads, with us and without. */
async function whatLoads(): Promise<string> {
  const count = async (file: string): Promise<Record<string, number>> => {
    return JSON.parse(await runProgram(true, COUNT_MODULES, file));
  };
  const [sdk, ours] = [await count(SDK), await count(OURS)];
  const total = Object.values(sdk).reduce((sum, modules) => sum + modules, 0);
  const added = Object.entries(ours)
    .map(([name, modules]) => [name, modules - (sdk[name] ?? 0)] as const)
    .filter(([name, modules]) => modules > 0 && name !== "bench");
  const listed = added.map(([name, modules]) => `${modules} of ${name}`).join(", ") || "nothing";
  return `Importing us loads, beside the SDK's ${total} modules: ${listed}.`;
}

/** @returns what it printed. */
async function runProgram(transpileOnly: boolean, file: string, ...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    TS_NODE_SKIP_PROJECT: "true",
    TS_NODE_TRANSPILE_ONLY: String(transpileOnly),
    TS_NODE_COMPILER_OPTIONS: JSON.stringify(COMPILER),
  };
  return (await execute(process.execPath, ["--require", "ts-node/register", file, ...args], { env })).stdout;
}
