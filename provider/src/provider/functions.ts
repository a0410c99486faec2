import { type FoundPerson, peopleNow, personNow, teamsNow } from "../api/questions";
import { readEmail } from "../invite/email";
import type { ListedPerson } from "../invite/listed-people";
import type { Team } from "../invite/team";
import { UserError } from "../user-error";
import type { Run } from "./run";

/** See {@link InviteProvider.getInvite}. */
export async function getInvite(run: Run, address: unknown): Promise<FoundPerson | undefined> {
  const { email, problem } = readEmail(String(address));
  if (email === undefined)
    throw new UserError(`getInvite: ${JSON.stringify(address)} is not an e-mail address: ${problem}.`);
  return run.explained(`${email} could not be looked up`, () => personNow(run.session, email));
}

/** See {@link InviteProvider.getInvites}. */
export function getInvites(
  run: Run,
  { status, teamId }: { status?: string; teamId?: string },
): Promise<{ invites: ListedPerson[]; unreadable: number }> {
  const statuses = status === undefined ? undefined : [status];
  const ask = () => peopleNow(run.session, { statuses, teamId });
  return run.explained("The people of the organization could not be listed", ask);
}

/** See {@link InviteProvider.getTeams}. */
export function getTeams(run: Run): Promise<{ teams: Team[] }> {
  return run.explained("The teams of the organization could not be listed", () => teamsNow(run.session));
}
