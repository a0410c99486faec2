import type { AllowedDomains } from "../invite/allowed-domains";
import type { InputFailure } from "../invite/inputs";
import type { InviteInputs, StoredState } from "../invite/invite";
import type { Team } from "../invite/team";
import { check } from "./check";
import { create } from "./create";
import { teamsToName } from "./declared-team";
import { deleteInvite } from "./delete";
import { type DiffResult, diff } from "./diff";
import { foreseen } from "./foreseen";
import { getInvite, getInvites, getTeams } from "./functions";
import { read } from "./read";
import { Run } from "./run";
import type { ReadConfiguration, Surroundings } from "./surroundings";
import { update } from "./update";

type Properties = Record<string, unknown>;

/**
 * All that Pulumi's engine asks about invites, for one organization and one run of a command. The face that binds it
 * to a process (`runtime/`) gives it its surroundings; it keeps what it learns to itself.
 *
 * @example
 * const provider = new InviteProvider({ say: console.log, env: process.env, peers: NO_PEERS });
 * provider.configure((key) => config.get(`headshotpro:${key}`));
 * const { id, outs } = await provider.create({ email: "ada@acme.com" });
 */
export class InviteProvider {
  private run: Run;

  constructor(private readonly surroundings: Surroundings) {
    this.run = new Run(surroundings, () => undefined);
  }

  /**
   * Stores the configuration. No more than that: the SDK may run it beside the first call, and goes on without a
   * configuration if it throws; so what is wrong with one is said by the verbs.
   */
  configure(read: ReadConfiguration): void {
    this.run = new Run(this.surroundings, read);
  }

  /** Whose addresses may be invited; undefined allows all, or the configuration cannot be used. */
  get allowedDomains(): AllowedDomains | undefined {
    return this.run.usableSettings?.allowedDomains;
  }

  /** The teams that names are looked up in, as {@link check} does it; undefined if that is for it to refuse. */
  teamsToName(): Promise<readonly Team[] | undefined> {
    return teamsToName(this.run);
  }

  /** Canonicalises and validates a declaration, and the configuration, so that a preview shows what is wrong. */
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: InputFailure[] }> {
    return check(this.run, olds, news);
  }

  /** Compares; nothing is sent. @throws UserError for a change that would destroy headshots. */
  diff(id: string, olds: StoredState, news: InviteInputs): Promise<DiffResult> {
    return diff(this.run, id, olds, news);
  }

  /** Invites a person (one e-mail), or adopts the unused invite that is there. @throws UserError */
  create(inputs: InviteInputs): Promise<{ id: string; outs: Properties }> {
    return create(this.run, inputs);
  }

  /** A fresh look at a person. Gone is `{}`, and the next `up` invites them again. @throws UserError */
  read(id: string, known: StoredState): Promise<{ id?: string; props?: Properties; inputs?: Properties }> {
    return read(this.run, id, known);
  }

  /** Records flags without a request; sends an invite again in its place. @throws UserError */
  update(id: string, olds: StoredState, news: InviteInputs): Promise<{ outs: Properties }> {
    return update(this.run, id, olds, news);
  }

  /** Revokes a person's invite after a fresh look; somebody who is gone already is a success. @throws UserError */
  delete(id: string, known: StoredState): Promise<void> {
    return deleteInvite(this.run, id, known);
  }

  /**
   * What a preview shows of the outputs of a create, or of an update if there is an old state. Nothing is asked; what
   * only the API tells is the mark for what is not known.
   */
  foresee(news: InviteInputs, old?: { id: string; state: StoredState }): Properties {
    return foreseen(this.run, news, old);
  }

  /** One person's invite now, in any spelling of the address; undefined if nobody has invited them. @throws UserError */
  getInvite(email: unknown): ReturnType<typeof getInvite> {
    return getInvite(this.run, email);
  }

  /** Everyone who is invited now, or those with a status or in a team. @throws UserError */
  getInvites(which: { status?: string; teamId?: string } = {}): ReturnType<typeof getInvites> {
    return getInvites(this.run, which);
  }

  /** The organization's teams now. @throws UserError */
  getTeams(): ReturnType<typeof getTeams> {
    return getTeams(this.run);
  }
}
