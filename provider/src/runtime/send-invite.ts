import { type HeadshotProError, isHeadshotProError } from "../client";
import { refusalToAdopt } from "../membership/adoption";
import { dated, type InviteInputs, type InviteState, inputsOf, withSeen } from "../membership/invite";
import type { FoundInvite, Session } from "../session/session";
import { VerbError } from "./verb-error";

/** How often an invite is sent whose reply is lost and which the look-up then does not find. */
const MAX_SENDS = 3;

/** What came of it: `emailed` is false where somebody else's invite was taken over. */
interface Sent {
  state: InviteState;
  emailed: boolean;
}

/**
 * Makes sure that a person is invited: sends the invite, and where the API says that there is one, or its reply
 * is lost, looks her up. It never sends twice without a look in between that found nobody, so that no fault
 * makes a person get two e-mails.
 *
 * **The bound**: three invites, each with its look-up by GET and list; a look-up that fails ends it.
 *
 * @throws VerbError where she is there and may not be taken over; HeadshotProError
 */
export async function sendInvite(session: Session, inputs: InviteInputs): Promise<Sent> {
  const { email, teamId } = inputs;
  let replyLost = false;
  for (let send = 1; ; send++) {
    try {
      const sent = await session.invite(email, teamId);
      const state = dated({
        ...inputsOf(inputs),
        teamId: sent.teamId ?? teamId,
        status: "pending",
        createdAt: sent.sentAt,
        adopted: false,
        renewals: 0,
        link: sent.link,
        inviteId: sent.inviteId,
      });
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
      if (found) return { state: await adopt(session, inputs, found, replyLost), emailed: replyLost };
      if (!mayHaveHappened || send === MAX_SENDS) throw error;
      await session.backOff(send);
    }
  }
}

/** Both the reply and the look-up failed: neither "invited" nor "not invited" would be true. */
function uncertain(email: string, lost: HeadshotProError, cause: unknown): Error {
  if (!isHeadshotProError(cause)) return cause as Error;
  return new VerbError(
    `It is not known whether ${email} was invited: the invite was sent without a usable answer (${lost.text}), ` +
      `and the look-up failed too (${cause.text}). Run \`pulumi up\` again: it finds the invite if there is one.`,
    { cause },
  );
}

async function adopt(
  session: Session,
  inputs: InviteInputs,
  found: FoundInvite,
  replyLost: boolean,
): Promise<InviteState> {
  const { email, teamId } = inputs;
  const refusal = refusalToAdopt(email, found.status, inputs.adopt ?? session.settings.adopt, replyLost);
  if (refusal) throw new VerbError(refusal);
  const seen = await session.withDetails(email, found);
  session.say(
    replyLost
      ? `${email}: the reply to the invite was lost; a look-up found it (${seen.status}), so nothing was sent again`
      : `${email} was already invited (${seen.status}): adopted, no e-mail sent${elsewhere(seen.teamId, teamId)}`,
  );
  return withSeen({ ...inputsOf(inputs), adopted: true, renewals: 0 }, seen);
}

function elsewhere(actual: string | undefined, declared: string | undefined): string {
  if (declared === undefined || declared === actual) return "";
  return `; the invite is ${actual ? `in team ${actual}` : "without a team"}, so the next preview shows the move to ${declared}`;
}
