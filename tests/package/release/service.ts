import { spawn } from "node:child_process";
import type { CommandOptions } from "../command";

/** A command that runs until it is stopped. */
export interface Service {
  /** Waits until this is printed, and returns its first group. */
  printed(pattern: RegExp): Promise<string>;
  stop(): void;
}

export function startService(file: string, args: string[], { cwd, env }: CommandOptions): Service {
  // A group of its own: npx starts the command that is meant.
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, detached: true });
  let text = "";
  const stop = () => {
    process.off("exit", stop);
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  };
  process.once("exit", stop);
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (text += data));
  return {
    stop,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(text);
          if (match) resolve(match[1] ?? "");
        };
        child.stdout.on("data", look);
        child.on("error", reject);
        child.on("close", () => reject(new Error(`${file} ended before it printed ${pattern}:\n${text}`)));
        look();
      }),
  };
}
