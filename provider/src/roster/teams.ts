import { UNKNOWN } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import type { RecordedPerson } from "../invite/recorded-people";
import { plainName, type Team, teamNamed } from "../invite/team";
import { count } from "../text";
import { firstProblemLines } from "./problem-lines";
import type { RosterProblem } from "./types";

/** Somebody in a roster, with their row's team. */
interface Listed {
  email: string;
  where: string;
  team?: string | undefined;
  teamId?: string | undefined;
}

/** A team's name as a roster has it, and where. */
interface NamedTeam {
  where: string;
  team: string;
}

/**
 * The names of teams in a roster that the state does not have for the same person: an earlier run has found the others,
 * and they are not looked up again.
 *
 * @param defaults what everybody gets whose row says nothing.
 */
export function newTeamNames(
  members: readonly Listed[],
  defaults: Partial<InviteInputs> | null | undefined,
  recorded: readonly RecordedPerson[],
): NamedTeam[] {
  const known = new Set(recorded.map(({ email, team }) => keyOf(email, team)));
  const byDefault = defaults?.team ?? undefined;
  const isNew = (email: string, team: string | undefined) =>
    team !== undefined && team !== UNKNOWN && !known.has(keyOf(email, team));
  const rows = members.flatMap(({ email, team, where }) =>
    team !== undefined && isNew(email, team) ? [{ where, team }] : [],
  );
  const needsDefault = members.some(
    ({ email, team, teamId }) => team === undefined && teamId === undefined && isNew(email, byDefault),
  );
  return byDefault !== undefined && needsDefault ? [{ where: "defaults", team: byDefault }, ...rows] : rows;
}

/** Which of these names mean no team, or more than one. */
export function teamProblems(named: readonly NamedTeam[], teams: readonly Team[]): RosterProblem[] {
  return named.flatMap(({ where, team }) => {
    const { problem } = teamNamed(team, teams);
    return problem === undefined ? [] : [{ where, column: "team", value: team, reason: problem }];
  });
}

/** What to say of a roster with such names in it, a line each. */
export function teamRefusal(name: string, problems: RosterProblem[]): string {
  const lines = firstProblemLines(problems);
  return (
    `Nobody in the roster ${JSON.stringify(name)} is invited or revoked, because it is not clear which team is meant in ` +
    `${count(problems.length, "place", "places")}:\n  ${lines.join("\n  ")}`
  );
}

function keyOf(email: string, team: string | undefined): string {
  return JSON.stringify([email, plainName(team ?? "")]);
}
