import { hasHeadshots } from "./status";

/**
 * Why a person who was found already invited is not adopted, or undefined if they are.
 *
 * @param adopt what the program (or the configuration) says; undefined adopts unused invites only.
 * @param replyLost our own invite to them was sent and its reply was lost: then an unused invite is most likely
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
      `${email} is already in the organization and has headshots (${status}), so this stack does not adopt them: ` +
      "a later destroy would concern real headshots. To manage this person: set adopt: true. " +
      "To leave the person alone: remove the resource from the program."
    );
  if (adopt === false && !replyLost)
    return (
      `${email} is already invited (${status}), and adopt: false does not allow this stack to adopt them. ` +
      "To manage this person: leave adopt out. To send a new invite: revoke the old one first."
    );
  return undefined;
}
