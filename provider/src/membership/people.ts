import { readEmail } from "./email";
import { isOver } from "./status";

/**
 * Everyone of a list, by {@link personOf} their address, each with the entry that stands for her: the API may
 * spell an address in its own way and may keep several entries for one. A live one wins, then the newest.
 */
export function peopleByEmail<T extends { email: string; status: string; createdAt?: string }>(
  entries: readonly T[],
): Map<string, T> {
  const people = new Map<string, T>();
  for (const entry of entries) {
    const person = personOf(entry.email);
    const other = people.get(person);
    if (other === undefined || wins(entry, other)) people.set(person, entry);
  }
  return people;
}

function wins(entry: { status: string; createdAt?: string }, other: typeof entry): boolean {
  const over = Number(isOver(entry.status)) - Number(isOver(other.status));
  return over < 0 || (over === 0 && timeOf(entry) > timeOf(other));
}

/** Who an address means: its canonical form, or as it stands where the API has one that we would not take. */
export function personOf(email: string): string {
  return readEmail(email).email ?? email;
}

function timeOf(entry: { createdAt?: string }): number {
  return Date.parse(entry.createdAt ?? "") || 0;
}
