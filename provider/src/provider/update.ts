import { answerText } from "../api/explain";
import type { Look } from "../api/lookup";
import { type ApiError, isApiError } from "../client/errors";
import { type Decision, decide, type SendReason } from "../invite/decide";
import { hasSignedUp, mayHaveHeadshots } from "../invite/headshots-guard";
import {
  dated,
  type InviteInputs,
  type InviteState,
  isLater,
  SAME_INVITE_MS,
  type SeenInvite,
  type StoredState,
  stateOf,
  withSeen,
} from "../invite/invite";
import { anotherAddressText, deletedLine } from "../invite/messages";
import { teamText } from "../invite/team";
import { PartialUpdateError, UserError } from "../user-error";
import type { Context } from "./context";
import { inviteOrAdopt } from "./create";
import { mayHaveEmailed } from "./invite-limit";
import { recorded, recordedOutputs } from "./outputs";

/**
 * Makes one person as they are declared: records flags without a request, sends an unused invite again in its place, and
 * moves whoever has signed up to another team.
 *
 * @throws UserError if nothing has changed; PartialUpdateError if the invite is gone and no new one was sent
 */
export async function update(
  context: Context,
  id: string,
  olds: StoredState,
  news: InviteInputs,
): Promise<{ outs: Record<string, unknown> }> {
  const known = context.people.asLeft(stateOf({ email: id, ...olds }));
  const settled = context.teams.settle(news, `${news.email} was not changed`);
  const inputs = context.people.asDeclared(settled);
  if (inputs.email !== known.email) throw new UserError(anotherAddressText(known.email, inputs.email));
  await context.compareOrganization(known.__organization, known.email);
  const planned = decide(known, context.declaration(inputs), known, context.now());
  return { outs: recordedOutputs(context, await carryOut(context, known, inputs, planned)) };
}

async function carryOut(
  context: Context,
  known: InviteState,
  inputs: InviteInputs,
  planned: Decision,
): Promise<InviteState> {
  switch (planned.kind) {
    case "refuse":
      throw new UserError(planned.why);
    case "assign":
      return assign(context, known, inputs, known.email);
    case "send":
    case "reissue":
      return sendAgain(context, known, inputs, planned.reasons);
    default:
      return recorded(known, inputs);
  }
}

/**
 * Moves somebody who has signed up to the declared team: no e-mail, and the headshots stay. What HeadshotPro answers
 * says nothing about one person, and a reply may be lost; so the person is looked at afterwards.
 */
async function assign(
  context: Context,
  known: InviteState,
  inputs: InviteInputs,
  spelling: string,
): Promise<InviteState> {
  const { email } = known;
  const { teamId = "" } = inputs;
  const moved = `moved to ${teamText(inputs)}`;
  const failed = `${email} was not ${moved}`;
  await context.teams.requireKnown({ ...inputs, teamId }, failed);
  const { isDirect } = context;
  const later = isDirect ? "`read`" : "the next `pulumi up` or `pulumi refresh`";
  const unclear = `It is not known whether ${email} was ${moved} (${later} finds out)`;
  const moving = context.timeLimits.wait(unclear, context.session.moveToTeam(email, teamId, spelling));
  const failure = await moving.then(() => undefined, orThrow);
  const isUnclear = failure === undefined || failure.mayHaveHappened;
  const found = await context.explained(isUnclear ? unclear : failed, context.session.lookUp(email));
  if (found?.teamId !== teamId) {
    // The API may mind the case of letters, and only now it is known how it spells them.
    if (found && found.email !== spelling && hasSignedUp(found))
      return assign(context, known, inputs, found.email);
    const seen = found ?? { email, status: "revoked" };
    // What the state does not know yet, the next preview goes by.
    const news = hasSignedUp(seen) ? undefined : await leaveAlone(context, known, inputs, seen);
    if (news?.status === "deleted") return news;
    const team = seen.teamId ? `still in team ${seen.teamId}` : "in no team";
    const stays = `they are ${news ? `${news.status} by now` : team}`;
    const why = new UserError(
      `${failed}: ${failure ? `HeadshotPro did not do it (${answerText(failure)})` : stays}. ` +
        "Nothing was revoked or sent. Moving people needs a key with the scope Teams, and people who have signed up. " +
        `Run ${isDirect ? "`read`" : "`pulumi refresh`"} to see how things are, or move them in HeadshotPro's dashboard.`,
    );
    throw news ? new PartialUpdateError(why, email, recordedOutputs(context, news)) : why;
  }
  context.log(`${email} was ${moved}, without an e-mail`);
  return recorded(withSeen(known, { ...found, teamName: context.teams.nameOf(teamId) }), inputs);
}

function orThrow(error: unknown): ApiError {
  if (isApiError(error)) return error;
  throw error;
}

/**
 * Sends an invite again: look, decide, revoke, send. Since the preview the person may have signed up, somebody may have
 * invited them by hand, and an earlier run may have come as far as the revoke, or as far as the new invite.
 */
async function sendAgain(
  context: Context,
  known: InviteState,
  inputs: InviteInputs,
  planned: readonly SendReason[],
): Promise<InviteState> {
  const { email } = known;
  const failed = `${email} was not invited again`;
  const reservation = await context.limit.reserve(email);
  if (!reservation) throw context.limit.refusal(failed);
  const requireTime = () => context.timeLimits.requireTime(failed);
  try {
    for (;;) {
      const { look, seen } = await context.explained(failed, lookAgain(context, email, planned));
      const decision = decide(known, context.declaration(inputs), seen, context.now());
      if (decision.kind === "refuse") throw new UserError(decision.why);
      // The team may be another one by now, or gone.
      const here = seen.status === "revoked" ? known : withSeen(known, seen);
      if (decision.kind === "reissue") {
        await context.reissues.require(here, inputs, failed);
        const outcome = await context.explained(failed, context.session.revokeSeen(email, look, requireTime));
        if (outcome === "stale") continue;
        // An admin has come before us. Whoever they have deleted is decided about once more.
        const now =
          outcome === "gone" ? await context.explained(failed, context.session.lookUp(email)) : undefined;
        if (now?.status === "deleted") continue;
      } else if (decision.kind !== "send") {
        reservation.settle(false);
        context.reissues.settle(known, "left alone");
        const state = await leaveAlone(context, known, inputs, seen);
        return decision.kind === "assign" ? await assign(context, state, inputs, seen.email) : state;
      }
      const invited = await send(context, here, inputs, planned, seen.status);
      reservation.settle(invited.emailed);
      context.reissues.settle(known, "sent");
      return invited.state;
    }
  } catch (error) {
    reservation.settle(mayHaveEmailed(error));
    context.reissues.settle(known, error);
    throw error;
  }
}

/** Only the list knows when an invite was sent, and nothing is sent again for its age, or on request, without that. */
async function lookAgain(
  { session }: Context,
  email: InviteState["email"],
  reasons: readonly SendReason[],
): Promise<{ look: Look; seen: SeenInvite & { email: string } }> {
  const needsDate = reasons.includes("expired") || reasons.includes("resend");
  const listed = needsDate ? await session.listed(email) : undefined;
  const look = await session.lookToRevoke(email);
  if (!look.found) return { look, seen: { email, status: "revoked" } };
  // GET returns one of several live entries, and a revoke by address may delete what another one has.
  const guarded = listed && listed.liveEntries > 1 && mayHaveHeadshots(listed) ? listed : look.found;
  return { look, seen: { ...guarded, createdAt: listed?.createdAt, teamName: listed?.teamName } };
}

/**
 * Records an invite that is left alone. Sent later than the known one, or found where that one was to be moved to, it is
 * one that an earlier run has sent and not recorded: its link is not known.
 */
async function leaveAlone(
  context: Context,
  known: InviteState,
  inputs: InviteInputs,
  seen: SeenInvite & { email: string },
): Promise<InviteState> {
  const details = await context.session.withDetails(known.email, seen);
  const moved = seen.teamId !== known.teamId;
  const createdAt = details.createdAt ?? (moved ? undefined : (seen.createdAt ?? known.createdAt));
  const state = dated({ ...withSeen(known, { ...seen, ...details, createdAt }), createdAt });
  const isAnother = moved || isLater(createdAt, known.createdAt, SAME_INVITE_MS);
  if (seen.status === "deleted" && known.status !== "deleted") context.log(deletedLine(known.email));
  return recorded(isAnother ? { ...state, link: undefined } : state, inputs);
}

/**
 * @param planned why the invite is sent, as the state has it: a revoke that an earlier attempt has carried out leaves
 * nothing to decide by. @param found the status of what was there; a live invite was revoked by now.
 */
async function send(
  context: Context,
  known: InviteState,
  inputs: InviteInputs,
  planned: readonly SendReason[],
  found: string,
): Promise<{ state: InviteState; emailed: boolean }> {
  const { email, team } = known;
  const isNewTurn = found === "deleted" || planned.includes("team");
  const renewals = isNewTurn ? 0 : known.renewals + Number(planned.includes("expired"));
  // Whatever invite is found from now on is another one.
  const goal = { team: inputs.team, teamId: inputs.teamId ?? known.teamId };
  const before = { ...recorded(known, inputs), ...NOTHING_THERE, ...goal };
  const failed =
    found === "deleted" || known.status === "revoked"
      ? `${email} was not invited again`
      : `the invite of ${email} was revoked, but no new one was sent`;
  try {
    const sending = inviteOrAdopt(context, before, { ours: "there was an invite again by then" });
    const { state, emailed } = await context.explained(failed, sending, before.teamId);
    context.people.invited(email);
    if (emailed && !planned.includes("team")) context.log(`${email}: the invite was sent again`);
    return { state: emailed ? { ...state, renewals } : state, emailed };
  } catch (error) {
    if (!(error instanceof UserError) || found === "deleted") throw error;
    const gone = { ...before, team, teamId: known.teamId, renewals: isNewTurn ? known.renewals : renewals };
    throw new PartialUpdateError(error, email, recordedOutputs(context, gone));
  }
}

/** What is left of an invite that was taken away. */
const NOTHING_THERE = {
  status: "revoked",
  modelId: undefined,
  createdAt: undefined,
  expiresAt: undefined,
  link: undefined,
} as const;
