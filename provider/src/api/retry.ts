import { type HeadshotProError, isHeadshotProError } from "../client/headshotpro-error";
import type { RequestHooks } from "../client/request-hooks";
import type { Clock } from "../clock";
import type { BackOffs } from "./back-off";
import type { RequestScheduler, Verb } from "./request-scheduler";

/** Repeats after a failure before it is reported. */
const MAX_RETRIES = 4;

/** The longest announced rate-limit pause that is waited out; the vendor's window is a minute. */
const MAX_PAUSE_MS = 120_000;

/** If a 429 does not say when (or names a time that is over): soon first, and a whole window in all. */
const UNANNOUNCED_PAUSES_MS = [1_000, 4_000, 16_000, 45_000];

/**
 * How long to wait before repeating a request, in milliseconds; undefined: do not repeat it.
 *
 * A create is repeated only if it surely was not carried out; after a lost reply it is the caller's to look
 * the person up first. Too many pending invites, missing credits and refusals are never repeated.
 *
 * **The bound**, for each request, over all of its repeats: {@link longestMs} if the API does not answer
 * properly; four rate-limit pauses, which are 70 s if the API does not say how long (a window is 60 s), and
 * 121 s each at most if it does. A longer one is reported at once.
 *
 * @param error also one of another API, if it is told in the same terms.
 * @param attempt 1 after the first failure.
 * @param random from 0 to 1: spreads the repeats of many resources over time.
 */
export function retryDelay(
  error: Pick<HeadshotProError, "reason" | "retryAt" | "mayHaveHappened">,
  verb: Verb,
  attempt: number,
  now: Date,
  random: number,
): number | undefined {
  if (attempt > MAX_RETRIES) return undefined;
  if (error.reason === "rate-limit") {
    const announced = (error.retryAt?.getTime() ?? 0) - now.getTime();
    const pause = announced > 0 ? announced : (UNANNOUNCED_PAUSES_MS[attempt - 1] ?? MAX_PAUSE_MS);
    return pause <= MAX_PAUSE_MS ? pause + random * 1000 : undefined;
  }
  const repeatable = error.reason === "unreachable" || (verb !== "create" && error.mayHaveHappened);
  return repeatable ? backOffMs(attempt, random) : undefined;
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
    private readonly verb: Verb,
    private readonly waits: Waits,
  ) {
    this.hooks = waits.scheduler.hooks(verb);
    this.since = waits.clock.now();
  }

  /** Waits until a failed request may be repeated. @returns false, at once: it is not to be repeated */
  async waitAfter(failure: unknown): Promise<boolean> {
    const { scheduler, backOffs, clock, timeoutMs } = this.waits;
    if (!isHeadshotProError(failure)) return false;
    const delay = retryDelay(failure, this.verb, ++this.failures, new Date(clock.now()), Math.random());
    if (delay === undefined) return false;
    if (failure.reason === "rate-limit") scheduler.close(delay);
    else {
      const problem = [failure.status, failure.text].filter(Boolean).join(": ");
      await backOffs.wait(delay, this.since, problem, longestMs(timeoutMs));
    }
    return true;
  }
}

/**
 * Sends a request, and again after a failure that passes by itself.
 *
 * @param send passes the hooks on to the client.
 * @throws the last HeadshotProError, and at once whatever is none
 */
export async function withRetries<T>(
  verb: Verb,
  send: (hooks: Required<RequestHooks>) => Promise<T>,
  waits: Waits,
): Promise<T> {
  const attempts = new Attempts(verb, waits);
  for (;;) {
    try {
      return await send(attempts.hooks);
    } catch (error) {
      if (!(await attempts.waitAfter(error))) throw error;
    }
  }
}
