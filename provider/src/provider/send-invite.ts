import type { FoundInvite } from "../api/session";
import { type HeadshotProError, isHeadshotProError } from "../client/headshotpro-error";
import { refusalToAdopt } from "../invite/adoption";
import { inputsOf } from "../invite/inputs";
import { type InviteState, withSeen } from "../invite/invite";
import { teamText } from "../invite/team";
import { UserError } from "../user-error";
import { ownership } from "./peers";
import type { Run } from "./run";

/** How often an invite is sent whose reply is lost and which the look-up then does not find. */
const MAX_SENDS = 3;

/** The result: `emailed` is false if an existing invite was adopted. */
interface Sent {
  state: InviteState;
  emailed: boolean;
}

/** What is known of the person before; `adopted` and `renewals` as they are if the invite is found. */
type Known = Omit<InviteState, "status">;

/**
 * Makes sure that a person is invited: sends the invite, and if the API says that there is one, or its reply
 * is lost, looks them up; a delete of theirs that is under way ends first. It never sends twice without a look in between that found nobody, so that no fault
 * makes a person get two e-mails.
 *
 * **The bound**: three invites, each with its look-up by GET and list; a look-up that fails ends it.
 *
 * @param options.ours if the stack has the person already, so that taking over is no question: what made it send
 * an invite all the same, as the user reads it if there is one.
 * @throws UserError if they are there and may not be taken over; HeadshotProError
 */
export async function sendInvite(run: Run, known: Known, options: { ours?: string } = {}): Promise<Sent> {
  await run.notes.left(known.email);
  const { email } = known;
  const sent = await run.limit.during(email, {
    act: () => sentOrFound(run, known, options),
    emailed: ({ emailed }) => emailed,
    actWithoutEmail: () => adoptedIfThere(run, known, options),
    failed: `${email} was not invited`,
  });
  run.notes.invited(email);
  return sent;
}

async function sentOrFound(run: Run, known: Known, options: { ours?: string }): Promise<Sent> {
  const { session, clock } = run;
  const { email, teamId } = known;
  let replyLost = false;
  // Of the first invite whose reply is lost: whatever was made clearly before it is somebody else's.
  let sentAt = clock.now();
  const noteSent = () => {
    if (!replyLost) sentAt = clock.now();
  };
  for (let send = 1; ; send++) {
    try {
      const sent = await session.invite(email, teamId, noteSent);
      const invited = { ...inputsOf(known), adopted: false, renewals: 0, link: sent.link };
      const inTeam = sent.teamId ?? teamId;
      const state = withSeen(invited, { status: "pending", teamId: inTeam, createdAt: sent.sentAt });
      return { state, emailed: true };
    } catch (error) {
      if (!isHeadshotProError(error)) throw error;
      const { mayHaveHappened, reason } = error;
      // "Already invited" has no code of its own in the vendor's reference, so any refusal is looked into; and so
      // is an answer that came from something else than the API.
      if (!mayHaveHappened && reason !== "rejected" && reason !== "wrong-address") throw error;
      // An invite whose reply was lost may also come to light when the next one is refused.
      replyLost ||= reason !== "rejected";
      const found = await session.lookUp(email).catch((cause) => {
        throw mayHaveHappened ? uncertain(email, error, cause) : cause;
      });
      if (found) {
        const seen = await session.withDetails(email, found);
        const sentNow = replyLost && !session.isFromBefore(seen.createdAt, sentAt);
        return { state: await adopt(run, known, seen, { sentNow, ...options }), emailed: sentNow };
      }
      if (!mayHaveHappened || send === MAX_SENDS) throw error;
      await session.backOff(send);
    }
  }
}

async function adoptedIfThere(run: Run, known: Known, options: { ours?: string }): Promise<Sent | undefined> {
  const found = await run.session.lookUp(known.email);
  if (!found) return undefined;
  const seen = await run.session.withDetails(known.email, found);
  return { state: await adopt(run, known, seen, { sentNow: false, ...options }), emailed: false };
}

/** Both the reply and the look-up failed: neither "invited" nor "not invited" would be true. */
function uncertain(email: string, lost: HeadshotProError, cause: unknown): Error {
  if (!isHeadshotProError(cause)) return cause as Error;
  return new UserError(
    `It is not known whether ${email} was invited: the invite was sent without a usable answer (${lost.text}), ` +
      `and the look-up failed too (${cause.text}). Run \`pulumi up\` again: it finds the invite if there is one.`,
    { cause },
  );
}

/** @param options.sentNow the invite is most likely the one that was sent just now, and its reply lost. */
async function adopt(
  run: Run,
  known: Known,
  seen: FoundInvite,
  { sentNow, ours }: { sentNow: boolean; ours?: string },
): Promise<InviteState> {
  const { email } = known;
  const adoptable = ours !== undefined || (known.adopt ?? run.session.settings.adopt);
  const refusal = refusalToAdopt(email, seen.status, adoptable, sentNow);
  if (refusal) throw new UserError(refusal);
  const declarations = run.surroundings.peers.declarationsOf(email);
  if (ours === undefined && !sentNow && ownership(run.organization ?? { key: "" }, declarations).isTheirs)
    throw new UserError(
      `${email} is declared twice, by two providers that reach the same organization. A person has one invite in ` +
        "an organization: remove one of the two resources.",
    );
  run.say(adoptionLine(email, seen, known, { sentNow, ours }));
  // What was known is about an invite before this one.
  const before = sentNow ? { ...known, link: undefined, createdAt: undefined } : known;
  return withSeen(before, seen);
}

function adoptionLine(
  email: string,
  { status, teamId }: FoundInvite,
  declared: Known,
  { sentNow, ours }: { sentNow: boolean; ours?: string },
): string {
  if (sentNow)
    return `${email}: the reply to the invite was lost; a look-up found it (${status}), so nothing was sent again`;
  if (ours !== undefined) return `${email} is invited (${status}) and stays so: ${ours}, no e-mail sent`;
  return `${email} was already invited (${status}): adopted, no e-mail sent${elsewhereLine(teamId, declared)}`;
}

function elsewhereLine(actual: string | undefined, declared: Known): string {
  if (declared.teamId === undefined || declared.teamId === actual) return "";
  return `; the invite is ${actual ? `in team ${actual}` : "without a team"}, so the next preview shows the move to ${teamText(declared)}`;
}
