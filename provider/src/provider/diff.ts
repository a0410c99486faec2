import { type Difference, differenceOf, refusalToResend } from "../invite/difference";
import { refusalToReplace, refusalToSend } from "../invite/headshots-guard";
import { type InviteInputs, type InviteState, type StoredState, stateOf } from "../invite/invite";
import { planLines } from "../invite/plan-lines";
import { hasHeadshots } from "../invite/status";
import { UserError } from "../user-error";
import type { Run } from "./run";

/** If `changes` is left out, the engine compares the inputs itself and shows each property. */
export interface DiffResult {
  changes?: boolean;
  replaces?: string[];
  deleteBeforeReplace?: boolean;
}

/** See {@link InviteProvider.diff}. Only a refusal makes a request: a state may be older than what it would guard. */
export async function diff(run: Run, id: string, olds: StoredState, news: InviteInputs): Promise<DiffResult> {
  const { notes, organization } = run;
  const recorded = stateOf({ email: id, ...olds });
  await notes.left(recorded.email);
  const state = notes.asLeft(recorded);
  const declared = notes.asDeclared(news);
  const difference = differenceOf(state, declared, run.now(), organization);
  if (difference.kind !== "replacement") notes.keep(state);
  if (notes.diffed(news.email)) {
    await refuse(run, state, declared, difference);
    await refuseTooMany(run, declared, difference);
    for (const line of planLines(state, declared, difference, organization)) run.say(line);
  }
  switch (difference.kind) {
    case "none":
      return { changes: false };
    case "replacement":
      return { changes: true, replaces: difference.properties, deleteBeforeReplace: false };
    default:
      return notes.inputsDiffer(news.email) ? {} : { changes: true };
  }
}

async function refuse(
  run: Run,
  state: InviteState,
  declared: InviteInputs,
  difference: Difference,
): Promise<void> {
  const byDefault = run.usableSettings?.forceDestroy ?? false;
  const refusalOf = (known: InviteState) => {
    if (difference.kind === "send")
      return (
        refusalToResend(known, difference.reasons) ??
        refusalToSend(known, declared, difference.reasons, byDefault)
      );
    if (difference.kind === "replacement")
      return refusalToReplace(known, declared, difference.properties, byDefault);
    return undefined;
  };
  if (refusalOf(state) === undefined) return;
  // Of another organization this provider's key tells nothing.
  const looks = !(difference.kind === "replacement" && difference.properties.includes("__organization"));
  const refusal = refusalOf(looks ? await asTheyAre(run, state) : state);
  if (refusal !== undefined) throw new UserError(refusal);
}

/** Of another address `check` has heard. */
async function refuseTooMany(run: Run, { email }: InviteInputs, difference: Difference): Promise<void> {
  const moves = difference.kind === "replacement" && !difference.properties.includes("email");
  if (!moves && difference.kind !== "send") return;
  const tooMany = await run.announced.add(email, { isNew: moves });
  if (tooMany !== undefined) throw new UserError(`${email} was not invited again: ${tooMany}`);
}

/**
 * Somebody with headshots as they are now: an earlier run may have been stopped between a revoke and its record, and
 * refusing for headshots that are gone would never end. What cannot be looked up stays as it is known.
 */
async function asTheyAre(run: Run, state: InviteState): Promise<InviteState> {
  if (!hasHeadshots(state.status) || !run.usableSettings) return state;
  try {
    const found = await run.session.lookUp(state.email);
    return { ...state, status: found?.status ?? "revoked" };
  } catch {
    return state;
  }
}
