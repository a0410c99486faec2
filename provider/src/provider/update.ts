import { sendReasons } from "../invite/difference";
import { type InviteInputs, type StoredState, stateOf } from "../invite/invite";
import { recordedOutputs } from "./outputs";
import { Resending, recorded } from "./resending";
import type { Run } from "./run";

/** See {@link InviteProvider.update}. */
export async function update(
  run: Run,
  id: string,
  olds: StoredState,
  news: InviteInputs,
): Promise<{ outs: Record<string, unknown> }> {
  const before = run.notes.asLeft(stateOf({ email: id, ...olds }));
  const declared = run.notes.asDeclared(news);
  const reasons = sendReasons(before, declared, run.now());
  const sends = reasons.length > 0;
  const after = sends
    ? await new Resending(run, before, declared).carryOut(reasons)
    : recorded(before, declared);
  return { outs: recordedOutputs(run, after) };
}
