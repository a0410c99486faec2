import path from "node:path";

/** Names another directory for the cache. */
export const CACHE_VARIABLE = "HEADSHOTPRO_ENGINE_CACHE";

/** The directory that engines are kept in, one directory each: outside the repository, so clones share it. */
export async function findCacheRoot(env: NodeJS.ProcessEnv): Promise<string> {
  const override = env[CACHE_VARIABLE];
  if (override) return path.resolve(override);
  // import() and not require: requiring an ES module prints a warning on Node 20.
  const { default: envPaths } = await import("env-paths");
  return path.join(envPaths("pulumi-headshotpro", { suffix: "" }).cache, "engine");
}
