/**
 * A Pulumi engine on any machine: the one on PATH, the one in the user's cache, the official download, or a
 * build from Go modules.
 *
 * @example
 * ```ts
 * const engine = await ensureEngine();
 * execFileSync(engine.pulumi, ["up", "--yes"], { env: { ...process.env, PATH: engine.path } });
 * ```
 *
 * @packageDocumentation
 */
export {
  EngineUnavailableError,
  type EnsureEngineOptions,
  ensureEngine,
  ensureLanguageHost,
} from "./engine";
export type { Engine, EngineSource } from "./programs";
export type { Language } from "./recipe";
