import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

const PREFIX = ".staging";
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Gives `work` an empty directory in the cache, on the same file system as the engine's final place, and
 * removes it afterwards, as well as those that dead processes left behind.
 */
export async function withStaging<T>(cacheRoot: string, work: (staging: string) => Promise<T>): Promise<T> {
  await mkdir(cacheRoot, { recursive: true });
  await sweep(cacheRoot);
  const staging = await mkdtemp(path.join(cacheRoot, `${PREFIX}~${os.hostname()}~${process.pid}~`));
  try {
    return await work(staging);
  } finally {
    await remove(staging);
  }
}

/**
 * Whether a name in the cache is a staging directory that nobody works in any more. Only this machine's
 * processes can be looked at (a cache may be on a shared disk), so others' are given a day.
 *
 * @example
 * ```ts
 * isAbandoned(".staging~laptop~4711~x7Gh2a", 0, { host: "laptop", isAlive: () => false }); // true
 * ```
 */
export function isAbandoned(
  name: string,
  ageMs: number,
  machine: { host: string; isAlive: (pid: number) => boolean },
): boolean {
  const [prefix, host, pid] = name.split("~");
  if (prefix !== PREFIX) return false;
  return ageMs > DAY_MS || (host === machine.host && !machine.isAlive(Number(pid)));
}

async function sweep(cacheRoot: string): Promise<void> {
  for (const name of await readdir(cacheRoot)) {
    const directory = path.join(cacheRoot, name);
    const changed = await stat(directory).catch(() => undefined);
    const ageMs = Date.now() - (changed?.mtimeMs ?? Date.now());
    if (isAbandoned(name, ageMs, { host: os.hostname(), isAlive })) await remove(directory);
  }
}

/** Leaving rubbish behind is no reason to fail: the next run sweeps it. */
async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, but a live one.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
