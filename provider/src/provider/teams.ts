import type { Session } from "../api/session";
import { isApiError } from "../client/errors";
import { type InputFailure, UNKNOWN } from "../invite/inputs";
import type { Organization } from "../invite/organization";
import {
  isNamed,
  plainName,
  recordedTeam,
  type Team,
  teamNamed,
  teamText,
  unknownTeam,
} from "../invite/team";
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

const COMES_FIRST =
  "Give the person its name as an output (`team: marketing.name`), or let them come after it (`dependsOn`).";

/** The failures of a list that say that this key cannot have it. */
const NO_LIST = ["forbidden", "not-found", "wrong-address"];

/**
 * The organization's teams as this run first saw them: one request, and only for a team that is new to somebody. Those
 * that the program declares are known without one.
 */
export class Teams {
  private known?: readonly Team[];
  /** Names of teams that `check` has seen declared, by {@link plainName}. */
  private readonly planned = new Map<string, string>();
  /** Of them, those of teams that the state does not have. */
  private readonly fresh = new Set<string>();
  /** Names that teams of the program have in the state and give up in this run, with the new one; by {@link plainName}. */
  private readonly givenUp = new Map<string, string>();
  /** The program's teams that are there, as they are called from now on, by id. */
  private readonly own = new Map<string, Team>();
  /** Of them, those that this run has made, found or renamed. The others the state has: somebody may have deleted them. */
  private readonly seen = new Set<string>();

  constructor(private readonly context: Asking) {}

  /** The program declares a team, which may not be there yet. @param former its name in the state, if it is there. */
  plan(name: string, former?: string): void {
    this.planned.set(plainName(name), name);
    if (former === undefined) this.fresh.add(plainName(name));
    if (former !== undefined && plainName(former) !== plainName(name))
      this.givenUp.set(plainName(former), plainName(name));
  }

  /**
   * Whether teams that the program renames take each other's names in a circle: whichever is renamed first, its new name
   * is still another's. It is seen at the last of them to be planned.
   */
  isSwapped(former: string): boolean {
    const start = plainName(former);
    const seen = new Set<string>();
    let name = this.givenUp.get(start);
    while (name !== undefined && name !== start && !seen.has(name)) {
      seen.add(name);
      name = this.givenUp.get(name);
    }
    return name === start;
  }

  /** Whether a new team takes the name that this one gives up, and comes before it: it would be given this one. */
  isTakenTooEarly(former: string): boolean {
    return this.givenUp.has(plainName(former)) && this.fresh.has(plainName(former));
  }

  /** The team of a name that was there before this run and is none of the program's; undefined as well if none can be listed. */
  async foreign(name: string): Promise<Team | undefined> {
    if (this.context.organization === undefined) return undefined;
    // What is wrong with the API or the key, the create reports.
    const isCalled = (team: Team) => plainName(team.name) === plainName(name);
    const teams = await this.list(isCalled).catch(() => []);
    return teams.find((team) => isCalled(team) && !this.isTaken(team));
  }

  /** Whether a team that is there is another resource's of the program, be it called otherwise from now on. */
  isTaken({ id, name }: Team): boolean {
    return this.own.has(id) || this.givenUp.has(plainName(name));
  }

  /** The state has a team. It is the program's if that declares it: a refresh compares whom nobody declares, too. */
  keep(team: Team): void {
    if (this.planned.has(plainName(team.name))) this.own.set(team.id, team);
  }

  /** A team of the program's is there. */
  note(team: Team): void {
    this.own.set(team.id, team);
    this.seen.add(team.id);
  }

  /** Whether a resource of the program's that is not leaving has the team. */
  isOwn(id: string): boolean {
    return this.own.has(id);
  }

  /** The program's teams; the id of one that this run has not seen to yet is `UNKNOWN`. */
  private declaredHere(): Team[] {
    const there = [...this.own.values()];
    const isThere = (name: string) => there.some((team) => plainName(team.name) === plainName(name));
    const later = [...this.planned.values()].filter((name) => !isThere(name));
    return [...there, ...later.map((name) => ({ id: UNKNOWN, name }))];
  }

  private namedHere(team: string): Team | undefined {
    return this.declaredHere().find((one) => isNamed(team, one));
  }

  /**
   * The same inputs for what only compares them: the team of somebody of whom `check` could not know it is `UNKNOWN`, or
   * by now has an id.
   */
  foreseen<T extends { team?: string; teamId?: string }>(inputs: T): T {
    const { team, teamId } = inputs;
    if (team === undefined || team === UNKNOWN || teamId !== undefined) return inputs;
    const found = this.namedHere(team);
    return found ? { ...inputs, teamId: found.id } : inputs;
  }

  /**
   * The id of a team that the program makes, for somebody of whom `check` could not know it.
   *
   * @throws UserError if it is still not there, because nothing says that it comes before the person.
   */
  settle<T extends { team?: string; teamId?: string }>(inputs: T, failed: string): T {
    const settled = this.foreseen(inputs);
    if (settled.teamId !== UNKNOWN || inputs.teamId === UNKNOWN) return settled;
    throw new UserError(
      `${failed}: the program makes the team ${JSON.stringify(inputs.team)}, and it was not there yet. ${COMES_FIRST}`,
    );
  }

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
    const recorded = this.isPassedOn(team, olds.teamId) ? undefined : recordedTeam(olds, team, organization);
    const found = recorded === undefined ? await this.named(team) : { id: recorded };
    if (found.problem !== undefined) return { failure: { property: "team", reason: found.problem } };
    // A preview may be told of what is not known; but an `up` fails of it, and nothing says which of the two this is.
    if (found.id === UNKNOWN) return { teamId };
    const differs = teamId !== undefined && teamId !== UNKNOWN && teamId !== found.id;
    if (!differs) return { teamId: found.id };
    const both = `the team ${quote(team)} is ${found.id}, and teamId says ${teamId}`;
    // `ignoreChanges` puts the state's id beside the name, and the engine does not tell that it did.
    if (teamId === olds.teamId) return { teamId, passedOver: both };
    return { failure: { property: "team", reason: `${both}: leave one of the two out` } };
  }

  /** Whether a team of the program gives up a name, which the person has it by, and another one of the program takes it. */
  private isPassedOn(name: string, recorded: unknown): boolean {
    const former = this.own.get(String(recorded));
    return former !== undefined && !isNamed(name, former) && this.namedHere(name) !== undefined;
  }

  private async declaredById(olds: Record<string, unknown>, teamId: unknown): Promise<DeclaredTeam> {
    if (typeof teamId !== "string" || teamId === UNKNOWN || teamId === olds.teamId) return { teamId };
    if (this.isOwn(teamId)) return { teamId };
    // What else is wrong with the API or the key, the operation that needs it reports.
    const teams = await this.list(({ id }) => id === teamId).catch(() => undefined);
    const known = teams === undefined || teams.some(({ id }) => id === teamId);
    return known ? { teamId } : { failure: { property: "teamId", reason: unknownTeam(teamId, teams) } };
  }

  /** All of them; undefined if the configuration cannot be used, or they cannot be listed: `check` refuses that. */
  async toName(names: readonly string[]): Promise<readonly Team[] | undefined> {
    if (this.context.organization === undefined) return undefined;
    const here = this.declaredHere();
    const others = names.filter((name) => !here.some((team) => isNamed(name, team)));
    if (others.length === 0) return here;
    const listed = await this.listed(others);
    return (
      listed && [
        ...here,
        ...listed.filter(
          ({ id, name }) => !here.some((team) => team.id === id || plainName(team.name) === plainName(name)),
        ),
      ]
    );
  }

  private listed(names: readonly string[]): Promise<readonly Team[] | undefined> {
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
  async requireKnown(declared: { team?: string; teamId: string }, failed: string): Promise<void> {
    const { team, teamId } = declared;
    if (this.seen.has(teamId)) return;
    const teams = await this.context.explained(failed, this.listUnlessForbidden(teamId));
    this.known = teams;
    if (!teams || teams.some(({ id }) => id === teamId)) return;
    const isRecorded = team !== undefined || this.isOwn(teamId);
    throw new UserError(
      isRecorded
        ? `${failed}: ${teamText(declared)} was deleted at HeadshotPro. Run \`pulumi refresh\`, and then \`pulumi up\` again.`
        : `${failed}: ${unknownTeam(teamId, teams)}.`,
    );
  }

  /** A team's name, if this run has found out about it. */
  nameOf(teamId: string): string | undefined {
    return (this.own.get(teamId) ?? this.known?.find(({ id }) => id === teamId))?.name;
  }

  private async named(team: string): Promise<ReturnType<typeof teamNamed>> {
    const failed = `the team ${JSON.stringify(team)} could not be looked up by its name`;
    const here = this.namedHere(team);
    if (here) return { id: here.id };
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
