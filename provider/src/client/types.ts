import type { Team } from "../invite/team";

export interface ClientOptions {
  /** The organization's API key. */
  apiKey: string;
  /** Default `DEFAULT_BASE_URL`. https, or http on loopback; with its path. */
  baseUrl?: string;
  /** Milliseconds for one request, from connecting to the last byte. Default 30,000. */
  timeoutMs?: number;
  /** A larger list is refused. Default 64 MiB: 50,000 people are 10 MiB. Other replies end at 1 MiB anyway. */
  maxResponseBytes?: number;
}

/** One person's invite, as GET returns it. */
export interface Invite {
  /**
   * In the API's spelling, which a revoke needs; compare addresses without case. What is no address is cleaned for
   * printing.
   */
  email: string;
  /** `pending`, `accepted`, `uploading`, `generating`, `completed`, `revoked`, `deleted`, or what the API adds later. */
  status: string;
  /** The model that headshots are made with, once there is one. */
  modelId?: string;
  teamId?: string;
}

/** One person's invite as the list carries it. A status that cannot be read there is `unknown`. */
export interface ListedInvite extends Invite {
  teamName?: string;
  /** When the invite was sent: ISO 8601, as the API writes it. */
  createdAt?: string;
}

/** Everyone in the organization. */
export interface InviteList {
  invites: ListedInvite[];
  /** How many rows of the list cannot be read. `invites` is everyone only if it is 0. */
  unreadable: number;
}

/** Whose API key it is. */
export interface OrganizationInfo {
  /** Names the organization: the same for each of its keys. */
  uid: string;
  name?: string;
  /** Undefined if the API leaves them out here. */
  teams?: Team[];
}

/** An invite that was sent just now. */
export interface SentInvite {
  inviteId: string;
  /** The personal sign-up link. Whoever has it can sign up in the person's place: a secret. */
  link?: string;
  teamId?: string;
  /** By the API's clock, in whole seconds: ISO 8601. */
  sentAt: string;
}

/** What one reply says about the rate limit and the API's clock. Times are milliseconds since 1970. */
export interface ResponseInfo {
  /** When the request was sent and when its reply began, by this machine's clock. */
  sentAt: number;
  answeredAt: number;
  /** When the API answered, by its own clock: the `Date` header, which knows whole seconds only. */
  date?: number;
  /** How many more requests it takes in this window: `X-RateLimit-Remaining`. */
  remaining?: number;
  /** When the window ends, by the API's clock: `X-RateLimit-Reset`, an ISO time stamp. */
  resetAt?: number;
  /** Whether this request was refused because there were too many. */
  refused: boolean;
}

/**
 * What a caller of the client does around each of its requests, also around each page of a list.
 *
 * @example
 * const hooks = { beforeRequest: () => limiter.wait(), afterResponse: (info) => console.log(info?.remaining) };
 * await client.getInvite("ada@acme.com", hooks);
 */
export interface RequestHooks {
  /** The request waits for it, and its time-out begins afterwards. If it throws, nothing is sent. */
  beforeRequest?(): void | Promise<void>;
  /** Once for each request that was sent; without `info` if no reply came. */
  afterResponse?(info?: ResponseInfo): void;
}
