import { findCacheRoot } from "./cache-root";
import type { Engine } from "./engine";
import { officialDownload } from "./official-download";
import { readRecipe } from "./recipe";
import { type Attempt, EngineUnavailableError } from "./unavailable";
import { buildWay } from "./ways/build";
import { cacheWay } from "./ways/cache";
import type { Context, Way } from "./ways/context";
import { downloadWay } from "./ways/download";
import { pathWay } from "./ways/path";

/** How to look for an engine; all of it may be left out. */
export interface EnsureEngineOptions {
  /** The environment to look in and to build with; `process.env` unless given. */
  readonly env?: NodeJS.ProcessEnv;
  /** Gets a line of progress at a time; written to stderr unless given. */
  readonly report?: (line: string) => void;
  /** How often a long build says that it is still at it. */
  readonly heartbeatMs?: number;
  /** In place of the official download: a mirror, or a test. */
  readonly download?: Context["download"];
}

const WAYS: readonly Way[] = [pathWay, cacheWay, downloadWay, buildWay];

/**
 * Finds, fetches or builds a Pulumi engine; takes well under a second once there is one.
 *
 * @throws EngineUnavailableError whose message names each way that was tried and what to install.
 * @example
 * ```ts
 * const engine = await ensureEngine({ report: (line) => console.error(line) });
 * console.log(engine.version, engine.source); // 3.257.0 cache
 * ```
 */
export async function ensureEngine(options: EnsureEngineOptions = {}): Promise<Engine> {
  const env = options.env ?? process.env;
  const report = options.report ?? ((line: string) => process.stderr.write(`${line}\n`));
  const { heartbeatMs = 20_000, download = officialDownload } = options;
  const recipe = await readRecipe();
  const cacheRoot = await findCacheRoot(env);
  const context: Context = { env, recipe, cacheRoot, heartbeatMs, report, download };
  const attempts: Attempt[] = [];
  let told = 0;
  const tell = (): void => {
    for (const { way, reason } of attempts.slice(told)) report(`No engine from ${way}: ${reason}`);
    told = attempts.length;
  };
  for (const way of WAYS) {
    // Nobody needs to read why PATH was passed over while the cache answers at once.
    if (way.slow) tell();
    try {
      return await way.take(context);
    } catch (error) {
      attempts.push({ way: way.name, reason: firstLine(error) });
    }
  }
  throw new EngineUnavailableError(attempts, { cacheRoot, minimumGo: recipe.minimumGo });
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n")[0] ?? message;
}
