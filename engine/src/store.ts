import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { type Engine, type EngineSource, prependToPath } from "./engine";
import { pathOf } from "./find-on-path";
import { binOf, cliOf, inspect, seal } from "./inspect";
import { withStaging } from "./staging";
import type { Context } from "./ways/context";

/** Where this recipe's engine is kept. */
export function placeOf({ cacheRoot, recipe }: Context): string {
  return path.join(cacheRoot, recipe.key);
}

/** An engine of ours, once it is in its place. */
export function engineAt(directory: string, source: EngineSource, { env, recipe }: Context): Engine {
  return {
    pulumi: cliOf(directory),
    path: prependToPath([binOf(directory)], pathOf(env)),
    version: recipe.cliVersion,
    source,
  };
}

/**
 * Lets `fill` make an engine in a staging directory, and moves it to its place in one step once it has been
 * seen to run. Of two runs that do this at once, the second finds the place taken and uses the first's.
 */
export async function makeEngine(
  context: Context,
  source: EngineSource,
  fill: (engine: string, scratch: string) => Promise<void>,
): Promise<Engine> {
  const { recipe, env, cacheRoot } = context;
  const place = placeOf(context);
  return withStaging(cacheRoot, async (staging) => {
    const [engine, scratch] = [path.join(staging, "engine"), path.join(staging, "scratch")];
    await mkdir(binOf(engine), { recursive: true });
    await mkdir(scratch);
    await fill(engine, scratch);
    await seal(engine, recipe.cliVersion, env);
    try {
      await rename(engine, place);
      return engineAt(place, source, context);
    } catch (error) {
      const verdict = await inspect(place, recipe.cliVersion, env);
      if (verdict.state !== "good") throw error;
      return engineAt(place, "cache", context);
    }
  });
}

/** Takes a broken engine out of its place in one step, so that nobody sees it half removed. */
export async function discard(context: Context): Promise<void> {
  await withStaging(context.cacheRoot, async (staging) => {
    await rename(placeOf(context), path.join(staging, "broken")).catch((error: NodeJS.ErrnoException) => {
      // Another run has removed it already.
      if (error.code !== "ENOENT") throw error;
    });
  });
}
