import { isApiError } from "../client/errors";
import { type InputFailure, UNKNOWN } from "../invite/inputs";
import { reachedOrganization } from "../invite/organization";
import { plainName, type Team } from "../invite/team";
import { codePoint, count, firstOf, quote, unknownProperty } from "../text";
import { UserError } from "../user-error";
import { configurationFailures } from "./check";
import type { Context } from "./context";
import type { DiffResult } from "./diff";
import { markOf, outputsOf } from "./outputs";
import { ownership, teamSubject } from "./peers";

/** What a program declares of a team. */
export interface TeamInputs {
  name: string;
  /** `false`: a team of this name that exists already is not taken over. */
  adopt?: boolean;
}

/** What the state has of a team, whose id is the resource's own, too. */
export interface TeamState extends TeamInputs {
  teamId: string;
  __organization?: string;
}

type Properties = Record<string, unknown>;

const INPUTS = ["name", "adopt"];

/** How often a team is sent for whose reply is lost and which the list then does not have. */
const MAX_SENDS = 3;

/** How many people a message names. */
const NAMED = 10;

/**
 * The operations of a team, as those of an invite are those of the provider. No two teams have the same name, so a lost
 * reply is looked up by it, and a team that exists is adopted.
 */
export class TeamOperations {
  constructor(private readonly context: Context) {}

  /** Trims and validates a declaration, and the configuration. Only for a new team under `adopt: false` is the list asked. */
  async check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: InputFailure[] }> {
    const { __provider, ...declared } = news;
    const { inputs, failures } = readTeam(declared);
    const former = typeof olds.name === "string" ? olds.name : undefined;
    if (typeof inputs.name === "string" && inputs.name !== UNKNOWN) {
      this.context.teams.plan(inputs.name, former);
      if (this.context.organization) this.context.surroundings.peers.declare(teamSubject(inputs.name), {});
      const reason =
        failures.length > 0 ? undefined : await this.nameProblem(inputs.name, former, inputs.adopt);
      if (reason !== undefined) failures.push({ property: "name", reason });
    }
    return { inputs, failures: [...failures, ...configurationFailures(this.context)] };
  }

  /** Why a name cannot be had in this run, as far as a preview can know it. */
  private async nameProblem(
    name: string,
    former: string | undefined,
    adopt: unknown,
  ): Promise<string | undefined> {
    const { teams, isDirect } = this.context;
    if (former !== undefined && teams.isTakenTooEarly(former))
      return (
        `a new team of the program takes the name ${quote(former)} before this one gives it up. Let the new one come ` +
        "after it (`dependsOn`)"
      );
    if (former !== undefined)
      return teams.isSwapped(former)
        ? `teams of the program swap their names, ${quote(former)} and ${quote(name)}, and no two teams can have the ` +
            "same in between. Give one of them a name that no team has, run `pulumi up`, and then give it the other's"
        : undefined;
    if (adopt !== false || isDirect) return undefined;
    const there = await teams.foreign(name);
    return there && refusedAdoption(there);
  }

  /**
   * Compares a state with a checked declaration: without a request, but whose organization another key is.
   *
   * @throws UserError if the team is another organization's that no key is left of.
   */
  async diff(id: string, olds: Partial<TeamState>, news: TeamInputs): Promise<DiffResult> {
    const where = await this.reach(id, olds, "was not compared");
    if (where === "other") return { changes: true, replaces: ["__organization"], deleteBeforeReplace: false };
    this.context.teams.keep({ id, name: news.name });
    return { changes: news.name !== olds.name || news.adopt !== olds.adopt || where === "renamed" };
  }

  /** What a preview shows: a team's id is known if there is one. */
  plannedOutputs(news: TeamInputs, old?: { id: string; state: Partial<TeamState> }): Properties {
    return outputsOf({ ...inputsOf(news), teamId: old ? idOf(old.id, old.state) : UNKNOWN });
  }

  /**
   * Makes a team, or adopts the one of this name: at most three requests whose replies are lost, each looked up.
   *
   * @throws UserError
   */
  async create(news: TeamInputs): Promise<{ id: string; outs: Properties }> {
    const { context } = this;
    const failed = `The team ${quote(news.name)} was not made`;
    await context.identifyOrganization();
    const { team, isFound } = await context.explained(failed, this.makeOrFind(news));
    // After a lost reply it is ours, unless it is one that was there.
    if (isFound ? context.teams.isTaken(team) : context.teams.isOwn(team.id))
      throw new UserError(
        `${failed}: another resource of the program has it, ${toText(team)}. If that one is renamed in this run, ` +
          "run `pulumi up` again: then the name is free.",
      );
    if (isFound && news.adopt === false)
      throw new UserError(
        context.isDirect
          ? `${failed}: HeadshotPro has one already, ${toText(team)}.`
          : `${failed}: ${refusedAdoption(team)}.`,
      );
    if (isFound) context.log(adoptedLine(news.name, team, context.isDirect));
    context.teams.note(team);
    return { id: team.id, outs: this.record({ ...inputsOf(news), name: team.name }, team.id) };
  }

  private async makeOrFind({ name }: TeamInputs): Promise<{ team: Team; isFound: boolean }> {
    const { session } = this.context;
    let replyLost = false;
    for (let send = 1; ; send++) {
      this.context.timeLimits.requireTime(`The team ${quote(name)} was not made`);
      try {
        return { team: await session.createTeam(name), isFound: false };
      } catch (error) {
        if (!isApiError(error) || !(error.mayHaveHappened || error.reason === "rejected")) throw error;
        replyLost ||= error.mayHaveHappened;
        const found = await this.find((team) => plainName(team.name) === plainName(name));
        if (found) return { team: found, isFound: !replyLost };
        if (error.reason === "rejected" || send === MAX_SENDS) throw error;
        await session.backOff(send);
      }
    }
  }

  /**
   * Looks at a team in the list of all.
   *
   * @param id a team's id; of an import, its name will do.
   * @throws UserError
   */
  async read(
    id: string,
    known: Partial<TeamState>,
  ): Promise<{ id?: string; props?: Properties; inputs?: Properties }> {
    const { context } = this;
    const failed = `${nameIn(id, known)} could not be looked up`;
    await this.reach(id, known, "could not be looked up");
    const isImport = known.teamId === undefined;
    const found = await context.explained(
      failed,
      this.find((team) => team.id === id || (isImport && plainName(team.name) === plainName(id))),
    );
    if (!found) return {};
    await context.identifyOrganization();
    // A dry run of a delete asks for no more than this.
    const people = context.isDirect ? await this.countPeople(found.id) : 0;
    if (people !== 0)
      context.log(
        `The team ${toText(found)} has ${people === undefined ? "people, perhaps" : count(people, "person", "people")}: ` +
          "a `delete` would leave them in the organization, without a team",
      );
    const inputs = { ...inputsOf(known), name: found.name };
    return { id: found.id, props: this.record(inputs, found.id, known), inputs: outputsOf(inputs) };
  }

  /** Gives a team its new name. Its people stay in it, and nothing is replaced. @throws UserError */
  async update(given: string, olds: Partial<TeamState>, news: TeamInputs): Promise<{ outs: Properties }> {
    const id = idOf(given, olds);
    await this.reach(id, olds, "was not changed");
    if (news.name !== olds.name) {
      await this.rename({ id, name: olds.name ?? id }, news.name);
      this.context.teams.note({ id, name: news.name });
    }
    return { outs: this.record(inputsOf(news), id, olds) };
  }

  private async rename(team: Team, name: string): Promise<void> {
    const { context } = this;
    const failed = `The team ${toText(team)} was not renamed to ${quote(name)}`;
    try {
      await context.timeLimits.wait(failed, context.session.renameTeam(team.id, name));
    } catch (error) {
      if (!isApiError(error)) throw error;
      if (error.reason === "not-found")
        throw new UserError(
          `${failed}: it was deleted at HeadshotPro. ` +
            (context.isDirect
              ? "`create` makes it again."
              : "Run `pulumi refresh`, and `pulumi up` makes it again."),
        );
      const unclear = error.mayHaveHappened || error.reason === "rejected";
      const teams = unclear ? await context.session.teams().catch(() => undefined) : undefined;
      if (teams?.teams.some((one) => one.id === team.id && one.name === name)) return;
      const other = teams?.teams.find((one) => one.id !== team.id && plainName(one.name) === plainName(name));
      if (other)
        throw new UserError(
          `${failed}: another team has this name, ${toText(other)}. Rename or delete that one first.`,
        );
      await context.explained(failed, Promise.reject(error));
    }
  }

  /**
   * Deletes a team: its people stay in the organization, without one. A team that the program still declares, in a
   * renamed or a replaced resource, stays.
   *
   * @throws UserError if people whom the program declares are in it.
   */
  async delete(given: string, known: Partial<TeamState>): Promise<void> {
    const id = idOf(given, known);
    const { context } = this;
    const { session, teams, people } = context;
    const team = { id, name: known.name ?? id };
    const failed = `The team ${toText(team)} was not deleted`;
    if (teams.isOwn(id) || this.isPeers(known))
      return context.log(
        `The team ${toText(team)} stays: the program still declares it, in another resource`,
      );
    await this.reach(id, known, "was not deleted");
    const declared = people.declaredIn(team);
    if (declared.length > 0)
      throw new UserError(
        `${failed}: the program declares ${count(declared.length, "person", "people")} in it: ` +
          `${firstOf(declared.sort(), NAMED)}. Give them another team, or none, in the same \`pulumi up\`.`,
      );
    const left = leftText(await context.explained(failed, this.countPeople(id)), context.isDirect);
    const wasThere = await context.explained(failed, session.deleteTeam(id));
    if (wasThere) context.log(`The team ${toText(team)} was deleted${left}`);
  }

  /** Whether another provider of this run declares the team, for all that is known of whose organization that reaches. */
  private isPeers({ name = "", __organization }: Partial<TeamState>): boolean {
    const { organization, surroundings } = this.context;
    if (!organization) return false;
    const mine = reachedOrganization(__organization, organization);
    const { isTheirs, isUnclear } = ownership(mine, surroundings.peers.declarationsOf(teamSubject(name)));
    return isTheirs || isUnclear;
  }

  /** How many people are in a team, as the list has it; undefined for a key that may not list people. */
  private async countPeople(id: string): Promise<number | undefined> {
    try {
      const { people } = await this.context.session.everyone();
      return [...people.values()].filter(({ teamId, liveEntries }) => teamId === id && liveEntries > 0)
        .length;
    } catch (error) {
      if (!isApiError(error)) throw error;
      return undefined;
    }
  }

  private async find(isIt: (team: Team) => boolean): Promise<Team | undefined> {
    return (await this.context.session.teams()).teams.find(isIt);
  }

  /** @throws UserError if the recorded organization is one that no key is left of. */
  private reach(id: string, known: Partial<TeamState>, failed: string) {
    const team = nameIn(id, known);
    return this.context.reachOrganization(known.__organization, team, `${team} ${failed}`);
  }

  private record(inputs: TeamInputs, teamId: string, known: Partial<TeamState> = {}): Properties {
    return outputsOf({ ...inputs, teamId, __organization: markOf(this.context, known) });
  }
}

/**
 * Checks and trims what a program declares of a team; all that is wrong is told at once.
 *
 * @example
 * readTeam({ name: " Marketing ", adpot: true }).failures; // [{ property: "adpot", reason: '… did you mean "adopt"?' }]
 */
function readTeam(declared: Properties): { inputs: Properties; failures: InputFailure[] } {
  const { name, adopt } = declared;
  const failures: InputFailure[] = [];
  const control = typeof name === "string" ? /[\p{Cc}\p{Zl}\p{Zp}]/u.exec(name.trim())?.[0] : undefined;
  const refuse = (property: string, reason: string) => void failures.push({ property, reason });
  if (name === undefined || name === null) refuse("name", "it is missing");
  else if (typeof name !== "string") refuse("name", `expected text, not ${quote(name)}`);
  else if (name.trim() === "") refuse("name", "it is empty");
  else if (control !== undefined)
    refuse(
      "name",
      `${quote(name)} has a line break or another control character in it, ${codePoint(control)}`,
    );
  if (adopt !== undefined && adopt !== null && adopt !== UNKNOWN && typeof adopt !== "boolean")
    refuse("adopt", `expected true or false, not ${quote(adopt)}`);
  for (const property of Object.keys(declared))
    if (!INPUTS.includes(property)) refuse(property, unknownProperty(property, INPUTS));
  const inputs = { name: typeof name === "string" ? name.trim() : name, adopt: adopt ?? undefined };
  return { inputs: outputsOf(inputs), failures };
}

function inputsOf({ name, adopt }: Partial<TeamInputs>): TeamInputs {
  return { name: name ?? "", adopt };
}

/** A team's id. `pulumi do` passes on what the command names, and that may be the name; what it has read has the id. */
function idOf(given: string, { teamId }: Partial<TeamState>): string {
  return teamId ?? given;
}

/** The start of a sentence. */
function nameIn(id: string, { name }: Partial<TeamState>): string {
  return `The team ${name === undefined ? quote(id) : toText({ id, name })}`;
}

/** @example '"Marketing" (team_xyz789)' */
function toText({ id, name }: Team): string {
  return `${quote(name)} (${id})`;
}

/** The end of a sentence. */
function refusedAdoption(team: Team): string {
  return (
    `HeadshotPro has one already, ${toText(team)}, and adopt: false does not allow this stack to adopt it. ` +
    "To manage it: leave adopt out. Else give this one another name"
  );
}

/**
 * Who is left without a team. A key that may not list people deletes it all the same.
 *
 * @param isDirect no other resource is removed in the same run.
 */
function leftText(people: number | undefined, isDirect: boolean): string {
  if (people === undefined) return "; how many people were in it is not known";
  if (people === 0) return "";
  if (isDirect)
    return `: ${people} ${people === 1 ? "person stays" : "people stay"} in the organization, without a team`;
  // Somebody whom the stack gives up may be revoked a moment later: the engine tells the order, and not the whole.
  const were = people === 1 ? "person was" : "people were";
  return `: ${people} ${were} in it. Whoever is not removed as well stays in the organization, without a team`;
}

function adoptedLine(asked: string, team: Team, isDirect: boolean): string {
  const change = isDirect ? "`patch` gives it the name" : "the next preview shows that it becomes";
  const other = asked === team.name ? "" : `, so ${change} ${quote(asked)}`;
  return `The team ${toText(team)} was there already${isDirect ? "" : ": adopted"}${other}`;
}
