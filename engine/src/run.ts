import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";

export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** Called every `everyMs` with the time gone by, so that a long run does not look hung. */
  readonly heartbeat?: { readonly everyMs: number; beat(elapsedMs: number): void };
}

export interface RunResult {
  readonly stdout: string;
  /** What went wrong, in one line, or undefined if the program ended with 0. */
  readonly problem?: string;
  /** True if the failure says nothing about the program itself: too slow, killed, no resources. */
  readonly inconclusive: boolean;
}

// A machine that is out of these fails to start a healthy program.
const OUT_OF_RESOURCES = new Set(["EAGAIN", "ENOMEM", "EMFILE", "ENFILE", "ETXTBSY"]);

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

type Running = ChildProcessByStdio<null, Readable, Readable>;

/** Runs a program to its end, or to its time limit, and never throws for what the program does. */
export function run(file: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return new Promise((resolve) => {
    let child: Running | undefined;
    const release = endWithUs(() => child);
    const refuse = ({ code, message }: NodeJS.ErrnoException): void => {
      release();
      resolve({
        stdout: "",
        problem: `cannot be started (${code ?? message})`,
        inconclusive: OUT_OF_RESOURCES.has(code ?? ""),
      });
    };
    try {
      child = start(file, args, options);
    } catch (error) {
      // Some reasons come as an event and some, such as ENOEXEC and ENOMEM, are thrown.
      refuse(error as NodeJS.ErrnoException);
      return;
    }
    child.once("error", refuse);
    child.once("spawn", () =>
      watch(child as Running, options)
        .then(resolve)
        .finally(release),
    );
  });
}

function start(file: string, args: readonly string[], { env, cwd }: RunOptions): Running {
  return spawn(file, args, {
    env,
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: `sh` and `go` start further processes, and all of them must end at the time limit.
    detached: process.platform !== "win32",
  });
}

/** Gathers what a program prints until it ends, or its time is up. */
function watch(child: Running, { timeoutMs, heartbeat }: RunOptions): Promise<RunResult> {
  return new Promise((resolve) => {
    let stdout = "";
    let stderr = "";
    let timedOut = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const started = Date.now();
    const limit = setTimeout(() => {
      timedOut = true;
      killGroup(child, "SIGKILL");
    }, timeoutMs);
    const beats = heartbeat && setInterval(() => heartbeat.beat(Date.now() - started), heartbeat.everyMs);
    const settle = (problem: string | undefined, inconclusive: boolean): void => {
      clearTimeout(limit);
      clearInterval(beats);
      resolve({ stdout, inconclusive, ...(problem === undefined ? {} : { problem }) });
    };
    child.once("close", (code, signal) => {
      if (timedOut) settle(`it did not end within ${Math.round(timeoutMs / 1000)} s`, true);
      else if (signal !== null) settle(`ended by ${signal}`, signal === "SIGKILL");
      else settle(code === 0 ? undefined : lastLine(stderr) || `exit code ${code}`, false);
    });
  });
}

/** The line in which a program says why it failed: by custom its last, shortened for a one-line reason. */
function lastLine(text: string): string {
  const line = text.trim().split(/\r?\n/).at(-1)?.trim() ?? "";
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

/**
 * Ends the child when we end: in a group of its own it no longer gets the terminal's Ctrl-C. To be called before
 * the child is started, because whoever is told to stop between the start and this call would leave it behind;
 * a signal's handler runs later than the code that starts the child, and so finds it.
 *
 * @returns what takes that back, once the child has ended.
 */
function endWithUs(started: () => ChildProcess | undefined): () => void {
  const end = (): void => {
    const child = started();
    if (child !== undefined) killGroup(child, "SIGTERM");
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    release();
    end();
    // Having listened, we are the ones who must die of it, unless the caller has a handler of its own.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const release = (): void => {
    process.removeListener("exit", end);
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  };
  process.once("exit", end);
  for (const signal of SIGNALS) process.once(signal, onSignal);
  return release;
}

/** Sends a signal to the child and to all that it started. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}
