import fc from "fast-check";
import type { Figures } from "./bookkeeping";
import { scripts, styles } from "./generate";
import { run } from "./interpreter";
import { scriptText } from "./script";

/** How far a seed is followed. */
export interface Extent {
  scripts: number;
  /** Nothing new is tried after this; what is red is made smaller all the same. */
  until?: number;
}

/**
 * Runs the random scripts of a seed.
 *
 * @throws Error that tells the smallest script which breaks a law, and how to run it again.
 */
export async function runSeed(
  seed: number,
  { scripts: numRuns, until = Infinity }: Extent,
  figures: Figures,
) {
  let red = false;
  const property = fc.asyncProperty(scripts, styles, async (script, style) => {
    if (!red && Date.now() > until) return;
    await run(script, style, figures).catch((error) => {
      red = true;
      throw error;
    });
  });
  const result = await fc.check(property, { seed, numRuns });
  if (!result.failed || !result.counterexample) return;
  const error = result.errorInstance as Error;
  const [script, style] = result.counterexample;
  throw new Error(
    `seed ${seed}, after ${result.numShrinks} shrinks:\n${scriptText(script, style)}\n${error.message}\n` +
      `Again: npm run soak -- --seed ${seed} --scripts ${numRuns}`,
    { cause: error },
  );
}
