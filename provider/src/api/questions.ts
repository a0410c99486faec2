import type { CanonicalEmail } from "../invite/email";
import { type ListedPerson, listedPeople, type PeopleFilter } from "../invite/listed-people";
import type { Team } from "../invite/team";
import type { Session } from "./session";

/** What GET tells of one person: the date of the invite and the team's name only a list tells. */
export interface FoundPerson {
  email: string;
  status: string;
  modelId?: string;
  teamId?: string;
}

/**
 * One person's invite as it is now; undefined if they were never invited, or their invite was revoked.
 *
 * @throws HeadshotProError
 */
export async function personNow(session: Session, email: CanonicalEmail): Promise<FoundPerson | undefined> {
  const found = await session.lookUp(email);
  return found && { email, status: found.status, modelId: found.modelId, teamId: found.teamId };
}

/** Everyone with a live invite, and those who are `deleted`, whom a filter lets pass; and how many rows of the list cannot be read. */
export async function peopleNow(
  session: Session,
  filter: PeopleFilter,
): Promise<{ invites: ListedPerson[]; unreadable: number }> {
  const { people, unreadable } = await session.everyone();
  return { invites: listedPeople(people, filter), unreadable };
}

/** The organization's teams as they are now, sorted by name. */
export async function teamsNow(session: Session): Promise<{ teams: Team[] }> {
  const teams = await session.teams();
  return { teams: [...teams].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
