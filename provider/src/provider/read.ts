import { readEmail } from "../invite/email";
import { inputsOf } from "../invite/inputs";
import { type StoredState, stateOf, withSeen } from "../invite/invite";
import { compareMarks } from "../invite/organization-mark";
import { personOf } from "../invite/people";
import { UserError } from "../user-error";
import { checkedInputs, keepsLink, outputsOf, recordedOutputs } from "./outputs";
import type { Run } from "./run";

/**
 * See {@link InviteProvider.read}. Whatever goes wrong throws, and the state stays as it is.
 *
 * @param known the old outputs; nothing but the provider's text under `HeadshotInvite.get`.
 */
export async function read(
  run: Run,
  id: string,
  known: StoredState,
): Promise<{ id?: string; props?: Record<string, unknown>; inputs?: Record<string, unknown> }> {
  const { session } = run;
  const { email: canonical, problem } = readEmail(id);
  // A state may have an address that an earlier version took.
  const email = canonical ?? (known.email === id ? personOf(id) : undefined);
  if (email === undefined) throw new UserError(`${JSON.stringify(id)} is not an e-mail address: ${problem}.`);
  const found = await run.explained(`${email} could not be looked up`, () => session.lookUp(email));
  if (!found) {
    if (compareMarks(known.__organization, run.organization) === "rekeyed")
      run.say(missingUnderNewKey(email));
    return {};
  }
  // Without a date it would never be known when the invite expires: after an import, or where a list failed.
  const before = stateOf({ ...known, email });
  const undated = found.status === "pending" && before.createdAt === undefined;
  const seen = undated ? await session.withDetails(email, found) : found;
  const state = withSeen(before, seen);
  if (before.link !== undefined && !keepsLink(run, state) && run.notes.report("links"))
    run.say(
      "The sign-up links that the state has are removed: keepLink is not set. To keep them, set keepLink before a refresh",
    );
  return {
    id: email,
    props: recordedOutputs(run, state),
    inputs: checkedInputs(run, outputsOf(inputsOf(state))),
  };
}

/** A rotated key and another organization's look alike, until somebody is missing. */
function missingUnderNewKey(email: string): string {
  return (
    `${email} is not in the organization of the API key, which is another key than before. If it is another ` +
    "organization's, the invite in the former one is not managed any more: to move people, give the key to a " +
    "provider with another name"
  );
}
