import type { Command } from "commander";
import { type ListedPerson, listedPeople, type PeopleFilter } from "../invite/people";
import { firstOf } from "../text";
import { usageError } from "./errors";

export interface FilterFlags {
  status?: string[];
  team?: string;
}

/** Adds the options that choose among the people of an organization. */
export function withFilters(command: Command): Command {
  return command
    .option("--status <list>", "only these statuses, such as pending,accepted", (text) =>
      text.split(",").map((status) => status.trim()),
    )
    .option("--team <id>", "only people in this team");
}

/** The people whom the flags choose, sorted by address. @throws CommandError if they name what nobody has */
export function choosePeople(
  everyone: ReadonlyMap<string, ListedPerson>,
  flags: FilterFlags,
): ListedPerson[] {
  const filter = { statuses: flags.status, teamId: flags.team };
  const problem = filterProblem([...everyone.values()], filter);
  if (problem) throw usageError(problem);
  return listedPeople(everyone, filter);
}

/** The statuses that the list may show: nobody in it is revoked. */
const LISTED = ["pending", "accepted", "uploading", "generating", "completed", "deleted"];
const KNOWN = [...LISTED, "revoked"];

/** How many teams a message names. */
const NAMED = 10;

/**
 * What is wrong with a filter that names a status or a team which nobody has: "0 people" would be the answer to a
 * misspelling. Undefined if nothing is wrong.
 *
 * @example
 * filterProblem(people, { statuses: ["bogus"] });
 * // 'nobody has the status "bogus"; there are pending, accepted, uploading, generating, completed, deleted.'
 */
export function filterProblem(
  people: readonly ListedPerson[],
  { statuses = [], teamId }: PeopleFilter,
): string | undefined {
  const present = new Map(people.map(({ status }) => [status.toLowerCase(), status]));
  const unknown = statuses
    .map((status) => [status, status.toLowerCase()] as const)
    .find(([, status]) => !KNOWN.includes(status) && !present.has(status));
  if (unknown) {
    const others = [...present.values()].filter((status) => !KNOWN.includes(status)).sort();
    return `nobody has the status ${JSON.stringify(unknown[0])}; there are ${[...LISTED, ...others].join(", ")}.`;
  }
  if (teamId === undefined || people.some((person) => person.teamId === teamId)) return undefined;
  return `nobody is in a team ${JSON.stringify(teamId)}; ${teamsText(people)}.`;
}

function teamsText(people: readonly ListedPerson[]): string {
  const named = people.flatMap(({ teamId, teamName }) =>
    teamId ? [teamName ? `${teamId} (${teamName})` : teamId] : [],
  );
  const teams = [...new Set(named)].sort();
  if (teams.length === 0) return "nobody is in any team";
  return `people are in ${firstOf(teams, NAMED)}`;
}
