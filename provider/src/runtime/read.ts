import { readEmail } from "../membership/email";
import { type InviteState, inputsOf, stateOf, withSeen } from "../membership/invite";
import { noteLooked } from "./declared";
import { outputsOf } from "./outputs";
import { currentSession, explained } from "./process";
import { VerbError } from "./verb-error";

/**
 * A fresh look at a person. Gone is `{}`, and the next `up` invites her again; whatever else goes wrong throws,
 * and the state stays as it is.
 *
 * @param known the old outputs; nothing but the provider's text under `HeadshotInvite.get`.
 */
export async function read(
  id: string,
  known: Partial<InviteState>,
): Promise<{ id?: string; props?: Record<string, unknown>; inputs?: Record<string, unknown> }> {
  const session = currentSession();
  const { email, problem } = readEmail(id);
  if (email === undefined) throw new VerbError(`${JSON.stringify(id)} is not an e-mail address: ${problem}.`);
  const found = await explained(`${email} could not be looked up`, () => session.lookUp(email));
  if (!found) return {};
  // Without a date it would never be known when the invite expires: after an import, or where a list failed.
  const before = stateOf({ ...known, email });
  const undated = found.status === "pending" && before.createdAt === undefined;
  const seen = undated ? await session.withDetails(email, found) : found;
  const state = withSeen(before, seen);
  const outputs = outputsOf(state);
  noteLooked(email);
  return { id: email, props: outputs, inputs: outputsOf(inputsOf(state)) };
}
