import { firstOf } from "../text";

/** What a filter looks at. */
interface Somebody {
  status: string;
  teamId?: string;
  teamName?: string;
}

/** Whom to tell of; what is left out says nothing. */
export interface PeopleFilter {
  /** In any case. */
  statuses?: readonly string[];
  teamId?: string;
}

/** Those whom the list may show: whoever is revoked or deleted is not in it. */
const SHOWN = ["pending", "accepted", "uploading", "generating", "completed"];
const KNOWN = [...SHOWN, "revoked", "deleted"];

/** How many teams a message names. */
const NAMED = 10;

/** Whether the filter lets a person pass. */
export function passes({ status, teamId }: Somebody, filter: PeopleFilter): boolean {
  const wanted = filter.statuses?.map((one) => one.toLowerCase());
  return (
    (wanted === undefined || wanted.includes(status.toLowerCase())) &&
    (filter.teamId === undefined || filter.teamId === teamId)
  );
}

/**
 * What is wrong with a filter: it names a status or a team that nobody has, so "nobody" would be the answer to a
 * misspelling. Undefined if nothing is.
 *
 * @example
 * filterProblem(everyone, { statuses: ["bogus"] });
 * // 'nobody has the status "bogus"; there are pending, accepted, uploading, generating, completed.'
 */
export function filterProblem(
  everyone: Iterable<Somebody>,
  { statuses = [], teamId }: PeopleFilter,
): string | undefined {
  const people = [...everyone];
  const there = new Map(people.map(({ status }) => [status.toLowerCase(), status]));
  const unknown = statuses.find((one) => !KNOWN.includes(one.toLowerCase()) && !there.has(one.toLowerCase()));
  if (unknown !== undefined)
    return `nobody has the status ${JSON.stringify(unknown)}; there are ${offered(there.values()).join(", ")}.`;
  if (teamId === undefined || people.some((person) => person.teamId === teamId)) return undefined;
  return `nobody is in a team ${JSON.stringify(teamId)}; ${teamsOf(people)}.`;
}

function offered(there: Iterable<string>): string[] {
  return [...SHOWN, ...[...there].filter((status) => !KNOWN.includes(status)).sort()];
}

function teamsOf(people: readonly Somebody[]): string {
  const teams = new Map<string, string>();
  for (const { teamId, teamName } of people)
    if (teamId) teams.set(teamId, teamName ? `${teamId} (${teamName})` : teamId);
  if (teams.size === 0) return "nobody is in any team";
  return `people are in ${firstOf([...teams.values()].sort(), NAMED)}`;
}
