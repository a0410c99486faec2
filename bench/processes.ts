import { readdirSync, readFileSync } from "node:fs";
import { providersOf } from "../tests/support/engine";

const EVERY_MS = 200;

/** What was seen of a running command; undefined if the system has no /proc. */
interface Seen {
  providerBytes?: number;
  writtenBytes?: number;
}

/**
 * Watches a stack's processes while an `up` runs: the most memory that the provider process had, and how much
 * the CLI has written. Both are counted by the kernel, so that looking now and then misses the last moment only.
 */
export function watchProcesses(stackDirectory: string): { stop(): Seen } {
  const seen: Seen = {};
  let cli: string | undefined;
  const look = () => {
    cli ??= findCli(stackDirectory);
    if (cli) seen.writtenBytes = numberIn(`/proc/${cli}/io`, /^wchar: (\d+)/m) ?? seen.writtenBytes;
    // The shell that starts the provider matches too; it is small.
    for (const pid of providersOf(stackDirectory)) {
      const bytes = 1024 * (numberIn(`/proc/${pid}/status`, /^VmHWM:\s+(\d+) kB/m) ?? 0);
      if (bytes > (seen.providerBytes ?? 0)) seen.providerBytes = bytes;
    }
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return seen;
    },
  };
}

function findCli(stackDirectory: string): string | undefined {
  const isUp = (pid: string) => /[/\\]pulumi\0up\0/.test(textOf(`/proc/${pid}/cmdline`));
  return textOf("/proc/self/io") === ""
    ? undefined
    : readdirSync("/proc").find(
        (name) => isUp(name) && textOf(`/proc/${name}/environ`).includes(stackDirectory),
      );
}

function numberIn(file: string, pattern: RegExp): number | undefined {
  const [, digits] = pattern.exec(textOf(file)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Empty if the process ended while we looked. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
