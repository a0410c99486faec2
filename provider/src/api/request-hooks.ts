/** What one reply tells of the rate limit and of the API's clock. Times are milliseconds since 1970. */
export interface ReplyNews {
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

/** To be called once when an exchange has ended; without news if it had no reply, or was never begun. */
export type Done = (news?: ReplyNews) => void;

/**
 * Where a request waits until it may be sent. The client asks before each request, also before each page of a
 * list; the time-out of a request begins after the wait.
 */
export type Pass = () => Promise<Done>;
