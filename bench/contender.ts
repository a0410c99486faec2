import { rmSync } from "node:fs";
import { cp, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Emulator } from "headshotpro-emulator";
import { CHECKPOINTS_OFF } from "../tests/support/constants";
import { TestStack } from "../tests/support/stack";
import { startEmulatorProcess } from "./emulator";
import { COMMANDS, type Command, type Contender, LIFE, type Point } from "./points";

/** JavaScript programs of `programs/`, which declare `BENCH_PEOPLE` people or everybody in people.csv. */
const PROGRAMS: Record<Exclude<Contender, "our YAML roster">, string> = {
  ours: "ours.js",
  "our roster": "our-roster.js",
  floor: "floor.js",
  bare: "bare.js",
  tutorial: "tutorial.js",
};
const YAML = `resources:
  people: { type: "headshotpro:HeadshotRoster", properties: { file: people.csv } }
`;

/** A contender at a size, and which commands are measured. */
export interface Trial {
  contender: Contender;
  people: number;
  checkpoints: boolean;
  commands?: readonly Command[];
}

/**
 * Runs the commands of a trial, each timed from the CLI's start to its end, and reports each as it ends: a trial can
 * take minutes.
 *
 * @throws Error if one of them fails.
 */
export async function run(trial: Trial): Promise<Point[]> {
  const { contender, people, checkpoints, commands = COMMANDS } = trial;
  const api = await startEmulatorProcess(people);
  let stack: TestStack | undefined;
  const points: Point[] = [];
  try {
    stack = await createStack(api.emulator, trial);
    for (const command of commands) {
      const before = await api.countRequests();
      const started = performance.now();
      await runCommand(stack, command);
      const seconds = (performance.now() - started) / 1000;
      const requests = (await api.countRequests()) - before;
      const stateBytes = Buffer.byteLength(await stack.stateFile());
      points.push({ contender, people, checkpoints, command, seconds, requests, stateBytes });
      const switchedOff = checkpoints ? "" : ", checkpoints off";
      console.error(`  ${contender}: ${command} of ${people}${switchedOff}: ${seconds.toFixed(1)} s`);
    }
  } finally {
    await stack?.remove();
    await api.stop();
  }
  return points;
}

/** A stack with a contender's program in it. */
export async function createStack(emulator: Emulator, trial: Trial): Promise<TestStack> {
  const { contender, people, checkpoints } = trial;
  const env = { BENCH_PEOPLE: String(people), ...(checkpoints ? {} : CHECKPOINTS_OFF) };
  const isYaml = contender === "our YAML roster";
  const stack = await TestStack.create(emulator, {
    env,
    ...(isYaml && { language: "yaml", face: "plugin", program: YAML }),
  });
  if (!isYaml) {
    await cp(resolve(__dirname, "programs"), stack.project, { recursive: true });
    await writeFile(join(stack.project, "package.json"), JSON.stringify({ main: PROGRAMS[contender] }));
  }
  const addresses = Array.from({ length: people }, (_, n) => `person${n + 1}@acme.com`);
  await writeFile(join(stack.project, "people.csv"), ["email", ...addresses, ""].join("\n"));
  return stack;
}

/**
 * Runs a command to its end; it goes with this process, should somebody interrupt the bench.
 *
 * @throws Error with all that was printed, if it fails.
 */
export async function runCommand(stack: TestStack, command: Command): Promise<void> {
  const { kill, ended } = stack.start(...LIFE[command]);
  const leave = () => {
    kill("SIGTERM");
    rmSync(stack.directory, { recursive: true, force: true });
  };
  process.once("exit", leave);
  const { code, printed } = await ended.finally(() => process.off("exit", leave));
  if (code !== 0) throw new Error(`pulumi ${command} ended ${code}:\n${printed}`);
}
