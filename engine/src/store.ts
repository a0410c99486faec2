import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { binOf, inspect, programOf, seal } from "./inspect";
import type { Recipe } from "./recipe";
import { withStaging } from "./staging";
import type { Context, Programs } from "./ways/context";

/** Where what this recipe makes is kept. */
export function placeOf({ cacheRoot, recipe }: Context): string {
  return path.join(cacheRoot, recipe.key);
}

/** What this recipe makes, once it is in its place. */
export function programsAt(directory: string, source: Programs["source"], recipe: Recipe): Programs {
  const { version } = recipe;
  return { program: programOf(directory, recipe), version, directories: [binOf(directory)], source };
}

/**
 * Lets `fill` make the recipe's programs in a staging directory, and moves them to their place in one step once
 * they have been seen to run. Of two runs that do this at once, the second finds the place taken and uses the
 * first's.
 */
export async function make(
  context: Context,
  source: Programs["source"],
  fill: (bin: string, scratch: string) => Promise<void>,
): Promise<Programs> {
  const { recipe, env, cacheRoot } = context;
  const place = placeOf(context);
  return withStaging(cacheRoot, async (staging) => {
    const [made, scratch] = [path.join(staging, "engine"), path.join(staging, "scratch")];
    await mkdir(binOf(made), { recursive: true });
    await mkdir(scratch);
    await fill(binOf(made), scratch);
    await seal(made, recipe, env);
    try {
      await rename(made, place);
      return programsAt(place, source, recipe);
    } catch (error) {
      const verdict = await inspect(place, recipe, env);
      if (verdict.state !== "good") throw error;
      return programsAt(place, "cache", recipe);
    }
  });
}

/** Takes what is broken out of its place in one step, so that nobody sees it half removed. */
export async function discard(context: Context): Promise<void> {
  await withStaging(context.cacheRoot, async (staging) => {
    await rename(placeOf(context), path.join(staging, "broken")).catch((error: NodeJS.ErrnoException) => {
      // Another run has removed it already.
      if (error.code !== "ENOENT") throw error;
    });
  });
}
