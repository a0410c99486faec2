import { sendReasons } from "../invite/difference";
import { inputsOf, UNKNOWN } from "../invite/inputs";
import { type InviteInputs, type StoredState, stateOf } from "../invite/invite";
import { keepsLink, outputsOf, recordedOutputs } from "./outputs";
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
};

/** See {@link InviteProvider.foresee}. */
export function foreseen(
  run: Run,
  news: InviteInputs,
  old?: { id: string; state: StoredState },
): Record<string, unknown> {
  if (!old) return outputsOf({ teamId: UNKNOWN, ...outputsOf(inputsOf(news)), ...toldLater(run, news) });
  const before = stateOf({ email: old.id, ...old.state });
  const declared = run.notes.asDeclared(news);
  const after = recorded(before, declared);
  if (sendReasons(before, declared, run.now()).length === 0) return recordedOutputs(run, after);
  return outputsOf({ ...after, teamId: declared.teamId ?? before.teamId, ...toldLater(run, after) });
}

function toldLater(run: Run, inputs: InviteInputs): object {
  return keepsLink(run, inputs) ? { ...TOLD_LATER, link: UNKNOWN } : TOLD_LATER;
}
