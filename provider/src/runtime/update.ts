import { type InviteInputs, type InviteState, inputsOf, needsRenewal, withSeen } from "../membership/invite";
import { outputsOf } from "./outputs";
import { currentSession, explained } from "./process";
import { sendInvite } from "./send-invite";
import type { Session } from "./session";

/** Records flags without a request; sends an expired invite again. */
export async function update(
  _id: string,
  olds: InviteState,
  news: InviteInputs,
): Promise<{ outs: Record<string, unknown> }> {
  const known: InviteState = { ...olds, ...inputsOf(news), teamId: olds.teamId };
  if (!needsRenewal(known, news.maxRenewals, new Date())) return { outs: outputsOf(known) };
  const session = currentSession();
  const state = await explained(
    `${olds.email} was not invited again`,
    () => renew(session, known),
    olds.teamId,
  );
  return { outs: outputsOf(state) };
}

/**
 * Looks first: she may have signed up meanwhile, somebody may have invited her by hand, or an earlier renewal
 * may have been interrupted after its revoke.
 */
async function renew(session: Session, known: InviteState): Promise<InviteState> {
  const found = await session.lookUp(known.email);
  if (found) {
    const seen = withSeen(known, await session.withDetails(known.email, found));
    if (!needsRenewal(seen, known.maxRenewals, new Date())) return seen;
    await session.revoke(known.email, found);
  }
  const sent = await sendInvite(session, { ...inputsOf(known), adopt: true });
  session.say(`${known.email}: the invite had expired and was sent again`);
  return { ...sent, adopt: known.adopt, adopted: known.adopted, renewals: known.renewals + 1 };
}
