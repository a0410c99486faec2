import type { Invite } from "../client/types";
import type { AllowedDomains } from "../invite/allowed-domains";
import { readEmail } from "../invite/email";
import type { InputFailure } from "../invite/inputs";
import type { InviteInputs, StoredState } from "../invite/invite";
import type { Organization } from "../invite/organization";
import type { ListedPerson } from "../invite/people";
import type { Team } from "../invite/team";
import { UserError } from "../user-error";
import { check } from "./check";
import { Context, type ReadConfiguration, type Surroundings } from "./context";
import { create } from "./create";
import { deleteInvite } from "./delete";
import { type DiffResult, diff } from "./diff";
import { plannedOutputs } from "./outputs";
import { read } from "./read";
import { TeamOperations } from "./team-resource";
import { update } from "./update";

type Properties = Record<string, unknown>;

/**
 * All that Pulumi's engine asks about invites and teams, for one organization and one run of a command. Each operation is
 * documented where it stands: `check.ts`, `diff.ts` and so on. The dynamic provider and the plugin bind this object to
 * a process and give it its surroundings.
 *
 * @example
 * const provider = new InviteProvider({ log: console.log, env: process.env, peers: NO_PEERS });
 * provider.configure((key) => config.get(`headshotpro:${key}`));
 * const { id, outs } = await provider.create({ email: "ada@acme.com" });
 */
export class InviteProvider {
  private context: Context;
  /** The operations of a team. */
  teams: TeamOperations;

  constructor(private readonly surroundings: Surroundings) {
    this.context = new Context(surroundings, () => undefined);
    this.teams = new TeamOperations(this.context);
  }

  /**
   * Stores the configuration. No more than that: the SDK may run it beside the first call, and goes on without a
   * configuration if it throws; so the operations report what is wrong with one.
   */
  configure(read: ReadConfiguration): void {
    this.context = new Context(this.surroundings, read);
    this.teams = new TeamOperations(this.context);
  }

  /** Whose addresses may be invited; undefined allows all, or the configuration cannot be used. */
  get allowedDomains(): AllowedDomains | undefined {
    return this.context.usableSettings?.allowedDomains;
  }

  /** Whose organization this provider reaches, as far as its configuration says. */
  get organization(): Organization | undefined {
    return this.context.organization;
  }

  /** Whether headshots may be deleted where neither the program nor the state says it of the person. */
  get forceDestroy(): boolean {
    return this.context.usableSettings?.forceDestroy ?? false;
  }

  /** The teams that names are looked up in, as `check` does it; undefined if `check` has to refuse them. */
  teamsToName(names: readonly string[]): Promise<readonly Team[] | undefined> {
    return this.context.teams.toName(names);
  }

  /** Carries out an operation within its resource's `customTimeouts`. @param seconds undefined or 0: there are none. */
  within<T>(seconds: number | undefined, operation: () => Promise<T>): Promise<T> {
    return this.context.timeLimits.during(seconds, operation);
  }

  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: InputFailure[] }> {
    return check(this.context, olds, news);
  }

  diff(id: string, olds: StoredState, news: InviteInputs): Promise<DiffResult> {
    return diff(this.context, id, olds, news);
  }

  create(inputs: InviteInputs): Promise<{ id: string; outs: Properties }> {
    return create(this.context, inputs);
  }

  read(id: string, known: StoredState): Promise<{ id?: string; props?: Properties; inputs?: Properties }> {
    return read(this.context, id, known);
  }

  update(id: string, olds: StoredState, news: InviteInputs): Promise<{ outs: Properties }> {
    return update(this.context, id, olds, news);
  }

  delete(id: string, known: StoredState): Promise<void> {
    return deleteInvite(this.context, id, known);
  }

  plannedOutputs(news: InviteInputs, old?: { id: string; state: StoredState }): Properties {
    return plannedOutputs(this.context, news, old);
  }

  /** One person's invite now, in any spelling of the address; undefined if nobody has invited them. @throws UserError */
  async getInvite(address: unknown): Promise<Invite | undefined> {
    const { email, problem } = readEmail(String(address));
    if (email === undefined)
      throw new UserError(`getInvite: ${JSON.stringify(address)} is not an e-mail address: ${problem}.`);
    return this.context.explained(`${email} could not be looked up`, this.context.session.person(email));
  }

  /** Everyone who is invited now, or those with a status or in a team, sorted by address. @throws UserError */
  async getInvites({ status, teamId }: { status?: string; teamId?: string } = {}): Promise<{
    invites: ListedPerson[];
    unreadable: number;
  }> {
    const failed = "The people of the organization could not be listed";
    const statuses = status === undefined ? undefined : [status];
    return this.context.explained(failed, this.context.session.people({ statuses, teamId }));
  }

  /** The organization's teams now, sorted by name. @throws UserError */
  async getTeams(): Promise<{ teams: Team[] }> {
    const failed = "The teams of the organization could not be listed";
    return this.context.explained(failed, this.context.session.teams());
  }
}
