import { findCacheRoot } from "./cache-root";
import { type Engine, prependToPath } from "./engine";
import { pathOf } from "./find-on-path";
import { officialDownload } from "./official-download";
import { engineRecipe } from "./recipes/engine";
import { tryWays } from "./try-ways";
import { EngineUnavailableError } from "./unavailable";
import { buildWay } from "./ways/build";
import { cacheWay } from "./ways/cache";
import type { Way } from "./ways/context";
import { type DownloadContext, downloadWay } from "./ways/download";
import { pathWay } from "./ways/path";

/** How to look for an engine, or for a part of one; all of it may be left out. */
export interface EnsureEngineOptions {
  /** The environment to look in and to build with; `process.env` unless given. */
  readonly env?: NodeJS.ProcessEnv;
  /** Gets a line of progress at a time; written to stderr unless given. */
  readonly report?: (line: string) => void;
  /** How often a long build says that it is still at it. */
  readonly heartbeatMs?: number;
  /** In place of the official download: a mirror, or a test. */
  readonly download?: DownloadContext["download"];
}

const WAYS: readonly Way<DownloadContext>[] = [pathWay, cacheWay, downloadWay, buildWay];

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
  const { env, report, heartbeatMs } = settled(options);
  const { download = officialDownload } = options;
  const recipe = await engineRecipe();
  const cacheRoot = await findCacheRoot(env);
  const context: DownloadContext = { env, recipe, cacheRoot, heartbeatMs, report, download };
  const found = await tryWays(
    WAYS,
    context,
    (attempts) => new EngineUnavailableError(attempts, { cacheRoot, minimumGo: recipe.minimumGo }),
  );
  const { program, directories, version = recipe.version, source } = found;
  return { pulumi: program, path: prependToPath(directories, pathOf(env)), version, source };
}

/** The options that every search has, with what holds where one is left out. */
export function settled({
  env = process.env,
  report = (line) => process.stderr.write(`${line}\n`),
  heartbeatMs = 20_000,
}: EnsureEngineOptions): Required<Pick<EnsureEngineOptions, "env" | "report" | "heartbeatMs">> {
  return { env, report, heartbeatMs };
}
