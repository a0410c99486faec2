import { explain } from "../api/explain";
import { Session } from "../api/session";
import { isHeadshotProError } from "../client/headshotpro-error";
import { type Clock, MACHINE_CLOCK } from "../clock";
import { markOf, type OrganizationMark } from "../invite/organization-mark";
import { ConfigurationError, resolveSettings, type Settings } from "../settings/configuration";
import { UserError } from "../user-error";
import { AnnouncedInvites } from "./announced-invites";
import { InviteLimit } from "./invite-limit";
import { RunNotes } from "./run-notes";
import type { ReadConfiguration, Surroundings } from "./surroundings";

/** What the verbs of one provider share for one run: its settings, its session, and what they told each other. */
export class Run {
  readonly notes = new RunNotes();
  readonly limit: InviteLimit;
  readonly announced: AnnouncedInvites;
  readonly clock: Clock;
  private opened?: Session;
  private resolved?: Settings;
  private mark?: OrganizationMark;

  constructor(
    readonly surroundings: Surroundings,
    private readonly read: ReadConfiguration,
  ) {
    this.clock = surroundings.clock ?? MACHINE_CLOCK;
    const most = () => this.usableSettings?.maxInvites;
    this.limit = new InviteLimit(most);
    this.announced = new AnnouncedInvites(this.limit, most, () => this.session.everyone());
  }

  now(): Date {
    return new Date(this.clock.now());
  }

  say(line: string): void {
    this.surroundings.say(line);
  }

  /** @throws ConfigurationError */
  get settings(): Settings {
    this.resolved ??= resolveSettings(this.read, this.surroundings.env);
    return this.resolved;
  }

  /** The settings, or undefined if they cannot be used: that is for `check` to say. */
  get usableSettings(): Settings | undefined {
    try {
      return this.settings;
    } catch (error) {
      if (error instanceof ConfigurationError) return undefined;
      throw error;
    }
  }

  /** The one session of this provider. @throws UserError if the configuration cannot be used. */
  get session(): Session {
    try {
      this.opened ??= new Session(this.settings, (line) => this.say(line), this.surroundings);
      return this.opened;
    } catch (error) {
      throw error instanceof ConfigurationError ? new UserError(error.message) : error;
    }
  }

  /** Whose organization this provider reaches; undefined if the configuration cannot be used. */
  get organization(): OrganizationMark | undefined {
    const settings = this.usableSettings;
    if (settings) this.mark ??= markOf(this.read("provider"), settings.apiKey);
    return this.mark;
  }

  /**
   * Does something at the API and turns what it said into a message.
   *
   * @param failed what did not happen, as the start of a sentence: `ada@acme.com was not invited`.
   * @throws UserError
   */
  async explained<T>(failed: string, act: () => Promise<T>, teamId?: string): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!isHeadshotProError(error)) throw error;
      throw new UserError(explain(error, failed, this.settings.baseUrl, teamId), { cause: error });
    }
  }
}
