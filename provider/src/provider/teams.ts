import type { Session } from "../api/session";
import { isApiError } from "../client/errors";
import { type InputFailure, UNKNOWN } from "../invite/inputs";
import type { Organization } from "../invite/organization";
import { isNamed, recordedTeam, type Team, teamNamed, unknownTeam } from "../invite/team";
import { quote } from "../text";
import { UserError } from "../user-error";

/** What the API is asked by: the run's context. */
export interface Asking {
  readonly organization: Organization | undefined;
  readonly session: Session;
  explained<T>(failed: string, doing: Promise<T>, teamId?: string): Promise<T>;
}

/** The team that a declaration means, as far as a preview can know it, or why it means none. */
export interface DeclaredTeam {
  teamId?: unknown;
  failure?: InputFailure;
  /** Why the declared name does not count, and the person stays where the state has them. */
  passedOver?: string;
}

/** The failures of a list that say that this key cannot have it. */
const NO_LIST = ["forbidden", "not-found", "wrong-address"];

/** The organization's teams as this run first saw them: one request, and only for a team that is new to somebody. */
export class Teams {
  private known?: readonly Team[];

  constructor(private readonly context: Asking) {}

  /**
   * Finds the team that is declared, by its name or its id. With a configuration that cannot be used nobody is asked,
   * and `check` reports that anyway.
   *
   * @param olds the old checked inputs. @param inputs the new ones, without problems in them.
   */
  async declared(olds: Record<string, unknown>, inputs: Record<string, unknown>): Promise<DeclaredTeam> {
    const { team, teamId } = inputs;
    const { organization } = this.context;
    if (organization === undefined) return { teamId };
    if (typeof team !== "string") return this.declaredById(olds, teamId);
    if (team === UNKNOWN) return { teamId: teamId ?? UNKNOWN };
    const recorded = recordedTeam(olds, team, organization);
    const found = recorded === undefined ? await this.named(team) : { id: recorded };
    if (found.problem !== undefined) return { failure: { property: "team", reason: found.problem } };
    const differs = teamId !== undefined && teamId !== UNKNOWN && teamId !== found.id;
    if (!differs) return { teamId: found.id };
    const both = `the team ${quote(team)} is ${found.id}, and teamId says ${teamId}`;
    // `ignoreChanges` puts the state's id beside the name, and the engine does not tell that it did.
    if (teamId === olds.teamId) return { teamId, passedOver: both };
    return { failure: { property: "team", reason: `${both}: leave one of the two out` } };
  }

  private async declaredById(olds: Record<string, unknown>, teamId: unknown): Promise<DeclaredTeam> {
    if (typeof teamId !== "string" || teamId === UNKNOWN || teamId === olds.teamId) return { teamId };
    // What else is wrong with the API or the key, the operation that needs it reports.
    const teams = await this.list(({ id }) => id === teamId).catch(() => undefined);
    const known = teams === undefined || teams.some(({ id }) => id === teamId);
    return known ? { teamId } : { failure: { property: "teamId", reason: unknownTeam(teamId, teams) } };
  }

  /** All of them; undefined if the configuration cannot be used, or they cannot be listed: `check` refuses that. */
  async toName(names: readonly string[]): Promise<readonly Team[] | undefined> {
    if (this.context.organization === undefined) return undefined;
    return this.list(...names.map((name) => (team: Team) => isNamed(name, team))).catch((error) => {
      if (isApiError(error)) return undefined;
      throw error;
    });
  }

  /**
   * Makes sure that a team is there before somebody is moved to it. Where this key may not list teams nothing is known
   * against it.
   *
   * @param failed what does not happen else, as the start of a sentence.
   * @throws UserError
   */
  async requireKnown(teamId: string, failed: string): Promise<void> {
    const teams = await this.context.explained(failed, this.listUnlessForbidden(teamId));
    this.known = teams;
    if (teams && !teams.some(({ id }) => id === teamId))
      throw new UserError(`${failed}: ${unknownTeam(teamId, teams)}.`);
  }

  /** A team's name, if this run has found out about it. */
  nameOf(teamId: string): string | undefined {
    return this.known?.find(({ id }) => id === teamId)?.name;
  }

  private async named(team: string): Promise<ReturnType<typeof teamNamed>> {
    const failed = `the team ${JSON.stringify(team)} could not be looked up by its name`;
    try {
      return teamNamed(
        team,
        await this.context.explained(
          failed,
          this.list((one) => isNamed(team, one)),
        ),
      );
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { problem: `${error.message} Without the list of teams, give teamId instead of team.` };
    }
  }

  /** @param wanted each has to be among them, if it is a team at all. */
  private async list(...wanted: ((team: Team) => boolean)[]): Promise<readonly Team[]> {
    return this.context.session.teamsOfRun((teams) => wanted.every((isIt) => teams.some(isIt)));
  }

  private listUnlessForbidden(teamId: string): Promise<readonly Team[] | undefined> {
    return this.list(({ id }) => id === teamId).catch((error) => {
      if (isApiError(error) && NO_LIST.includes(error.reason)) return undefined;
      throw error;
    });
  }
}
