import { inputsOf } from "../invite/inputs";
import type { InviteInputs, InviteState } from "../invite/invite";
import { recordedOutputs } from "./outputs";
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
  const ours = recorded && "the engine replaced the resource";
  const send = () => sendInvite(run, known, { ours });
  const { state, emailed } = await run.explained(`${inputs.email} was not invited`, send, inputs.teamId);
  // What was asked for with the replacement is still to be done, by the next `up`.
  const after = recorded && !emailed ? { ...state, resend: recorded.resend } : state;
  return { id: after.email, outs: recordedOutputs(run, after) };
}

/** Found rather than invited, until an invite is sent. */
function newcomer(inputs: InviteInputs): Omit<InviteState, "status"> {
  return { ...inputs, adopted: true, renewals: 0 };
}
