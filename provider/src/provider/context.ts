import { explain } from "../api/explain";
import { Session } from "../api/session";
import { type ApiError, isApiError } from "../client/errors";
import type { Surroundings as Wires } from "../client/transport";
import { type Clock, MACHINE_CLOCK } from "../clock";
import type { Declaration } from "../invite/decide";
import type { InviteInputs } from "../invite/invite";
import {
  type Comparison,
  compareOrganizations,
  needsUid,
  type Organization,
  recordedUid,
  toOrganization,
  toUidFingerprint,
  unreachableText,
} from "../invite/organization";
import { resolveSettings, type Settings } from "../settings";
import { UserError } from "../user-error";
import { InviteLimit } from "./invite-limit";
import type { Peers } from "./peers";
import { PersonTracker } from "./person-tracker";
import { Reissues } from "./reissues";
import { Teams } from "./teams";
import { TimeLimits } from "./time-limits";

/** What an `InviteProvider` is given: nothing in it asks the process that it runs in. */
export interface Surroundings extends Partial<Wires> {
  /** Shows the user a line, on the stack or beside the resource. */
  log(line: string): void;
  /** The environment's variables. */
  env: Readonly<Record<string, string | undefined>>;
  /** What the other providers of this run declare. */
  peers: Peers;
}

/** Reads the configuration of the stack, or of an explicit provider, by a key without namespace. */
export type ReadConfiguration = (key: string) => string | undefined;

/**
 * Whether the API does not tell this key whose organization it is, or whatever answers has no such end point. Any other
 * answer that is not the API's own, a gateway's 403 for example, says nothing about the key.
 */
function mayNotAsk({ reason, status }: ApiError): boolean {
  return reason === "forbidden" || reason === "not-found" || status === 404;
}

/** What did not happen if there is no time to ask for the `uid`. */
const UNIDENTIFIED = "It was not found out whose organization it is, so nothing was done";

/** What the operations of one provider share for one run: settings, session, and what they have learned. */
export class Context {
  readonly people = new PersonTracker();
  readonly limit: InviteLimit;
  readonly teams = new Teams(this);
  readonly reissues = new Reissues(this, this.teams);
  readonly clock: Clock;
  readonly timeLimits: TimeLimits;
  private readonly reported = new Set<string>();
  private opened?: Session;
  private resolved?: Settings;
  private fingerprint?: Organization;

  constructor(
    readonly surroundings: Surroundings,
    private readonly read: ReadConfiguration,
  ) {
    this.clock = surroundings.clock ?? MACHINE_CLOCK;
    this.timeLimits = new TimeLimits(this.clock);
    const most = () => this.usableSettings?.maxInvites;
    this.limit = new InviteLimit(most, () => this.session.everyone(), this.isDirect);
  }

  /** Whether `pulumi do` asks: nothing is recorded, and there is no program. */
  get isDirect(): boolean {
    return this.read("direct") === "true";
  }

  now(): Date {
    return new Date(this.clock.now());
  }

  log(line: string): void {
    this.surroundings.log(line);
  }

  /**
   * Whether something that concerns nobody in particular is still to be reported in this run: a configuration that
   * cannot be used, say.
   */
  isNews(subject: "configuration" | "links" | "organization" | "scope"): boolean {
    const isNews = !this.reported.has(subject);
    this.reported.add(subject);
    return isNews;
  }

  /** @throws UserError */
  get settings(): Settings {
    this.resolved ??= resolveSettings(this.read, this.surroundings.env);
    return this.resolved;
  }

  /** The settings, or undefined if they cannot be used: `check` reports that. */
  get usableSettings(): Settings | undefined {
    try {
      return this.settings;
    } catch (error) {
      if (error instanceof UserError) return undefined;
      throw error;
    }
  }

  /** The one session of this provider. @throws UserError if the configuration cannot be used. */
  get session(): Session {
    this.opened ??= new Session(this.settings, (line) => this.log(line), this.surroundings);
    return this.opened;
  }

  /** Whose organization this provider reaches, as far as that is known; undefined if the configuration cannot be used. */
  get organization(): Organization | undefined {
    const settings = this.usableSettings;
    if (!settings) return undefined;
    if (!this.fingerprint) this.identify(toOrganization(this.read("provider"), settings.apiKey));
    return this.fingerprint;
  }

  /** What is declared of a person, with what holds where the program does not say. */
  declaration(inputs: InviteInputs): Declaration {
    const { adopt, forceDestroy = false } = this.usableSettings ?? {};
    const { organization, isDirect } = this;
    return { inputs, byDefault: { adopt, forceDestroy }, organization, isDirect };
  }

  /**
   * How the organization of a person or a team compares with {@link organization}. With the key that the state
   * was written with that takes no request. Another key is asked for its `uid` once in a run; where it may not tell, the
   * provider's name has to do.
   *
   * @param recorded the mark in the state of a person or a team, and who that is, for messages.
   * @throws UserError if the API cannot be asked just now.
   */
  async compareOrganization(recorded: string | undefined, who: string): Promise<Comparison> {
    await this.learnUid(recorded, who);
    return compareOrganizations(recorded, this.organization);
  }

  /**
   * The same, before the person or the team is looked at or changed.
   *
   * @param failed what does not happen, as the start of a sentence: `ada@acme.com was not revoked`.
   * @throws UserError if this provider has no key of their organization.
   */
  async reachOrganization(recorded: string | undefined, who: string, failed: string): Promise<Comparison> {
    const where = await this.compareOrganization(recorded, who);
    if (where === "unreachable" && this.organization)
      throw new UserError(`${failed}: ${unreachableText(this.organization)}`);
    return where;
  }

  private async learnUid(recorded: string | undefined, who: string): Promise<void> {
    const { organization } = this;
    if (!organization) return;
    const uid = recordedUid(recorded, organization);
    if (organization.uid === undefined && uid !== undefined) this.identify({ ...organization, uid });
    if (!needsUid(recorded, organization)) return;
    const why = await this.askUid(organization);
    if (why === undefined) return;
    if (!mayNotAsk(why))
      throw new UserError(this.explanation(why, `It could not be found out whose organization ${who} is in`));
    if (this.isNews("scope"))
      this.log(
        "The API key is another one than before, and HeadshotPro does not tell it whose organization it is " +
          `(${why.status}), so the provider's name decides. A key with the scope Organization tells it for sure`,
      );
  }

  /** Finds out the `uid` if one request tells it, so that it can be recorded. Nothing depends on it in this run. */
  async identifyOrganization(): Promise<void> {
    const { organization } = this;
    if (!organization || organization.uid !== undefined) return;
    const told = await this.timeLimits.wait(UNIDENTIFIED, this.session.organizationAtOnce());
    if (told) this.identify({ ...organization, uid: toUidFingerprint(told.uid) });
  }

  private async askUid(organization: Organization): Promise<ApiError | undefined> {
    try {
      const { uid } = await this.timeLimits.wait(UNIDENTIFIED, this.session.organization());
      this.identify({ ...organization, uid: toUidFingerprint(uid) });
      return undefined;
    } catch (error) {
      if (isApiError(error)) return error;
      throw error;
    }
  }

  private identify(organization: Organization): void {
    this.fingerprint = organization;
    this.surroundings.peers.identify(organization);
  }

  /**
   * Waits for something at the API, and turns what it said into a message.
   *
   * @param failed what did not happen, as the start of a sentence: `ada@acme.com was not invited`.
   * @throws UserError; also when the time of the resource's `customTimeouts` is up.
   */
  async explained<T>(failed: string, doing: Promise<T>, teamId?: string): Promise<T> {
    try {
      return await this.timeLimits.wait(failed, doing);
    } catch (error) {
      if (!isApiError(error)) throw error;
      throw new UserError(this.explanation(error, failed, teamId), { cause: error });
    }
  }

  private explanation(error: ApiError, failed: string, teamId?: string): string {
    return explain(error, failed, this.settings, teamId);
  }
}
