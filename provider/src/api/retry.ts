import { type ApiError, isApiError } from "../client/errors";
import type { RequestHooks } from "../client/types";
import { type Clock, sleep } from "../clock";
import { GATHERING_MS, NOTICEABLE_MS, type Purpose, type RequestScheduler } from "./request-scheduler";

/** Repeats after a failure before it is reported. */
const MAX_RETRIES = 4;

/** The longest pause that the API may ask for; the vendor's rate-limit window is a minute. */
const MAX_PAUSE_MS = 120_000;

/** If a 429 does not say when (or names a time that is over): soon first, and a whole window in all. */
const UNANNOUNCED_PAUSES_MS = [1_000, 4_000, 16_000, 45_000];

/**
 * How long to wait before repeating a request, in milliseconds; undefined: do not repeat it.
 *
 * A create is repeated only if it surely was not carried out; after a lost reply it is the caller's to look
 * the person up first. Too many pending invites, missing credits and refusals are never repeated. An answer that makes
 * no sense is asked for once more only, since the next one will hardly make more.
 *
 * **The bound**, for each request, over all of its repeats: {@link longestMs} if the API does not answer
 * properly; four pauses, which are 66 s if a rate limit does not say how long (a window is 60 s), and
 * 120 s each at most if the API does. A longer one is reported at once.
 *
 * @param error also one of another API, if it is told in the same terms.
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
  const isRepeatable = isLimited || reason === "unreachable" || (purpose !== "create" && mayHaveHappened);
  if (!isRepeatable) return undefined;
  const unannounced = isLimited ? UNANNOUNCED_PAUSES_MS[attempt - 1] : undefined;
  const pause = askedPause(error, now) ?? unannounced ?? backOffMs(attempt, random);
  return pause <= MAX_PAUSE_MS ? pause : undefined;
}

/** How long the API asks to wait, in milliseconds; undefined if it does not, or names a time that is over. */
function askedPause({ retryAt }: Pick<ApiError, "retryAt">, now: Date): number | undefined {
  const pause = retryAt ? retryAt.getTime() - now.getTime() : 0;
  return pause > 0 ? pause : undefined;
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

/** The waits of requests that the API does not answer properly, and what is reported of them. */
export class BackOffs {
  private quietUntil = 0;
  private waiting = 0;

  constructor(
    private readonly log: (line: string) => void,
    private readonly clock: Clock,
  ) {}

  /**
   * Waits before a repeat.
   *
   * @param since when the request was first sent: a time-out is a wait as well.
   * @param mayLastMs how long the request may be repeated.
   */
  async wait(ms: number, since: number, problem: string, mayLastMs: number): Promise<void> {
    const now = this.clock.now();
    if (now + ms - since > NOTICEABLE_MS && now >= this.quietUntil) {
      this.quietUntil = now + QUIET_MS;
      this.clock.after(GATHERING_MS, () => {
        if (this.waiting > 0) this.log(failingLine(problem, this.waiting, mayLastMs - (now - since)));
      });
    }
    this.waiting++;
    await sleep(this.clock, ms);
    this.waiting--;
  }
}

/** What the user reads while requests are repeated. */
export function failingLine(problem: string, failing: number, ms: number): string {
  const who = failing === 1 ? "1 request is" : `${failing} requests are`;
  return `HeadshotPro does not answer properly (${problem}): ${who} tried again, for up to ${Math.ceil(ms / 1000)} s`;
}

/** What the requests of a session wait by. */
export interface Waits {
  scheduler: RequestScheduler;
  backOffs: BackOffs;
  clock: Clock;
  /** Of one request, in milliseconds. */
  timeoutMs: number;
}

/** One request and its repeats: they keep its place among those that wait, and they are counted. */
export class Attempts {
  /** For the client. Waiting for the scheduler is no attempt. */
  readonly hooks: Required<RequestHooks>;
  private readonly since: number;
  private failures = 0;

  constructor(
    private readonly purpose: Purpose,
    private readonly waits: Waits,
  ) {
    this.hooks = waits.scheduler.hooks(purpose);
    this.since = waits.clock.now();
  }

  /** Waits until a failed request may be repeated. @returns false, at once: it is not to be repeated */
  async waitAfter(failure: unknown): Promise<boolean> {
    const { scheduler, backOffs, clock, timeoutMs } = this.waits;
    if (!isApiError(failure)) return false;
    const now = new Date(clock.now());
    const delay = retryDelay(failure, this.purpose, ++this.failures, now, Math.random());
    if (delay === undefined) return false;
    const problem = [failure.status, failure.text].filter(Boolean).join(": ");
    if (failure.reason === "rate-limit") scheduler.close(delay);
    else if (askedPause(failure, now)) scheduler.close(delay, `HeadshotPro asks to wait (${problem})`);
    else await backOffs.wait(delay, this.since, problem, longestMs(timeoutMs));
    return true;
  }
}

/**
 * Sends a request, and again after a failure that passes by itself.
 *
 * @param send passes the hooks on to the client.
 * @throws the last ApiError, and at once whatever is none
 */
export async function withRetries<T>(
  purpose: Purpose,
  send: (hooks: Required<RequestHooks>) => Promise<T>,
  waits: Waits,
): Promise<T> {
  const attempts = new Attempts(purpose, waits);
  for (;;) {
    try {
      return await send(attempts.hooks);
    } catch (error) {
      if (!(await attempts.waitAfter(error))) throw error;
    }
  }
}
