import { linkOf, type StoredInvite } from "./invite";

export function createBody(invite: Pick<StoredInvite, "id" | "email" | "teamId">): object {
  const { id, email, teamId } = invite;
  // `input` carries the address alone, as in the vendor's example of a create with a team.
  return { input: { email }, message: "Invite sent", link: linkOf(invite), id, teamId };
}

export function getBody(invite: Shown): object {
  return { invite: { email: invite.email, ...shown(invite) } };
}

export function revokeBody(email: string): object {
  return { message: "Invite revoked", input: { email } };
}

export const ASSIGNED = { message: "Members assigned to the team" };
export const TEAM_DELETED = { message: "Team deleted" };

/** A row of the list. */
export function rowOf(invite: StoredInvite, teams: ReadonlyMap<string, string>): object {
  return {
    email: invite.email,
    ...shown(invite),
    teamName: invite.teamId === null ? null : (teams.get(invite.teamId) ?? null),
    createdAt: invite.createdAt,
  };
}

/** Rows that no reader can take for an invite: nothing, no address, and what is not an address or no object. */
export function unreadableRows(count: number): unknown[] {
  const kinds = [null, { status: "pending", teamId: null }, { email: 7, status: "pending" }, "row", []];
  return Array.from({ length: count }, (_, n) => kinds[n % kinds.length]);
}

type Shown = Pick<StoredInvite, "email" | "status" | "teamId" | "modelId">;

/** What both GETs show. `modelId` is absent, not null, while there is none. */
function shown({ status, modelId, teamId }: Shown): object {
  return { status, ...(modelId !== undefined && { modelId }), teamId };
}
