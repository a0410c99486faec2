import { type InputFailure, UNKNOWN } from "../invite/inputs";
import { recordedTeam, type Team, teamNamed } from "../invite/team";
import { UserError } from "../user-error";
import type { Run } from "./run";

/** The team that a declaration means, as far as a preview can know it, or why it means none. */
export interface DeclaredTeam {
  teamId?: unknown;
  failure?: InputFailure;
}

/**
 * Finds the id of a team that is declared by its name. HeadshotPro is asked once in a run, and only if the state does
 * not say it; with a configuration that cannot be used it is not asked, which `check` reports anyway.
 *
 * @param olds the old checked inputs. @param inputs the new ones, without problems in them.
 */
export async function declaredTeam(
  run: Run,
  olds: Record<string, unknown>,
  { team, teamId }: Record<string, unknown>,
): Promise<DeclaredTeam> {
  if (typeof team !== "string" || run.organization === undefined) return { teamId };
  if (team === UNKNOWN) return { teamId: teamId ?? UNKNOWN };
  const recorded = recordedTeam(olds, team, run.organization);
  const found = recorded === undefined ? await lookedUp(run, team) : { id: recorded };
  const reason = found.problem ?? disagreement(team, found.id, teamId);
  return reason === undefined ? { teamId: found.id } : { failure: { property: "team", reason } };
}

/** See {@link InviteProvider.teamsToName}. */
export async function teamsToName(run: Run): Promise<readonly Team[] | undefined> {
  if (run.organization === undefined) return undefined;
  try {
    return await run.explained("the teams could not be listed", () => run.session.teamsOfRun());
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function lookedUp(run: Run, team: string): Promise<ReturnType<typeof teamNamed>> {
  try {
    const failed = `the team ${JSON.stringify(team)} could not be looked up by its name`;
    return teamNamed(team, await run.explained(failed, () => run.session.teamsOfRun()));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: `${error.message} Without the list of teams, give teamId instead of team.` };
  }
}

function disagreement(team: string, id: string | undefined, teamId: unknown): string | undefined {
  if (teamId === undefined || teamId === UNKNOWN || teamId === id) return undefined;
  return `the team ${JSON.stringify(team)} is ${id}, and teamId says ${teamId}: leave one of the two out`;
}
