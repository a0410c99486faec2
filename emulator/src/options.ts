import type { ErrorStyle, SuccessStyle } from "./envelopes";
import type { Email, GetAnswers } from "./invites";
import type { ApiKey } from "./keys";
import type { RateLimitHeaders, RateLimitRule } from "./rate-limit";
import type { CodeStyle } from "./refusals";
import type { RequestRecord } from "./request-log";

/** How to start an emulator; every option has a default. */
export interface EmulatorOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** The key, or several: `hp_emulator_key`. One with `scopes` gets 403 FORBIDDEN for everything else. */
  apiKey?: ApiKey | readonly ApiKey[];
  /** A key that is valid but not an admin's: it gets 403 FORBIDDEN. */
  memberKey?: string;
  /** Names the organization, for all its keys; by default it follows from the first key. */
  uid?: string;
  /** `Emulated organization`. */
  name?: string;
  /** 1000. Pending invites are capped at twice as many. */
  credits?: number;
  /** Names by id: `team_xyz789` Marketing and `team_abc123` Engineering. */
  teams?: Record<string, string>;
  /** 300 requests in 60 seconds; false for no limit. */
  rateLimit?: RateLimitRule | false;
  /** Whether replies have the headers of the limit: true; "lying" for wrong ones. */
  rateLimitHeaders?: RateLimitHeaders;
  /** Whether a 429 over the rate limit carries its code: true. */
  rateLimitCode?: boolean;
  /** How successes are wrapped: `flat`. */
  envelope?: SuccessStyle;
  /** How errors are wrapped: `documented`. */
  errors?: ErrorStyle;
  /** Which error codes: `seed`, those of the invites page. */
  codes?: CodeStyle;
  /** What becomes of a revoked invite: `forgotten` (404), or `kept` with status revoked. */
  revoked?: "forgotten" | "kept";
  /** Whether addresses match in their own case only: false. */
  caseSensitive?: boolean;
  /** Which of several live entries for an address GET answers and revoke ends: the `newest`. */
  getAnswers?: GetAnswers;
  /** An assign of people who have not signed up, or are unknown: `ignored` passes them over, `refused` is a 400 for all. */
  moves?: "ignored" | "refused";
  /** "Delete all user data after … days": so many after a shoot, `completed` becomes `deleted`. Off by default. */
  retentionDays?: number;
  /** "Send new shoot invite every … months": `completed` becomes `pending`, and keeps its model. Off by default. */
  nextShootMonths?: number;
  /** How long every answer takes: 0. */
  latencyMs?: number;
  /** Makes the list page, with `limit`, `offset` and `pagination`. */
  pageSize?: number;
  /**
   * Keeps invites, e-mails, credits, teams, uid, name, what HeadshotPro does by itself, and the clock over restarts.
   * The file wins over the options; `teams` that are not in it are added. It is written whole after each effect: meant for some
   * thousands of people, not for load tests.
   */
  stateFile?: string;
  /** How many requests the log keeps: the newest 100,000. When it is full, the oldest tenth goes. */
  logSize?: number;
  /** Real time, in milliseconds since 1970, for a test whose time is its own: the clock and rate-limit windows follow it. */
  now?(): number;
  /** Runs when a request was answered, or will never be. */
  onRequest?(record: RequestRecord): void;
  /** Runs for every e-mail sent. */
  onEmail?(email: Email): void;
}

export const DEFAULTS = {
  port: 0,
  apiKey: "hp_emulator_key",
  name: "Emulated organization",
  credits: 1000,
  teams: { team_xyz789: "Marketing", team_abc123: "Engineering" } as Record<string, string>,
  rateLimit: { limit: 300, windowSeconds: 60 } as RateLimitRule | false,
  rateLimitHeaders: true as RateLimitHeaders,
  rateLimitCode: true,
  envelope: "flat" as SuccessStyle,
  errors: "documented" as ErrorStyle,
  codes: "seed" as CodeStyle,
  revoked: "forgotten" as "forgotten" | "kept",
  caseSensitive: false,
  getAnswers: "newest" as GetAnswers,
  moves: "ignored" as "ignored" | "refused",
  latencyMs: 0,
  logSize: 100_000,
};
