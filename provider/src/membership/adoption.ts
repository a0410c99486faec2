import { hasHeadshots } from "./status";

/**
 * Why a person who was found already invited is not taken over, or undefined where she is.
 *
 * @param adopt what the program (or the configuration) says; undefined takes over unused invites only.
 * @param replyLost our own invite to her was sent and its reply was lost: then an unused invite is most likely
 *   that one, and refusing it would leave behind an invite that no stack knows of.
 */
export function refusalToAdopt(
  email: string,
  status: string,
  adopt: boolean | undefined,
  replyLost: boolean,
): string | undefined {
  if (hasHeadshots(status) && adopt !== true)
    return (
      `${email} is already in the organization and has headshots (${status}), so this stack does not take over: ` +
      "a later destroy would be about real headshots. To manage this person: adopt: true. " +
      "To leave the person alone: remove the resource from the program."
    );
  if (adopt === false && !replyLost)
    return (
      `${email} is already invited (${status}), and adopt: false forbids to take over. ` +
      "To manage this person: leave adopt out. To send a new invite: revoke the old one first."
    );
  return undefined;
}
