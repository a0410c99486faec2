import { differenceOf, refusalToReplace } from "../membership/difference";
import type { InviteInputs, InviteState } from "../membership/invite";
import { ConfigurationError } from "./configuration";
import { currentSettings } from "./process";
import { VerbError } from "./verb-error";

/** Where `changes` is left out, the engine compares the inputs itself and shows each property. */
interface DiffResult {
  changes?: boolean;
  replaces?: string[];
  deleteBeforeReplace?: boolean;
}

/** Compares without any request. @throws VerbError for a replacement that would destroy headshots. */
export async function diff(_id: string, olds: InviteState, news: InviteInputs): Promise<DiffResult> {
  const difference = differenceOf(olds, news, new Date());
  switch (difference.kind) {
    case "none":
      return { changes: false };
    case "flags":
      return {};
    case "renewal":
      return { changes: true };
    case "replacement": {
      const refusal = refusalToReplace(olds, news, difference, olds.forceDestroy ?? forcedByConfiguration());
      if (refusal) throw new VerbError(refusal);
      return { changes: true, replaces: difference.properties, deleteBeforeReplace: difference.oldFirst };
    }
  }
}

/** What is wrong with the configuration is for `check` to say. */
function forcedByConfiguration(): boolean {
  try {
    return currentSettings().forceDestroy;
  } catch (error) {
    if (error instanceof ConfigurationError) return false;
    throw error;
  }
}
