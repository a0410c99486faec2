import { readEmail } from "./email";
import { isOver } from "./status";

/**
 * The entry of a list that stands for a person: the API may spell her address in its own way and may keep
 * several entries for one address. A live one wins, then the newest.
 */
export function entryOf<T extends { email: string; status: string; createdAt?: string }>(
  entries: readonly T[],
  email: string,
): T | undefined {
  const person = personOf(email);
  return entries
    .filter((entry) => personOf(entry.email) === person)
    .sort((a, b) => Number(isOver(a.status)) - Number(isOver(b.status)) || timeOf(b) - timeOf(a))[0];
}

/** Who an address means: its canonical form, or as it stands where the API has one that we would not take. */
export function personOf(email: string): string {
  return readEmail(email).email ?? email;
}

function timeOf(entry: { createdAt?: string }): number {
  return Date.parse(entry.createdAt ?? "") || 0;
}
