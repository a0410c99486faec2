import { sendReasons } from "../invites/difference";
import { UNKNOWN } from "../invites/inputs";
import { type InviteInputs, type InviteState, inputsOf, stateOf } from "../invites/invite";
import { outputsOf, recordedOutputs } from "./outputs";
import { recorded } from "./resending";
import type { Run } from "./run";

/** What only the API tells of an invite that is still to be sent. */
const TOLD_LATER = {
  status: UNKNOWN,
  modelId: UNKNOWN,
  teamName: UNKNOWN,
  createdAt: UNKNOWN,
  expiresAt: UNKNOWN,
  adopted: UNKNOWN,
  renewals: UNKNOWN,
  link: UNKNOWN,
  inviteId: UNKNOWN,
};

/** See {@link InviteProvider.foresee}. */
export function foreseen(
  run: Run,
  news: InviteInputs,
  old?: { id: string; state: Partial<InviteState> },
): Record<string, unknown> {
  if (!old) return outputsOf({ teamId: UNKNOWN, ...outputsOf(inputsOf(news)), ...TOLD_LATER });
  const before = stateOf({ email: old.id, ...old.state });
  const declared = run.notes.asDeclared(news);
  const after = recorded(before, declared);
  if (sendReasons(before, declared, run.now()).length === 0) return recordedOutputs(run, after);
  return outputsOf({ ...after, teamId: declared.teamId ?? before.teamId, ...TOLD_LATER });
}
