/**
 * The moves into other teams that this run has planned: `diff` tells, `delete` asks.
 *
 * A move takes the old invite away and then sends a new one. Where an earlier run got as far as the new invite
 * and was killed before the state was written, the next run plans the same move again; without this note its
 * `delete` would take the new invite for the old one, and the person would get a second e-mail.
 */
const planned = new Map<string, string>();

export function planMove(email: string, teamId: string | undefined): void {
  if (teamId !== undefined) planned.set(email, teamId);
}

/** Whether this run takes her invite away in order to send another. */
export function isMoving(email: string): boolean {
  return planned.has(email);
}

/** Whether the invite that is there is the one that the planned move would send. */
export function isMovedAlready(email: string, found: { teamId?: string }): boolean {
  return found.teamId !== undefined && planned.get(email) === found.teamId;
}
