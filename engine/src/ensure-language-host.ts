import { findCacheRoot } from "./cache-root";
import { CLI, type Engine, prependToPath } from "./engine";
import { type EnsureEngineOptions, settled } from "./ensure-engine";
import { findIn } from "./find-on-path";
import { type Language, languageHostRecipe } from "./recipes/language-host";
import { tryWays } from "./try-ways";
import { LanguageHostUnavailableError } from "./unavailable";
import { type BesideContext, besideWay } from "./ways/beside";
import { buildWay } from "./ways/build";
import { cacheWay } from "./ways/cache";
import type { Way } from "./ways/context";

const WAYS: readonly Way<BesideContext>[] = [besideWay, cacheWay, buildWay];

/**
 * Finds or builds what an engine needs for programs in another language than Node's: YAML, Python or Go. An official
 * CLI has it beside it, and is given back as it is.
 *
 * @param options - as those of `ensureEngine`, whose `env` the engine was found with.
 * @returns the engine with the host: of ours, a CLI with it beside it; of another's, a `path` with the host on it.
 * @throws LanguageHostUnavailableError whose message names each way that was tried and what to install.
 * @example
 * ```ts
 * const engine = await ensureLanguageHost(await ensureEngine(), "yaml");
 * execFileSync(engine.pulumi, ["up", "--yes"], { env: { ...process.env, PATH: engine.path } });
 * ```
 */
export async function ensureLanguageHost(
  engine: Engine,
  language: Language,
  options: Omit<EnsureEngineOptions, "download"> = {},
): Promise<Engine> {
  const { env: given, report, heartbeatMs } = settled(options);
  const env = { ...given, PATH: engine.path };
  const recipe = await languageHostRecipe(language, engine);
  const cacheRoot = await findCacheRoot(env);
  const context: BesideContext = { env, recipe, cacheRoot, heartbeatMs, report, pulumi: engine.pulumi };
  const { what, minimumGo } = recipe;
  const { directories } = await tryWays(
    WAYS,
    context,
    (attempts) => new LanguageHostUnavailableError(what, attempts, { cacheRoot, minimumGo }),
  );
  const pulumi = directories.flatMap((directory) => findIn(directory, CLI) ?? [])[0] ?? engine.pulumi;
  return { ...engine, pulumi, path: prependToPath(directories, engine.path) };
}
