import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

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
    const child = spawn(process.execPath, [...COMMANDS[name], ...args]);
    children.push(child);
    const text = { out: "", err: "" };
    child.stdout.on("data", (data) => {
      text.out += data;
    });
    child.stderr.on("data", (data) => {
      text.err += data;
    });
    const closed = once(child, "close");
    return {
      child,
      out: () => text.out,
      err: () => text.err,
      async printed(pattern) {
        for (;;) {
          const match = pattern.exec(text.out);
          if (match) return match[1] ?? "";
          const ended = await Promise.race([once(child.stdout, "data").then(() => false), closed]);
          if (ended) throw new Error(`ended before it printed ${pattern}: ${text.out}${text.err}`);
        }
      },
      ended: async () => (await closed)[0],
    };
  };
}
