import { differenceOf, refusalToReplace } from "../membership/difference";
import { type InviteInputs, type InviteState, renewalLine, stateOf } from "../membership/invite";
import { ConfigurationError } from "../session/configuration";
import { carriesTeam, isForRefresh } from "./declared";
import { planMove } from "./moves";
import { currentSettings, say } from "./process";
import { VerbError } from "./verb-error";

/** Where `changes` is left out, the engine compares the inputs itself and shows each property. */
interface DiffResult {
  changes?: boolean;
  replaces?: string[];
  deleteBeforeReplace?: boolean;
}

/** Compares without any request. @throws VerbError for a replacement that would destroy headshots. */
export async function diff(id: string, olds: Partial<InviteState>, news: InviteInputs): Promise<DiffResult> {
  const state = stateOf({ email: id, ...olds });
  const declared = carriesTeam(news.email) ? { ...news, teamId: undefined } : news;
  const difference = differenceOf(state, declared, new Date());
  switch (difference.kind) {
    case "none":
      return { changes: false };
    case "flags":
      return {};
    case "renewal":
      say(renewalLine(state, news.maxRenewals));
      return { changes: true };
    case "replacement": {
      const { properties, oldFirst } = difference;
      if (!isForRefresh(state.email)) {
        const forced = state.forceDestroy ?? forcedByConfiguration();
        const refusal = refusalToReplace(state, news, difference, forced);
        if (refusal) throw new VerbError(refusal);
        if (oldFirst) planMove(state.email, news.teamId);
      }
      return { changes: true, replaces: properties, deleteBeforeReplace: oldFirst };
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
