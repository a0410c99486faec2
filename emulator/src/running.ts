import type { Clock } from "./clock";
import type { FaultSpec } from "./fault-spec";
import type { FaultHandle } from "./faults";
import type { Email, StoredInvite } from "./invite";
import type { People } from "./people";
import type { RateLimitRule } from "./rate-limit";
import type { RequestRecord } from "./request-log";

/** A running emulator: the API at {@link Emulator.url}, and everything around it from in here. */
export interface Emulator extends People {
  /** The base URL, with `/api/v2`. */
  readonly url: string;
  /** The first of the keys that it was started with. */
  readonly apiKey: string;
  /** The keys that it takes now. */
  readonly apiKeys: readonly string[];
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
  addTeam(id: string, name: string): void;
  /** Queues a fault; throws on a specification that makes no sense. */
  fault(spec: FaultSpec): FaultHandle;
  clearFaults(): void;
  /** Takes one more key from now on; throws on an empty one. */
  acceptKey(key: string): void;
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
