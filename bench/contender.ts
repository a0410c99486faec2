import { rmSync } from "node:fs";
import type { Backend } from "../tests/support/backends";
import type { TestStack } from "../tests/support/stack";
import { startEmulatorProcess } from "./emulator";
import { watchProcesses } from "./processes";
import type { Point } from "./results";
import { type Start, stackOf } from "./stack-of";

/** The commands of a stack's life, in their order. */
export const LIFE = {
  preview: ["preview"],
  up: ["up", "--yes", "--skip-preview"],
  "no-op up": ["up", "--yes", "--skip-preview", "--expect-no-changes"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
} as const;

export type Command = keyof typeof LIFE;

/** How many requests a command of ours may make for so many people. */
export function mostRequests(command: Command, people: number): number {
  const most = { preview: 0, up: people, "no-op up": 0, refresh: Math.min(people, 3), destroy: people + 3 };
  return most[command];
}

/** A contender at a size, and which commands are timed. */
export interface Trial extends Start {
  commands?: readonly Command[];
  /** Looks at memory and at bytes written too, which costs the machine a little time. */
  watch?: boolean;
  /** Where the state is kept. Left out: a folder, the size of whose state is measured too. */
  backend?: Backend;
}

/**
 * Runs the commands of a trial, each timed from the CLI's start to its end, and tells each as it ends: a trial can
 * take minutes.
 *
 * @throws Error if one of them fails.
 */
export async function run({ watch = false, backend, ...trial }: Trial): Promise<Point[]> {
  const { contender, people, checkpoints, commands = Object.keys(LIFE) as Command[] } = trial;
  const api = await startEmulatorProcess(people);
  let stack: TestStack | undefined;
  const points: Point[] = [];
  try {
    stack = await stackOf(api.emulator, trial, backend);
    for (const command of commands) {
      const before = await api.requests();
      const watcher = watch ? watchProcesses(stack.directory) : undefined;
      const started = performance.now();
      await must(stack, command);
      const seconds = (performance.now() - started) / 1000;
      const seen = watcher?.stop();
      const requests = (await api.requests()) - before;
      const stateBytes = backend ? undefined : Buffer.byteLength(await stack.stateFile());
      points.push({ contender, people, checkpoints, command, seconds, requests, stateBytes, ...seen });
      const switchedOff = checkpoints ? "" : ", checkpoints off";
      console.error(`  ${contender}: ${command} of ${people}${switchedOff}: ${seconds.toFixed(1)} s`);
    }
  } finally {
    await stack?.remove();
    await api.stop();
  }
  return points;
}

/** Runs a command to its end; it goes with this process, should somebody interrupt the bench. */
async function must(stack: TestStack, command: Command): Promise<void> {
  const { kill, ended } = stack.start(...LIFE[command]);
  const leave = () => {
    kill("SIGTERM");
    rmSync(stack.directory, { recursive: true, force: true });
  };
  process.once("exit", leave);
  const { code, printed } = await ended.finally(() => process.off("exit", leave));
  if (code !== 0) throw new Error(`pulumi ${command} ended ${code}:\n${printed}`);
}
