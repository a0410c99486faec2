import { decide } from "../invite/decide";
import { mayHaveHeadshots } from "../invite/headshots-guard";
import {
  type InviteInputs,
  type InviteState,
  type SeenInvite,
  type StoredState,
  stateOf,
} from "../invite/invite";
import { anotherAddressText, previewLines } from "../invite/messages";
import { teamText } from "../invite/team";
import { UserError } from "../user-error";
import type { Context } from "./context";

/** If `changes` is left out, the engine compares the inputs itself and shows each property. */
export interface DiffResult {
  changes?: boolean;
  replaces?: string[];
  deleteBeforeReplace?: boolean;
}

/**
 * Compares a state with a checked declaration, and says what an `up` would do. Nothing is sent. Only what would be refused
 * makes a request, since a state may be older than what it would guard, and what is asked once in a run.
 *
 * @throws UserError for a change that would destroy headshots, or that cannot be carried out.
 */
export async function diff(
  context: Context,
  id: string,
  olds: StoredState,
  news: InviteInputs,
): Promise<DiffResult> {
  const { people } = context;
  const stored = stateOf({ email: id, ...olds });
  await people.afterDelete(stored.email);
  const state = people.asLeft(stored);
  const isProgram = people.diffed(news.email);
  const declared = isProgram ? context.teams.foreseen(news) : news;
  const inputs = people.asDeclared(declared);
  if (context.isDirect && inputs.email !== state.email)
    throw new UserError(anotherAddressText(state.email, inputs.email));
  const where = await context.compareOrganization(state.__organization, state.email);
  // It is about the provider and not about this person.
  if (where === "unreachable" && !(isProgram && context.isNews("organization"))) return { changes: false };
  let decision = decide(state, context.declaration(inputs), state, context.now());
  if (isProgram && decision.kind === "refuse") {
    const seen = where === "same" ? await asTheyAre(context, state) : state;
    decision = decide(state, context.declaration(inputs), seen, context.now());
    if (decision.kind === "refuse") throw new UserError(decision.why);
  }
  if (decision.kind === "replace") people.move(inputs.email);
  else people.keep(state);
  if (isProgram) {
    const isReissue = decision.kind === "reissue";
    const movesAway = decision.kind === "replace" && !decision.properties.includes("email");
    const isMoved = decision.kind === "assign";
    const failed = `${inputs.email} was not ${isMoved ? `moved to ${teamText(inputs)}` : "invited again"}`;
    const { teamId } = inputs;
    // `check` has looked up the others. What the state has of the program's own, somebody may have deleted.
    if ((isReissue || isMoved) && teamId !== undefined && context.teams.isOwn(teamId))
      await context.teams.requireKnown({ ...inputs, teamId }, failed);
    const problem = isReissue ? await context.reissues.problem() : undefined;
    if (problem !== undefined) throw new UserError(`${failed}: ${problem}.`);
    const isEmailed = isReissue || decision.kind === "send" || movesAway;
    const tooMany = isEmailed ? await context.limit.announce(inputs.email, { isNew: movesAway }) : undefined;
    if (tooMany !== undefined) throw new UserError(`${failed}: ${tooMany}`);
    const { organization, isDirect } = context;
    for (const line of previewLines(state, inputs, decision, organization, context.now(), isDirect))
      context.log(line);
  }
  switch (decision.kind) {
    case "nothing":
      return { changes: false };
    case "replace":
      return { changes: true, replaces: decision.properties, deleteBeforeReplace: false };
    default:
      return people.inputsDiffer(news.email) ? {} : { changes: true };
  }
}

/**
 * Somebody with headshots as they are now: an earlier run may have been stopped between a revoke and its record, and
 * refusing for headshots that are gone would never end. What cannot be looked up stays as it is known.
 */
async function asTheyAre(context: Context, state: InviteState): Promise<SeenInvite | undefined> {
  if (!mayHaveHeadshots(state) || !context.usableSettings) return state;
  try {
    return await context.session.lookUp(state.email);
  } catch {
    return state;
  }
}
