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
