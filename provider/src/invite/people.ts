import { type CanonicalEmail, personOf } from "./email";
import { isOver, mayHaveHeadshots } from "./guard";

/** Somebody in the list of everyone: the entry that stands for them, and how many live ones they have. */
export type Person<T> = T & { liveEntries: number };

/**
 * Everyone of a list, by {@link personOf} their address, each with the entry that stands for them: the API may
 * spell an address in its own way and may keep several entries for one. Of the live ones one with headshots speaks
 * for the person, because a revoke by address may delete them; else the newest does.
 */
export function peopleByEmail<T extends Ranked & { email: string }>(
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

interface Ranked {
  status: string;
  modelId?: string;
  createdAt?: string;
}

function wins(entry: Ranked, other: Ranked): boolean {
  const rank = rankOf(entry) - rankOf(other);
  return (
    rank > 0 || (rank === 0 && Date.parse(entry.createdAt ?? "") > (Date.parse(other.createdAt ?? "") || 0))
  );
}

function rankOf(entry: Ranked): number {
  if (isOver(entry.status)) return 0;
  return mayHaveHeadshots(entry) ? 2 : 1;
}
