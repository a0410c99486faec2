import { type CanonicalEmail, readEmail } from "./email";
import { hasHeadshots, isOver } from "./status";

/** Somebody in the list of everyone: the entry that stands for them, and how many live ones they have. */
export type Person<T> = T & { liveEntries: number };

/**
 * Everyone of a list, by {@link personOf} their address, each with the entry that stands for them: the API may
 * spell an address in its own way and may keep several entries for one. Of the live ones one with headshots speaks
 * for the person, because a revoke by address may delete them; else the newest does.
 */
export function peopleByEmail<T extends { email: string; status: string; createdAt?: string }>(
  entries: readonly T[],
): Map<CanonicalEmail, Person<T>> {
  const people = new Map<CanonicalEmail, Person<T>>();
  for (const entry of entries) {
    const person = personOf(entry.email);
    const other = people.get(person);
    const liveEntries = (other?.liveEntries ?? 0) + Number(!isOver(entry.status));
    people.set(person, { ...(other === undefined || wins(entry, other) ? entry : other), liveEntries });
  }
  return people;
}

function wins(entry: { status: string; createdAt?: string }, other: typeof entry): boolean {
  const rank = rankOf(entry.status) - rankOf(other.status);
  return rank > 0 || (rank === 0 && timeOf(entry) > timeOf(other));
}

function rankOf(status: string): number {
  if (isOver(status)) return 0;
  return hasHeadshots(status) ? 2 : 1;
}

/** Who an address means: its canonical form, or in lower case if the API has one that we would not take. */
export function personOf(email: string): CanonicalEmail {
  return readEmail(email).email ?? (email.trim().toLowerCase() as CanonicalEmail);
}

function timeOf(entry: { createdAt?: string }): number {
  return Date.parse(entry.createdAt ?? "") || 0;
}
