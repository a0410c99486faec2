import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "headshotpro-emulator";

/** The command as it is published. */
const COMMAND = join(__dirname, "../../provider/dist/cli/command.js");

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

interface Surroundings {
  env?: Record<string, string | undefined>;
  cwd?: string;
}

interface Started {
  child: ChildProcess;
  /** What it has printed by now. */
  text: { stdout: string; stderr: string };
  /** Waits until this is printed, and returns its first group. */
  printed(pattern: RegExp): Promise<string>;
  ended: Promise<Ended>;
}

/** Starts the command as a process of its own, with nothing of ours in its environment but what is given. */
export function start(args: string[], { env, cwd }: Surroundings = {}): Started {
  return watch(spawn(process.execPath, [COMMAND, ...args], { cwd, env: { PATH: process.env.PATH, ...env } }));
}

export async function run(args: string[], surroundings?: Surroundings): Promise<Ended> {
  return start(args, surroundings).ended;
}

/** A line for the shell in which `cli` is the command. */
export async function shell(line: string, { env, cwd }: Surroundings = {}): Promise<Ended> {
  const paths = { PATH: process.env.PATH, NODE: process.execPath, COMMAND };
  const script = `cli() { "$NODE" "$COMMAND" "$@"; }\n${line}`;
  return watch(spawn("sh", ["-c", script], { cwd, env: { ...paths, ...env } })).ended;
}

function watch(child: ChildProcess): Started {
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.setEncoding("utf8").on("data", (data) => {
      text[name] += data;
    });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, ...text }));
  });
  const printed = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const match = pattern.exec(text.stdout);
      if (match) return match[1] ?? "";
      const more = once(child.stdout ?? child, "data").then(() => undefined);
      const end = await Promise.race([more, ended]);
      if (end) throw new Error(`ended before it printed ${pattern}: ${text.stdout}${text.stderr}`);
    }
  };
  return { child, text, printed, ended };
}

/** An emulator for all tests of the current `describe`, and the environment that leads to it. */
export function emulatorForAll(options?: EmulatorOptions) {
  const api = {} as { emulator: Emulator; env: Record<string, string> };
  before(async () => {
    api.emulator = await startEmulator(options);
    api.env = { HEADSHOTPRO_BASE_URL: api.emulator.url, HEADSHOTPRO_API_KEY: api.emulator.apiKey };
  });
  after(() => api.emulator.close());
  return api;
}

/** The emulator's own command. */
const EMULATOR = join(require.resolve("headshotpro-emulator"), "../command.js");

/** Call inside a `describe`: starts the emulator's command, and kills it after each test. */
export function emulatorCommands(): (...args: string[]) => Started {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });
  return (...args) => {
    const started = watch(spawn(process.execPath, [EMULATOR, ...args]));
    children.push(started.child);
    return started;
  };
}
