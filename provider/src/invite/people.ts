import { count, firstOf } from "../text";
import { type CanonicalEmail, personOf } from "./email";
import { isOver, mayHaveHeadshots } from "./headshots-guard";
import { expiryOf } from "./invite";

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

/** The statuses in the list, which leaves out revoked invites. */
const LISTED = ["pending", "accepted", "uploading", "generating", "completed", "deleted"];
const KNOWN = [...LISTED, "revoked"];

/** How many teams a message names. */
const NAMED = 10;

/**
 * What is wrong with a filter that names a status or a team of nobody: a misspelling would find "0 people".
 *
 * @example
 * filterProblem(people, { statuses: ["bogus"] });
 * // 'nobody has the status "bogus"; there are pending, accepted, uploading, generating, completed, deleted.'
 */
export function filterProblem(
  people: readonly ListedPerson[],
  { statuses = [], teamId }: PeopleFilter,
): string | undefined {
  const present = [...new Set(people.map(({ status }) => status))];
  const known = [...KNOWN, ...present].map((status) => status.toLowerCase());
  const unknown = statuses.find((status) => !known.includes(status.toLowerCase()));
  if (unknown !== undefined) {
    const others = present.filter((status) => !KNOWN.includes(status)).sort();
    return `nobody has the status ${JSON.stringify(unknown)}; there are ${[...LISTED, ...others].join(", ")}.`;
  }
  if (teamId === undefined || people.some((person) => person.teamId === teamId)) return undefined;
  const named = people.flatMap(({ teamId, teamName }) =>
    teamId ? [teamName ? `${teamId} (${teamName})` : teamId] : [],
  );
  const teams = [...new Set(named)].sort();
  const found = teams.length > 0 ? `people are in ${firstOf(teams, NAMED)}` : "nobody is in any team";
  return `nobody is in a team ${JSON.stringify(teamId)}; ${found}.`;
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
