import type { ChildProcess } from "node:child_process";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Ends the child when we end: in a group of its own it no longer gets the terminal's Ctrl-C. To be called before
 * the child is started, because whoever is told to stop between the start and this call would leave it behind;
 * a signal's handler runs later than the code that starts the child, and so finds it.
 *
 * @returns what takes that back, once the child has ended.
 */
export function endWithUs(started: () => ChildProcess | undefined): () => void {
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
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}
