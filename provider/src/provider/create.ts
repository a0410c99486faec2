import { answerText } from "../api/explain";
import type { FoundInvite } from "../api/session";
import { type ApiError, isApiError } from "../client/errors";
import { decide } from "../invite/decide";
import { isOver, standingText } from "../invite/headshots-guard";
import { inputsOf } from "../invite/inputs";
import { type InviteInputs, type InviteState, withSeen } from "../invite/invite";
import { adoptionLine } from "../invite/messages";
import { UserError } from "../user-error";
import type { Context } from "./context";
import { mayHaveEmailed } from "./invite-limit";
import { recordedOutputs } from "./outputs";
import { ownership } from "./peers";

/** How often an invite is sent whose reply is lost and which the look-up then does not find. */
const MAX_SENDS = 3;
/** How often it is sent if it is refused because there is one, which somebody else has revoked by the time of the look. */
const MAX_REFUSED = 2;

/** What is known of the person before; `adopted` and `renewals` as they are if the invite is found. */
type Known = Omit<InviteState, "status">;

/** The result: `emailed` is false if an existing invite was taken over. */
interface Invited {
  state: InviteState;
  emailed: boolean;
}

/**
 * Invites a person (one e-mail), or adopts the unused invite that is there. A resource that the engine replaces, though
 * it has the person already, keeps them as they are.
 *
 * @throws UserError
 */
export async function create(
  context: Context,
  declared: InviteInputs,
): Promise<{ id: string; outs: Record<string, unknown> }> {
  const { email } = declared;
  const inputs = inputsOf(context.teams.settle(declared, `${email} was not invited`));
  await context.people.afterDelete(email);
  const recorded = context.people.recorded(email);
  const before: Known = recorded ? { ...recorded, ...inputs } : { ...inputs, adopted: true, renewals: 0 };
  const replaced = recorded !== undefined || context.people.isKept(email);
  const kept = replaced ? await keepReplaced(context, before, recorded) : undefined;
  const state = kept ?? (await inviteNow(context, before));
  context.people.invited(email);
  return { id: email, outs: recordedOutputs(context, state) };
}

/** Somebody whom a replaced resource has keeps the invite. What was asked for with it is still to be done, by the next `up`. */
async function keepReplaced(
  context: Context,
  before: Known,
  recorded: InviteState | undefined,
): Promise<InviteState | undefined> {
  const { email } = before;
  const failed = `${email} was not looked up`;
  const found = await context.explained(failed, context.session.lookUp(email));
  if (!found) return undefined;
  const seen = await context.session.withDetails(email, found);
  const standing = isOver(seen.status) ? "is over" : "is invited";
  context.log(
    `${email} ${standing} (${standingText(seen)}) and stays so: the engine replaced the resource, no e-mail sent`,
  );
  const state = withSeen(before, seen);
  return recorded ? { ...state, resend: recorded.resend } : state;
}

async function inviteNow(context: Context, before: Known): Promise<InviteState> {
  const { email, teamId } = before;
  const failed = `${email} was not invited`;
  await context.identifyOrganization();
  const reservation = await context.limit.reserve(email);
  try {
    const invited = reservation
      ? await context.explained(failed, inviteOrAdopt(context, before), teamId)
      : await context.explained(failed, adoptIfThere(context, before));
    if (!invited) throw context.limit.refusal(failed);
    reservation?.settle(invited.emailed);
    return invited.state;
  } catch (error) {
    reservation?.settle(mayHaveEmailed(error));
    throw error;
  }
}

/**
 * Makes sure that a person is invited: sends the invite, and if the API says that there is one, or its reply is lost,
 * looks them up. It never sends twice without a look in between that found nobody, so that no fault makes a person get
 * two e-mails.
 *
 * **The bound**: three invites, each with its look-up by GET and list; a look-up that fails ends it.
 *
 * @param options.ours whether the stack has the person already, so that taking over an invite is no question: why there
 * may be one, as the user reads it.
 * @throws UserError if they are there and may not be taken over; ApiError
 */
export async function inviteOrAdopt(
  context: Context,
  before: Known,
  options: { ours?: string } = {},
): Promise<Invited> {
  const { session, clock } = context;
  const { email, teamId } = before;
  let replyLost = false;
  // When the first unanswered invite was sent: one that is clearly older is not ours.
  let sentAt = clock.now();
  const noteSent = () => {
    context.timeLimits.requireTime(`${email} was not invited`);
    if (!replyLost) sentAt = clock.now();
  };
  for (let send = 1; ; send++) {
    try {
      const sent = await session.invite(email, teamId, noteSent);
      const invited = { ...inputsOf(before), adopted: false, renewals: 0, link: sent.link };
      const seen = { status: "pending", teamId: sent.teamId ?? teamId, createdAt: sent.sentAt };
      return { state: withSeen(invited, seen), emailed: true };
    } catch (error) {
      if (!isApiError(error)) throw error;
      const { mayHaveHappened, reason } = error;
      // "Already invited" has no code of its own in the vendor's reference, so any refusal is looked into; and so
      // is an answer that came from something else than the API.
      if (!mayHaveHappened && reason !== "rejected" && reason !== "wrong-address") throw error;
      // An invite whose reply was lost may also come to light when the next one is refused.
      replyLost ||= reason !== "rejected";
      const found = await session.lookUp(email).catch((cause) => {
        throw mayHaveHappened ? uncertain(email, error, cause) : cause;
      });
      if (found && !isOver(found.status)) {
        const seen = await session.withDetails(email, found);
        const sentNow = replyLost && !session.isFromBefore(seen.createdAt, sentAt);
        return { state: adopt(context, before, seen, { sentNow, ...options }), emailed: sentNow };
      }
      if (send >= (mayHaveHappened ? MAX_SENDS : isInvited(error) ? MAX_REFUSED : 1)) throw error;
      await session.backOff(send);
    }
  }
}

/** Whether the API refused an invite because the person has one: by its code, or by its words where the code is general. */
function isInvited({ reason, code, text }: ApiError): boolean {
  return reason === "rejected" && (code === "ALREADY_EXISTS" || /\balready invited\b/i.test(text));
}

async function adoptIfThere(context: Context, before: Known): Promise<Invited | undefined> {
  const found = await context.session.lookUp(before.email);
  if (!found || isOver(found.status)) return undefined;
  const seen = await context.session.withDetails(before.email, found);
  return { state: adopt(context, before, seen, { sentNow: false }), emailed: false };
}

/** Both the reply and the look-up failed: neither "invited" nor "not invited" would be true. */
function uncertain(email: string, lost: ApiError, failure: unknown): Error {
  if (!isApiError(failure)) return failure as Error;
  return new UserError(
    `It is not known whether ${email} was invited: the invite was sent without a usable answer (${answerText(lost)}), ` +
      `and the look-up failed too (${answerText(failure)}). Run the same command again: it finds the invite if there is one.`,
    { cause: lost },
  );
}

/** @param options.sentNow the invite is most likely the one that was sent just now, and its reply lost. */
function adopt(
  context: Context,
  before: Known,
  seen: FoundInvite,
  { sentNow, ours }: { sentNow: boolean; ours?: string },
): InviteState {
  const { email } = before;
  if (ours === undefined) {
    const decision = decide(
      undefined,
      { ...context.declaration(before), replyLost: sentNow },
      seen,
      context.now(),
    );
    if (decision.kind === "refuse") throw new UserError(decision.why);
    if (!sentNow) refuseDeclaredTwice(context, before);
  }
  const { isDirect } = context;
  context.log(adoptionLine(email, seen, before, { sentNow, ours, isDirect }));
  // What was known is about an invite before this one.
  return withSeen(sentNow ? { ...before, link: undefined, createdAt: undefined } : before, seen);
}

function refuseDeclaredTwice(context: Context, { email }: Known): void {
  const { organization, surroundings } = context;
  if (!organization || !ownership(organization, surroundings.peers.declarationsOf(email)).isTheirs) return;
  throw new UserError(
    `${email} is declared twice, by two providers that reach the same organization. A person has one invite in ` +
      "an organization: remove one of the two resources.",
  );
}
