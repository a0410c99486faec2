import { inspect } from "../inspect";
import { discard, placeOf, programsAt } from "../store";
import type { Context, Programs, Way } from "./context";

/** What an earlier run left in the user's cache. */
export const cacheWay: Way = {
  name: "cache",
  slow: false,
  async take(context: Context): Promise<Programs> {
    const place = placeOf(context);
    const verdict = await inspect(place, context.recipe, context.env);
    switch (verdict.state) {
      case "good":
        return programsAt(place, "cache", context.recipe);
      case "absent":
        throw new Error(`nothing at ${place}`);
      case "broken":
        await discard(context);
        throw new Error(`${place} was broken and has been removed: ${verdict.reason}`);
      case "unsure":
        // Somebody else may be working with it at this moment.
        throw new Error(`${place} did not answer, and was left alone: ${verdict.reason}`);
    }
  },
};
