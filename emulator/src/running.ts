import type { Clock } from "./clock";
import type { FaultSpec } from "./fault-spec";
import type { FaultHandle } from "./faults";
import type { Email, StoredInvite } from "./invite";
import type { Scope } from "./keys";
import type { People } from "./people";
import type { RateLimitRule } from "./rate-limit";
import type { RequestRecord } from "./request-log";
import type { Automation } from "./schedule";

/** A running emulator: the API at {@link Emulator.url}, and everything around it from in here. */
export interface Emulator extends People {
  /** The base URL, with `/api/v2`. */
  readonly url: string;
  /** The first of the keys that it was started with. */
  readonly apiKey: string;
  /** The keys that it takes now. */
  readonly apiKeys: readonly string[];
  /** What names the organization, the same for each of its keys. */
  readonly uid: string;
  /** Of the organization. */
  readonly name: string;
  readonly clock: Clock;
  /** Every e-mail sent, oldest first. */
  readonly outbox: readonly Email[];
  /** The newest requests, `logSize` at most, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Names by id. */
  readonly teams: Readonly<Record<string, string>>;
  credits: number;
  /** Every invite there ever was, live and over, oldest first; copies. */
  invites(): StoredInvite[];
  /** The invite of an address that GET would answer, or the newest that is over; a copy. */
  invite(email: string): StoredInvite | undefined;
  /** Puts a team there, or names it anew, whatever the others are called. */
  addTeam(id: string, name: string): void;
  /** An admin makes a team; throws on no name and on one that exists. Returns its id. */
  createTeam(name: string): string;
  /** An admin renames a team; throws on no such team, no name and one that exists. */
  renameTeam(id: string, name: string): void;
  /** An admin deletes a team: its people stay, without a team. Throws on no such team. */
  deleteTeam(id: string): void;
  /** What HeadshotPro does by itself now. */
  readonly automation: Automation;
  /**
   * An admin changes what HeadshotPro does by itself; undefined is off. Things happen as the emulator's clock passes
   * their time, and show at the next request or look.
   *
   * @example
   * emulator.automate({ retentionDays: 30 });
   * emulator.clock.advance({ days: 31 }); // whoever was completed is deleted
   */
  automate(automation: Partial<Automation>): void;
  /** Queues a fault; throws on a specification that makes no sense. */
  fault(spec: FaultSpec): FaultHandle;
  clearFaults(): void;
  /** Takes one more key from now on, or other scopes of a known one; all, unless told. Throws on an empty key. */
  acceptKey(key: string, scopes?: readonly Scope[]): void;
  /** Answers 401 to this key from now on. */
  refuseKey(key: string): void;
  /** Another rate limit, from a fresh window on. */
  setRateLimit(rule: RateLimitRule | false): void;
  /** Uses up part of the window, as another client with the same key would. */
  consumeRateLimit(requests: number): void;
  clearLog(): void;
  clearOutbox(): void;
  /** Drops every connection and stops listening. */
  close(): Promise<void>;
}
