import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** What serves a program's resources: the SDK's process, or the plugin. */
const PROVIDER = /cmd\/dynamic-provider|plugin\/command\.js/;

/** The pids of the provider processes that a stack's commands started and that are still alive. */
export function providersOf(stackDirectory: string): number[] {
  return commandsAndEnvironments()
    .filter(({ text }) => PROVIDER.test(text) && text.includes(stackDirectory))
    .map(({ pid }) => pid);
}

function commandsAndEnvironments(): { pid: number; text: string }[] {
  if (!existsSync("/proc/self/environ")) {
    const lines = execFileSync("ps", ["axeww", "-o", "pid=,command="], { encoding: "utf8" }).split("\n");
    return lines.map((text) => ({ pid: Number.parseInt(text, 10), text }));
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), text: read(`/proc/${pid}/cmdline`) + read(`/proc/${pid}/environ`) }));
}

/** Empty if the process ended while we looked. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
