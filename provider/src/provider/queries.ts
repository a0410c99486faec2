import type { Invite } from "../client/types";
import { readEmail } from "../invite/email";
import type { ListedPerson } from "../invite/people";
import type { Team } from "../invite/team";
import { UserError } from "../user-error";
import type { Context } from "./context";

/** One person's invite now, in any spelling of the address; undefined if nobody has invited them. @throws UserError */
export async function getInvite(context: Context, address: unknown): Promise<Invite | undefined> {
  const { email, problem } = readEmail(String(address));
  if (email === undefined)
    throw new UserError(`getInvite: ${JSON.stringify(address)} is not an e-mail address: ${problem}.`);
  return context.explained(`${email} could not be looked up`, context.session.person(email));
}

/** Everyone who is invited now, or those with a status or in a team, sorted by address. @throws UserError */
export async function getInvites(
  context: Context,
  { status, teamId }: { status?: string; teamId?: string },
): Promise<{ invites: ListedPerson[]; unreadable: number }> {
  const failed = "The people of the organization could not be listed";
  const statuses = status === undefined ? undefined : [status];
  return context.explained(failed, context.session.people({ statuses, teamId }));
}

/** The organization's teams now, sorted by name. @throws UserError */
export async function getTeams(context: Context): Promise<{ teams: Team[] }> {
  return context.explained("The teams of the organization could not be listed", context.session.teams());
}
