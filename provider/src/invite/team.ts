import { codePoint, firstOf, nearest, quote } from "../text";
import { UNKNOWN } from "./inputs";
import { isInOrganization, type Organization } from "./organization";

/** A team of the organization. */
export interface Team {
  id: string;
  /** As HeadshotPro's dashboard shows it. */
  name: string;
}

/** How many of them a message names. */
const NAMED = 50;

/** A name as names are compared: letter case and outer spaces make no difference, and any white space is one blank. */
export function plainName(name: string): string {
  return name.trim().replace(/\s+/gu, " ").normalize("NFC").toLowerCase();
}

/**
 * The id of the team that a program names. What is no team's name may be a team's id: so a column of ids that is
 * called `Team` works, too.
 *
 * @returns a problem, as the end of a sentence, if no team or more than one has the name.
 * @example
 * teamNamed(" marketing", [{ id: "team_xyz789", name: "Marketing" }]); // { id: "team_xyz789" }
 */
export function teamNamed(
  asked: string,
  teams: readonly Team[],
): { id: string; problem?: undefined } | { id?: undefined; problem: string } {
  const [found, ...others] = teams.filter(({ name }) => plainName(name) === plainName(asked));
  if (found && others.length > 0) {
    const same = [found, ...others].map(({ id, name }) => `${id} (${quote(name)})`).join(" and ");
    return { problem: `the teams ${same} both have this name; say which one with teamId` };
  }
  const byId = teams.find(({ id }) => id === asked.trim());
  const team = found ?? byId;
  return team ? { id: team.id } : { problem: unknownTeam(asked, teams) };
}

/** Whether a team is meant by a name, or by its id in the place of a name. */
export function isNamed(asked: string, { id, name }: Team): boolean {
  return plainName(name) === plainName(asked) || id === asked.trim();
}

/** What to say of a name or an id that no team has: the end of a sentence. */
export function unknownTeam(asked: string, teams: readonly Team[]): string {
  const none = `the organization has no team ${quote(asked)}`;
  if (teams.length === 0) return `${none}, and no other either. HeadshotPro's dashboard makes teams`;
  const names = teams.map(({ name }) => name).sort();
  const nearName = nearest(plainName(asked), names);
  const nearId = nearest(
    asked,
    teams.map(({ id }) => id),
  );
  const near = nearName === undefined ? nearId : quote(nearName) + difference(asked, nearName);
  return `${none}; ${near === undefined ? "" : `did you mean ${near}? `}there are ${firstOf(names.map(quote), NAMED)}`;
}

/** What tells two names apart that look the same: a character that cannot be seen, or one of another script. */
function difference(asked: string, name: string): string {
  const [here, there] = [oddIn(asked, name), oddIn(name, asked)];
  if (here !== undefined) return ` (yours has ${here} in it)`;
  return there === undefined ? "" : ` (that one has ${there} in it)`;
}

function oddIn(name: string, other: string): string | undefined {
  const odd = /[\p{C}\p{Default_Ignorable_Code_Point}]|(?!\p{Script=Latin})[^\0-\x7F\s]/u;
  const found = [...name].find((character) => odd.test(character) && !other.includes(character));
  return found && codePoint(found);
}

/**
 * The id that an earlier run has found for a name, from the old checked inputs: undefined if the name is another one,
 * or if it was looked for in another organization.
 */
export function recordedTeam(
  previous: Record<string, unknown>,
  name: string,
  organization: Organization,
): string | undefined {
  const { team, teamId, __organization: mark } = previous;
  if (typeof team !== "string" || typeof teamId !== "string" || typeof mark !== "string") return undefined;
  const same = plainName(team) === plainName(name) && isInOrganization(mark, organization);
  return same ? teamId : undefined;
}

/** A declared team for messages: by its name, if the program names it. @example 'team "Marketing" (team_xyz789)' */
export function teamText({ team, teamId }: { team?: string; teamId?: string }): string {
  return team === undefined || team === UNKNOWN ? `team ${teamId}` : `team ${quote(team)} (${teamId})`;
}
