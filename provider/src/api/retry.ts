import { type ApiError, isApiError } from "../client/errors";
import type { RequestHooks, ResponseInfo } from "../client/types";
import { type Clock, sleep } from "../clock";
import { count } from "../text";
import { GATHERING_MS, NOTICEABLE_MS, type Purpose, RequestScheduler } from "./rate-limiter";

/** Repeats after a failure before it is reported. */
const MAX_RETRIES = 4;

/** The longest pause that the API may ask for; the vendor's rate-limit window is a minute. */
const MAX_PAUSE_MS = 120_000;

/** If a 429 does not say when (or names a time that is over): soon first, and a whole window in all. */
const UNANNOUNCED_PAUSES_MS = [1_000, 4_000, 16_000, 45_000];

/**
 * How long to wait before repeating a request, in milliseconds; undefined: do not repeat it.
 *
 * What makes something is repeated only if it surely was not carried out; after a lost reply the caller has to look the
 * person or the team up.
 * Refusals, such as too many pending invites or missing credits, are never repeated, and an answer that makes no sense is
 * asked for once more only.
 *
 * **The bound**, for each request, over all of its repeats: {@link longestMs} if the API does not answer
 * properly; four pauses, which are 66 s if a rate limit does not say how long (a window is 60 s), and
 * 120 s each at most if the API does. A longer one is reported at once.
 *
 * @param error also one of another API, in the same terms.
 * @param attempt 1 after the first failure.
 * @param random from 0 to 1: spreads the repeats of many resources over time.
 */
export function retryDelay(
  error: Pick<ApiError, "reason" | "retryAt" | "mayHaveHappened">,
  purpose: Purpose,
  attempt: number,
  now: Date,
  random: number,
): number | undefined {
  const { reason, mayHaveHappened } = error;
  if (attempt > (reason === "unusable-reply" ? 1 : MAX_RETRIES)) return undefined;
  const isLimited = reason === "rate-limit";
  const makes = purpose === "create" || purpose === "make a team";
  const isRepeatable = isLimited || reason === "unreachable" || (!makes && mayHaveHappened);
  if (!isRepeatable) return undefined;
  const asked = askedPause(error, now);
  // A server that fails and asks for a second each time must not be given up sooner than one that asks for nothing.
  const pause = isLimited
    ? asked || (UNANNOUNCED_PAUSES_MS[attempt - 1] ?? 0)
    : Math.max(asked, backOffMs(attempt, random));
  return pause <= MAX_PAUSE_MS ? pause : undefined;
}

/** How long the API asks to wait, in milliseconds; 0 if it does not, or names a time that is over. */
function askedPause({ retryAt }: Pick<ApiError, "retryAt">, now: Date): number {
  return retryAt && retryAt > now ? retryAt.getTime() - now.getTime() : 0;
}

/** Half a second, doubled each time, more or less by half. */
export function backOffMs(attempt: number, random: number): number {
  return 2 ** (attempt - 1) * 500 * (0.5 + random);
}

/**
 * How long a request may take with all its repeats if the API does not answer properly: five time-outs and
 * the four longest back-offs. 161.25 s with the default time-out of 30 s.
 */
export function longestMs(timeoutMs: number): number {
  let sum = timeoutMs;
  for (let attempt = 1; attempt <= MAX_RETRIES; attempt++) sum += backOffMs(attempt, 1) + timeoutMs;
  return sum;
}

/** A failing API is mentioned once in so long, whatever the number of requests. */
const QUIET_MS = 60_000;

/** One request and its repeats: they keep its place among those that wait, and they are counted. */
export interface Attempts {
  purpose: Purpose;
  /** For the client. Waiting for the scheduler is no attempt. */
  hooks: Required<RequestHooks>;
  /** When it was first sent, in milliseconds since 1970: a time-out is a wait as well. */
  since: number;
  failures: number;
  /** The caller can do without the answer: only the rate limit, which is everybody's, is waited for. */
  isOptional: boolean;
}

/** Sends the requests of a session: each in its turn, and again after a failure that passes by itself. */
export class Requests {
  private readonly scheduler: RequestScheduler;
  private quietUntil = 0;
  private waiting = 0;
  /** By how many milliseconds the API's clock is ahead of this machine's, to a second. */
  private ahead = 0;
  /** The proxy would refuse each request, and a wrong password that is repeated locks accounts. */
  private refusedByProxy?: ApiError;

  /** @param timeoutMs of one request. */
  constructor(
    private readonly log: (line: string) => void,
    private readonly clock: Clock,
    private readonly timeoutMs: number,
  ) {
    this.scheduler = new RequestScheduler(log, clock);
  }

  /**
   * @param send passes the hooks on to the client.
   * @param options.isOptional the caller can do without: one attempt.
   * @throws the last ApiError, and at once whatever is none
   */
  async send<T>(
    purpose: Purpose,
    send: (hooks: Required<RequestHooks>) => Promise<T>,
    options: { isOptional?: boolean } = {},
  ): Promise<T> {
    const attempts = this.begin(purpose, options);
    for (;;) {
      try {
        return await send(attempts.hooks);
      } catch (error) {
        if (!(await this.waitAfter(error, attempts))) throw error;
      }
    }
  }

  /** For a caller who repeats a request by itself, with {@link waitAfter}. */
  begin(purpose: Purpose, { isOptional = false } = {}): Attempts {
    const { beforeRequest, afterResponse } = this.scheduler.hooks(purpose);
    const hooks = {
      beforeRequest: async () => {
        await beforeRequest();
        if (!this.refusedByProxy) return;
        afterResponse();
        throw this.refusedByProxy;
      },
      afterResponse: (info?: ResponseInfo) => {
        if (info?.date !== undefined) this.ahead = info.date - info.answeredAt;
        afterResponse(info);
      },
    };
    return { purpose, hooks, since: this.clock.now(), failures: 0, isOptional };
  }

  /** Waits until a failed request may be repeated. @returns false, at once: it is not to be repeated */
  async waitAfter(failure: unknown, attempts: Attempts): Promise<boolean> {
    if (!isApiError(failure)) return false;
    if (failure.reason === "proxy-refused") this.refusedByProxy = failure;
    if (attempts.isOptional && failure.reason !== "rate-limit") return false;
    const now = new Date(this.clock.now());
    const delay = retryDelay(failure, attempts.purpose, ++attempts.failures, now, Math.random());
    if (delay === undefined) return false;
    const problem = [failure.status, failure.text].filter(Boolean).join(": ");
    if (failure.reason === "rate-limit") this.scheduler.close(delay);
    else if (askedPause(failure, now)) this.scheduler.close(delay, `HeadshotPro asks to wait (${problem})`);
    else await this.backOff(delay, now.getTime() - attempts.since, problem);
    return true;
  }

  /** When the API's clock shows a time, by this machine's, to a second. Both are milliseconds since 1970. */
  toOwnTime(apiTime: number): number {
    return apiTime - this.ahead;
  }

  private async backOff(ms: number, waitedMs: number, problem: string): Promise<void> {
    const now = this.clock.now();
    if (waitedMs + ms > NOTICEABLE_MS && now >= this.quietUntil) {
      this.quietUntil = now + QUIET_MS;
      this.clock.after(GATHERING_MS, () => {
        if (this.waiting === 0) return;
        const who = count(this.waiting, "request is", "requests are");
        const seconds = Math.ceil((longestMs(this.timeoutMs) - waitedMs) / 1000);
        this.log(
          `HeadshotPro does not answer properly (${problem}): ${who} tried again, for up to ${seconds} s`,
        );
      });
    }
    this.waiting++;
    await sleep(this.clock, ms);
    this.waiting--;
  }
}
