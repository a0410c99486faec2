import type { Invite } from "../client/types";
import type { CanonicalEmail } from "../invite/email";
import { type ListedPerson, listedPeople, type PeopleFilter } from "../invite/people";
import type { Team } from "../invite/team";
import type { Session } from "./session";

/**
 * One person's invite as it is now; undefined if they were never invited, or their invite was revoked. The date of the
 * invite and the team's name only {@link peopleNow} tells.
 *
 * @throws ApiError
 */
export async function personNow(session: Session, email: CanonicalEmail): Promise<Invite | undefined> {
  const found = await session.lookUp(email);
  return found && { ...found, email };
}

/** Everyone with a live invite, and those who are `deleted`, whom a filter lets pass; and how many rows cannot be read. */
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
