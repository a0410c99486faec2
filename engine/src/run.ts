import { type ChildProcess, spawn } from "node:child_process";

export interface RunOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** Called every `everyMs` with the time gone by, so that a long run does not look hung. */
  readonly heartbeat?: { readonly everyMs: number; beat(elapsedMs: number): void };
}

export interface RunResult {
  readonly stdout: string;
  /** What went wrong, in one line, or undefined where the program ended with 0. */
  readonly problem?: string;
  /** True where the failure says nothing about the program itself: too slow, killed, no resources. */
  readonly inconclusive: boolean;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
// A machine that is out of these fails to start a healthy program.
const OUT_OF_RESOURCES = new Set(["EAGAIN", "ENOMEM", "EMFILE", "ENFILE", "ETXTBSY"]);

/** Runs a program to its end, or to its time limit, and never throws for what the program does. */
export function run(file: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      env: options.env,
      cwd: options.cwd,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: `sh` and `go` start further processes, and all of them must end at the time limit.
      detached: process.platform !== "win32",
    });
    let stdout = "";
    let stderr = "";
    let timedOut = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const release = endWithUs(child);
    const started = Date.now();
    const limit = setTimeout(() => {
      timedOut = true;
      killGroup(child, "SIGKILL");
    }, options.timeoutMs);
    const { heartbeat } = options;
    const beats = heartbeat && setInterval(() => heartbeat.beat(Date.now() - started), heartbeat.everyMs);
    const settle = (problem: string | undefined, inconclusive: boolean): void => {
      clearTimeout(limit);
      clearInterval(beats);
      release();
      resolve({ stdout, inconclusive, ...(problem === undefined ? {} : { problem }) });
    };
    child.once("error", (error: NodeJS.ErrnoException) =>
      settle(`cannot be started (${error.code ?? error.message})`, OUT_OF_RESOURCES.has(error.code ?? "")),
    );
    child.once("close", (code, signal) => {
      if (timedOut) settle(`no end after ${Math.round(options.timeoutMs / 1000)} s`, true);
      else if (signal !== null) settle(`ended by ${signal}`, signal === "SIGKILL");
      else settle(code === 0 ? undefined : lastLine(stderr) || `exit code ${code}`, false);
    });
  });
}

/** The line in which a program says why it failed: by custom its last, shortened for a one-line reason. */
export function lastLine(text: string): string {
  const line = text.trim().split(/\r?\n/).at(-1)?.trim() ?? "";
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

/** Ends the child when we end: in a group of its own it no longer gets the terminal's Ctrl-C. */
function endWithUs(child: ChildProcess): () => void {
  const onExit = (): void => killGroup(child, "SIGTERM");
  const onSignal = (signal: NodeJS.Signals): void => {
    release();
    killGroup(child, "SIGTERM");
    // Having listened, we are the ones who must die of it, unless the caller has a handler of its own.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const release = (): void => {
    process.removeListener("exit", onExit);
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  };
  process.once("exit", onExit);
  for (const signal of SIGNALS) process.once(signal, onSignal);
  return release;
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}
