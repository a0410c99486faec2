import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path, { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "headshotpro-emulator";

/** The command as it is published. */
const COMMAND = join(__dirname, "../../provider/dist/cli/command.js");

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Surroundings {
  env?: Record<string, string | undefined>;
  cwd?: string;
}

/** Starts the command as a process of its own, with nothing of ours in its environment but what is given. */
export function start(
  args: string[],
  { env, cwd }: Surroundings = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  return collect(
    spawn(process.execPath, [COMMAND, ...args], { cwd, env: { PATH: process.env.PATH, ...env } }),
  );
}

export async function run(args: string[], surroundings?: Surroundings): Promise<Ended> {
  return start(args, surroundings).ended;
}

/** A line for the shell in which `cli` is the command. */
export async function shell(line: string, { env, cwd }: Surroundings = {}): Promise<Ended> {
  const paths = { PATH: process.env.PATH, NODE: process.execPath, COMMAND };
  const script = `cli() { "$NODE" "$COMMAND" "$@"; }\n${line}`;
  return collect(spawn("sh", ["-c", script], { cwd, env: { ...paths, ...env } })).ended;
}

function collect<Child extends ChildProcess>(child: Child) {
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (data) => {
      text[name] += data;
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, ...text }));
  });
  return { child, text, ended };
}

/** An emulator for all tests of the current `describe`, and the environment that leads to it. */
export function emulatorForAll(options?: EmulatorOptions): {
  emulator: Emulator;
  env: Record<string, string>;
} {
  const api = {} as { emulator: Emulator; env: Record<string, string> };
  before(async () => {
    api.emulator = await startEmulator(options);
    api.env = { HEADSHOTPRO_BASE_URL: api.emulator.url, HEADSHOTPRO_API_KEY: api.emulator.apiKey };
  });
  after(() => api.emulator.close());
  return api;
}

/** What starts the emulator: its own command, and the one of the published package. */
export const COMMANDS = {
  "headshotpro-emulator": [path.join(path.dirname(require.resolve("headshotpro-emulator")), "command.js")],
  "pulumi-headshotpro emulator": [path.join(__dirname, "../../provider/dist/cli/command.js"), "emulator"],
};

export interface Run {
  child: ChildProcess;
  out(): string;
  err(): string;
  /** Waits until this is printed, and returns its first group. */
  printed(pattern: RegExp): Promise<string>;
  ended(): Promise<number | null>;
}

export const URL_LINE = / listens on (\S+)\n[\s\S]*\n\n[\s\S]*\n\n/;

/** Call inside a `describe`: what it runs is killed after each test. */
export function commands(name: keyof typeof COMMANDS = "headshotpro-emulator"): (...args: string[]) => Run {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  return (...args) => {
    const { child, text } = collect(spawn(process.execPath, [...COMMANDS[name], ...args]));
    children.push(child);
    const closed = once(child, "close");
    return {
      child,
      out: () => text.stdout,
      err: () => text.stderr,
      async printed(pattern) {
        for (;;) {
          const match = pattern.exec(text.stdout);
          if (match) return match[1] ?? "";
          const ended = await Promise.race([once(child.stdout, "data").then(() => false), closed]);
          if (ended) throw new Error(`ended before it printed ${pattern}: ${text.stdout}${text.stderr}`);
        }
      },
      ended: async () => (await closed)[0],
    };
  };
}
