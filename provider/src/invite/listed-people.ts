import { expiryOf } from "./invite";
import { type PeopleFilter, passes } from "./people-filter";

/** What the list of everyone tells of a person. */
export interface ListedPerson {
  /** Canonical. */
  email: string;
  status: string;
  modelId?: string;
  teamId?: string;
  teamName?: string;
  /** When the invite was sent: ISO 8601. */
  createdAt?: string;
  /** When the link stops working: ISO 8601. Only while the invite is pending. */
  expiresAt?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_DAYS = 7;

/** Everyone of a list that the filter lets pass, sorted by address. */
export function listedPeople(
  everyone: ReadonlyMap<string, ListedPerson>,
  filter: PeopleFilter = {},
): ListedPerson[] {
  return [...everyone]
    .filter(([, person]) => passes(person, filter))
    .map(([email, { status, modelId, teamId, teamName, createdAt }]) => {
      const expiresAt = status === "pending" ? expiryOf(createdAt) : undefined;
      return { email, status, modelId, teamId, teamName, createdAt, expiresAt };
    })
    .sort((a, b) => (a.email < b.email ? -1 : 1));
}

/** How soon a link ends, for the eye. */
export function expiryState(person: ListedPerson, now: Date): "expired" | "soon" | "later" | undefined {
  if (person.expiresAt === undefined) return undefined;
  const left = Date.parse(person.expiresAt) - now.getTime();
  if (left <= 0) return "expired";
  return left <= SOON_DAYS * DAY_MS ? "soon" : "later";
}

/**
 * One line on many people.
 *
 * @example
 * summaryLine(people, new Date()); // "3 people: 2 pending, 1 completed; 1 invite expires within 7 days"
 */
export function summaryLine(people: readonly ListedPerson[], now: Date): string {
  const statuses = countBy(people.map(({ status }) => status));
  const counts = [...statuses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([status, n]) => `${n} ${status}`);
  const expiries = countBy(people.map((person) => expiryState(person, now)));
  const soon = expiries.get("soon") ?? 0;
  const expired = expiries.get("expired") ?? 0;
  return [
    `${count(people.length, "person", "people")}${counts.length ? `: ${counts.join(", ")}` : ""}`,
    ...(expired ? [`${count(expired, "invite has", "invites have")} expired`] : []),
    ...(soon ? [`${count(soon, "invite expires", "invites expire")} within ${SOON_DAYS} days`] : []),
  ].join("; ");
}

/**
 * That a list is not whole, as the start of a sentence; undefined if it is.
 *
 * @param unreadable how many of its rows cannot be read.
 * @example
 * unreadableRows(1); // "1 row of HeadshotPro's list of people cannot be read"
 */
export function unreadableRows(unreadable: number): string | undefined {
  if (unreadable === 0) return undefined;
  return `${count(unreadable, "row", "rows")} of HeadshotPro's list of people cannot be read`;
}

/** @example count(1, "person", "people"); // "1 person" */
export function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

function countBy<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
