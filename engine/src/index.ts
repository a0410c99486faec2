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
export type { Engine, EngineSource } from "./engine";
export { type EnsureEngineOptions, ensureEngine } from "./ensure-engine";
export { ensureLanguageHost } from "./ensure-language-host";
export type { Language } from "./recipes/language-host";
export { EngineUnavailableError, LanguageHostUnavailableError } from "./unavailable";
