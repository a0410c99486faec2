import type { Attempt } from "./unavailable";
import type { Context, Programs, Way } from "./ways/context";

/**
 * Tries the ways in turn, and reports why the earlier ones gave nothing as soon as one takes its time.
 *
 * @throws what `unavailable` makes of the attempts if none works.
 */
export async function tryWays<C extends Context>(
  ways: readonly Way<C>[],
  context: C,
  unavailable: (attempts: readonly Attempt[]) => Error,
): Promise<Programs> {
  const attempts: Attempt[] = [];
  let told = 0;
  const tell = (): void => {
    for (const { way, reason } of attempts.slice(told)) {
      context.report(`No ${context.recipe.what} from ${way}: ${reason}`);
    }
    told = attempts.length;
  };
  for (const way of ways) {
    // Nobody needs to read why PATH was passed over while the cache answers at once.
    if (way.slow) tell();
    try {
      return await way.take(context);
    } catch (error) {
      attempts.push({ way: way.name, reason: firstLine(error) });
    }
  }
  throw unavailable(attempts);
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n")[0] ?? message;
}
