import { personOf, readEmail } from "../invite/email";
import { directHeadshotsLine } from "../invite/headshots-guard";
import { inputsOf } from "../invite/inputs";
import { isInvitedAnew, type StoredState, stateOf, withSeen } from "../invite/invite";
import { deletedLine } from "../invite/messages";
import { UserError } from "../user-error";
import type { Context } from "./context";
import { checkedInputs, keepsLink, outputsOf, recordedOutputs } from "./outputs";

/**
 * Takes a fresh look at a person, for a refresh or an import. Gone is `{}`, and the next `up` invites them again; somebody
 * who is `deleted` is not gone: they had their turn. Whatever goes wrong throws, and the state stays as it is.
 *
 * @param known the old outputs; nothing but the provider's text under `HeadshotInvite.get`.
 * @returns without `inputs`, the engine keeps those that it has.
 * @throws UserError
 */
export async function read(
  context: Context,
  id: string,
  known: StoredState,
): Promise<{ id?: string; props?: Record<string, unknown>; inputs?: Record<string, unknown> }> {
  const { session } = context;
  const { email: canonical, problem } = readEmail(id);
  // A state may have an address that an earlier version took.
  const email = canonical ?? (known.email === id ? personOf(id) : undefined);
  if (email === undefined) throw new UserError(`${JSON.stringify(id)} is not an e-mail address: ${problem}.`);
  const before = stateOf({ ...known, email });
  const failed = `${email} could not be looked up`;
  const where = await context.reachOrganization(before.__organization, email, failed);
  const found = await context.explained(failed, session.lookUp(email));
  if (!found) {
    if (where === "rekeyed") context.log(missingUnderNewKey(email));
    return {};
  }
  await context.identifyOrganization();
  // Without a date it would never be known when the invite expires: after an import, or where a list failed, or somebody
  // else has invited them since.
  const undated =
    found.status === "pending" && (before.createdAt === undefined || isInvitedAnew(before, found));
  const seen = undated ? await session.withDetails(email, found) : found;
  const state = withSeen(before, seen);
  if (state.status === "deleted" && before.status !== "deleted") context.log(deletedLine(email));
  const { isDirect, settings } = context;
  const guarded = isDirect ? directHeadshotsLine(email, state, settings.forceDestroy) : undefined;
  if (guarded !== undefined) context.log(guarded);
  if (before.link !== undefined && !keepsLink(context, state) && context.isNews("links"))
    context.log(
      "The sign-up links that the state has are removed: keepLink is not set. To keep them, set keepLink before a refresh",
    );
  const props = recordedOutputs(context, state);
  // What is declared of somebody deleted is compared with nothing. The engine keeps the inputs that it has, or each
  // `check` after a refresh would look the declared team up: it is not the one where they were.
  if (state.status === "deleted" && known.email !== undefined) return { id: email, props };
  return { id: email, props, inputs: checkedInputs(context, outputsOf(inputsOf(state))) };
}

/** A rotated key and another organization's look alike, until somebody is missing. */
function missingUnderNewKey(email: string): string {
  return (
    `${email} is not in the organization of the API key, which is another key than before. If it is another ` +
    "organization's, the invite in the former one is not managed any more: to move people, give the key to a " +
    "provider with another name"
  );
}
