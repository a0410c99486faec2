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
  return entries
    .filter((entry) => readEmail(entry.email).email === email)
    .sort((a, b) => Number(isOver(a.status)) - Number(isOver(b.status)) || timeOf(b) - timeOf(a))[0];
}

function timeOf(entry: { createdAt?: string }): number {
  return Date.parse(entry.createdAt ?? "") || 0;
}
