import { count } from "../text";
import { expiryOf } from "./invite";

/** What the list of everyone shows of a person. */
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

/** Which people of a list are wanted; what is left out excludes nobody. */
export interface PeopleFilter {
  /** In any case. */
  statuses?: readonly string[];
  teamId?: string;
}

/** Everyone of a list whom the filter lets pass, sorted by address. */
export function listedPeople(
  everyone: ReadonlyMap<string, ListedPerson>,
  { statuses, teamId: wantedTeam }: PeopleFilter = {},
): ListedPerson[] {
  const wanted = statuses?.map((status) => status.toLowerCase());
  return [...everyone]
    .filter(([, { status }]) => wanted === undefined || wanted.includes(status.toLowerCase()))
    .filter(([, { teamId }]) => wantedTeam === undefined || wantedTeam === teamId)
    .map(([email, { status, modelId, teamId, teamName, createdAt }]) => {
      const expiresAt = status === "pending" ? expiryOf(createdAt) : undefined;
      return { email, status, modelId, teamId, teamName, createdAt, expiresAt };
    })
    .sort((a, b) => (a.email < b.email ? -1 : 1));
}

/**
 * How many people have each status, sorted by its name.
 *
 * @example
 * countByStatus(["pending", "completed", "pending"]); // { completed: 1, pending: 2 }
 */
export function countByStatus(statuses: readonly string[]): Record<string, number> {
  const counted = new Map<string, number>();
  for (const status of [...statuses].sort()) counted.set(status, (counted.get(status) ?? 0) + 1);
  return Object.fromEntries(counted);
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
