import { marked } from "../membership/difference";
import { type InviteInputs, type InviteState, inputsOf } from "../membership/invite";
import { outputsOf } from "./outputs";
import type { Run } from "./run";
import { sendInvite } from "./send-invite";

/** See {@link InviteProvider.create}. */
export async function create(
  run: Run,
  declared: InviteInputs,
): Promise<{ id: string; outs: Record<string, unknown> }> {
  const inputs = inputsOf(declared);
  const recorded = run.notes.recorded(inputs.email);
  // Of a resource that the engine replaces though the person stays, what is known of them stays as well.
  const known = recorded ? { ...recorded, ...inputs } : newcomer(inputs);
  const send = () => sendInvite(run, known, { ours: recorded !== undefined });
  const { state } = await run.explained(`${inputs.email} was not invited`, send, inputs.teamId);
  return { id: state.email, outs: outputsOf(organizationNoted(run, state)) };
}

/** Found rather than invited, until an invite is sent. */
function newcomer(inputs: InviteInputs): Omit<InviteState, "status"> {
  return { ...inputs, adopted: true, renewals: 0 };
}

/** The state with whose organization it is. */
export function organizationNoted(run: Run, state: InviteState): InviteState {
  const { organization } = run;
  return organization ? marked(state, organization) : state;
}
