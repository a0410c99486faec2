import { sendReasons } from "../membership/difference";
import { type InviteInputs, type InviteState, stateOf } from "../membership/invite";
import { organizationNoted } from "./create";
import { outputsOf } from "./outputs";
import { Resending, recorded } from "./resending";
import type { Run } from "./run";

/** See {@link InviteProvider.update}. */
export async function update(
  run: Run,
  id: string,
  olds: Partial<InviteState>,
  news: InviteInputs,
): Promise<{ outs: Record<string, unknown> }> {
  const before = stateOf({ email: id, ...olds });
  const declared = run.notes.carriesTeam(before.email) ? { ...news, teamId: undefined } : news;
  const reasons = sendReasons(before, declared, run.now());
  const after =
    reasons.length > 0
      ? await new Resending(run, before, declared, (news as { __provider?: unknown }).__provider).carryOut(
          reasons,
        )
      : recorded(before, declared);
  return { outs: outputsOf(organizationNoted(run, after)) };
}
