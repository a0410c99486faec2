import { readEmail } from "../membership/email";
import { type InviteState, inputsOf, withSeen } from "../membership/invite";
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
  const state = withSeen({ adopted: true, renewals: 0, ...known, email }, found);
  const outputs = outputsOf(state);
  return { id: email, props: outputs, inputs: JSON.parse(JSON.stringify(inputsOf(state))) };
}
