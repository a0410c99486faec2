import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type EngineSource, type Programs, toFileName } from "./programs";
import type { Health, Recipe } from "./recipe";

/** Names another directory for the cache. */
export const CACHE_VARIABLE = "HEADSHOTPRO_ENGINE_CACHE";
/** Written last, so its presence says that the directory was whole; the sizes show later damage. */
const MANIFEST = "engine.json";
const STAGING = ".staging";
const DAY_MS = 24 * 60 * 60 * 1000;

/** A recipe and its place in a cache. */
export interface Place {
  readonly recipe: Recipe;
  readonly cacheRoot: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The directory that engines are kept in, one directory each: outside the repository, so clones share it. */
export async function findCacheRoot(env: NodeJS.ProcessEnv): Promise<string> {
  const override = env[CACHE_VARIABLE];
  if (override) return path.resolve(override);
  // import() and not require: requiring an ES module prints a warning on Node 20.
  const { default: envPaths } = await import("env-paths");
  return path.join(envPaths("pulumi-headshotpro", { suffix: "" }).cache, "engine");
}

/**
 * What an earlier run left in the user's cache. A broken one is removed.
 *
 * @throws Error with the reason if there is none that works.
 */
export async function takeFromCache(place: Place): Promise<Programs> {
  const { recipe, cacheRoot, env } = place;
  const directory = path.join(cacheRoot, recipe.key);
  const health = await inspect(directory, recipe, env);
  switch (health.state) {
    case "good":
      return programsIn(directory, "cache", recipe);
    case "absent":
      throw new Error(`nothing at ${directory}`);
    case "broken":
      await discard(directory, cacheRoot);
      throw new Error(`${directory} was broken and has been removed: ${health.reason}`);
    case "unsure":
      // Somebody else may be working with it at this moment.
      throw new Error(`${directory} did not answer, and was left alone: ${health.reason}`);
  }
}

/**
 * Lets `fill` make the recipe's programs in a staging directory, and moves them to their place in one step once
 * they have been seen to run. Of two runs that do this at once, the second finds the place taken and uses the
 * first's.
 */
export async function makeInCache(
  { recipe, cacheRoot, env }: Place,
  source: EngineSource,
  fill: (bin: string, scratch: string) => Promise<void>,
): Promise<Programs> {
  const directory = path.join(cacheRoot, recipe.key);
  return withStaging(cacheRoot, async (staging) => {
    const [made, scratch] = [path.join(staging, "engine"), path.join(staging, "scratch")];
    await mkdir(binOf(made), { recursive: true });
    await mkdir(scratch);
    await fill(binOf(made), scratch);
    await seal(made, recipe, env);
    try {
      await rename(made, directory);
      return programsIn(directory, source, recipe);
    } catch (error) {
      const health = await inspect(directory, recipe, env);
      if (health.state !== "good") throw error;
      return programsIn(directory, "cache", recipe);
    }
  });
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
function isAbandoned(
  name: string,
  ageMs: number,
  machine: { host: string; isAlive: (pid: number) => boolean },
): boolean {
  const [prefix, host, pid] = name.split("~");
  if (prefix !== STAGING) return false;
  return ageMs > DAY_MS || (host === machine.host && !machine.isAlive(Number(pid)));
}

/** The directory with the programs, in a directory of ours. */
function binOf(directory: string): string {
  return path.join(directory, "bin");
}

function firstProgram(directory: string, { tools }: Recipe): string {
  return path.join(binOf(directory), toFileName(tools[0]));
}

function programsIn(directory: string, source: EngineSource, recipe: Recipe): Programs {
  const { version } = recipe;
  return { program: firstProgram(directory, recipe), version, directories: [binOf(directory)], source };
}

/** Looks whether `directory` holds all that the recipe makes, by running it. */
async function inspect(
  directory: string,
  recipe: Recipe,
  env: NodeJS.ProcessEnv,
): Promise<Health | { readonly state: "absent" }> {
  if ((await stat(directory).catch(() => undefined)) === undefined) return { state: "absent" };
  const recorded = await readFile(path.join(directory, MANIFEST), "utf8").catch(() => "");
  const actual = await describe(directory, recipe).catch(() => undefined);
  if (actual === undefined || recorded !== actual) {
    return { state: "broken", reason: "files are missing or changed" };
  }
  return recipe.test(firstProgram(directory, recipe), env);
}

/** Checks what has just been made, and seals it with its manifest. */
async function seal(directory: string, recipe: Recipe, env: NodeJS.ProcessEnv): Promise<void> {
  const manifest = await describe(directory, recipe);
  const health = await recipe.test(firstProgram(directory, recipe), env);
  if (health.state !== "good") throw new Error(health.reason);
  await writeFile(path.join(directory, MANIFEST), manifest);
}

async function describe(directory: string, { tools, files }: Recipe): Promise<string> {
  const names = new Set([...tools.map((tool) => toFileName(tool)), ...files.map(({ name }) => name)]);
  const sizes: Record<string, number> = {};
  for (const name of names) sizes[name] = (await stat(path.join(binOf(directory), name))).size;
  return `${JSON.stringify({ sizes }, null, 2)}\n`;
}

/** Takes what is broken out of its place in one step, so that nobody sees it half removed. */
async function discard(directory: string, cacheRoot: string): Promise<void> {
  await withStaging(cacheRoot, async (staging) => {
    await rename(directory, path.join(staging, "broken")).catch((error: NodeJS.ErrnoException) => {
      // Another run has removed it already.
      if (error.code !== "ENOENT") throw error;
    });
  });
}

/**
 * Gives `work` an empty directory in the cache, on the same file system as the engine's final place, and
 * removes it afterwards, as well as those that dead processes left behind.
 */
async function withStaging<T>(cacheRoot: string, work: (staging: string) => Promise<T>): Promise<T> {
  await mkdir(cacheRoot, { recursive: true });
  await sweep(cacheRoot);
  const staging = await mkdtemp(path.join(cacheRoot, `${STAGING}~${os.hostname()}~${process.pid}~`));
  try {
    return await work(staging);
  } finally {
    await remove(staging);
  }
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
