import {
  type InviteInputs,
  type InviteState,
  inputsOf,
  needsRenewal,
  stateOf,
  withSeen,
} from "../membership/invite";
import type { Session } from "../session/session";
import { outputsOf } from "./outputs";
import { currentSession, explained } from "./process";
import { sendInvite } from "./send-invite";

/** Records flags without a request; sends an expired invite again. */
export async function update(
  id: string,
  olds: Partial<InviteState>,
  news: InviteInputs,
): Promise<{ outs: Record<string, unknown> }> {
  const known = { ...stateOf({ email: id, ...olds }), ...inputsOf(news), teamId: olds.teamId };
  if (!needsRenewal(known, news.maxRenewals, new Date())) return { outs: outputsOf(known) };
  const session = currentSession();
  const failed = `${known.email} was not invited again`;
  return { outs: outputsOf(await explained(failed, () => renew(session, known), known.teamId)) };
}

/**
 * Looks first: she may have signed up meanwhile, somebody may have invited her by hand, or an earlier renewal
 * may have been interrupted after its revoke. Only the list tells when an invite was sent, so without it nothing
 * is revoked.
 */
async function renew(session: Session, known: InviteState): Promise<InviteState> {
  const { email } = known;
  const { createdAt, teamName } = (await session.listed(email)) ?? {};
  let seen: InviteState | undefined;
  const left = await session.revoke(email, (found) => {
    seen = withSeen(known, { ...found, createdAt, teamName });
    return needsRenewal(seen, known.maxRenewals, new Date());
  });
  if (left && seen) return seen;
  const failed = seen && `the expired invite of ${email} was revoked, but no new one was sent`;
  const invite = () => sendInvite(session, { ...inputsOf(known), adopt: true });
  const { state, emailed } = await (failed ? explained(failed, invite, known.teamId) : invite());
  const renewed = { ...state, adopt: known.adopt, adopted: known.adopted };
  if (!emailed) return { ...renewed, renewals: known.renewals };
  session.say(`${email}: the invite had expired and was sent again`);
  return { ...renewed, renewals: known.renewals + 1 };
}
