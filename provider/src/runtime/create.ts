import type { InviteInputs } from "../membership/invite";
import { outputsOf } from "./outputs";
import { currentSession, explained } from "./process";
import { sendInvite } from "./send-invite";

/** Invites a person (one e-mail), or adopts the unused invite that is there. */
export async function create(inputs: InviteInputs): Promise<{ id: string; outs: Record<string, unknown> }> {
  const session = currentSession();
  const send = () => sendInvite(session, inputs);
  const { state } = await explained(`${inputs.email} was not invited`, send, inputs.teamId);
  return { id: state.email, outs: outputsOf(state) };
}
