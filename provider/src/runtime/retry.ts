import pRetry from "p-retry";
import { type HeadshotProError, isHeadshotProError } from "../client";

/** Repeats after a failure before it is reported. */
const MAX_RETRIES = 4;

/** The longest announced rate-limit pause that is waited out; the vendor's window is a minute. */
const MAX_PAUSE_MS = 120_000;

/** Where a 429 does not say when, a whole window. */
const WINDOW_MS = 60_000;

/**
 * How long to wait before repeating a request, in milliseconds; undefined: do not repeat it.
 *
 * A create is repeated only where it surely was not carried out; after a lost reply it is the caller's to look
 * the person up first. Too many pending invites, missing credits and refusals are never repeated.
 *
 * @param attempt 1 after the first failure.
 * @param random from 0 to 1: spreads the repeats of many resources over time.
 */
export function retryDelay(
  error: HeadshotProError,
  verb: "create" | "read" | "revoke",
  attempt: number,
  now: Date,
  random: number,
): number | undefined {
  if (attempt > MAX_RETRIES) return undefined;
  if (error.reason === "rate-limit") {
    const pause = Math.max(0, (error.retryAt?.getTime() ?? now.getTime() + WINDOW_MS) - now.getTime());
    return pause <= MAX_PAUSE_MS ? pause + random * 1000 : undefined;
  }
  const repeatable = error.reason === "unreachable" || (verb !== "create" && error.mayHaveHappened);
  return repeatable ? 2 ** (attempt - 1) * 500 * (0.5 + random) : undefined;
}

/**
 * Sends a request, and again after a failure that passes by itself. A wait that a person would notice is said.
 *
 * @throws the last HeadshotProError
 */
export function withRetries<T>(
  verb: "create" | "read" | "revoke",
  send: () => Promise<T>,
  say: (line: string) => void,
): Promise<T> {
  return pRetry(send, {
    retries: MAX_RETRIES,
    minTimeout: 0,
    // p-retry asks this last; the wait itself is ours, because a rate limit names its own time.
    shouldRetry: ({ error, attemptNumber }) =>
      isHeadshotProError(error) && retryDelay(error, verb, attemptNumber, new Date(), 0) !== undefined,
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      if (retriesLeft === 0 || !isHeadshotProError(error)) return;
      const delay = retryDelay(error, verb, attemptNumber, new Date(), Math.random());
      if (delay === undefined) return;
      const happened =
        error.reason === "rate-limit" ? "'s rate limit is reached" : " does not answer properly";
      if (delay > 5000) say(`HeadshotPro${happened}: going on in ${Math.ceil(delay / 1000)} s`);
      await new Promise((resolve) => setTimeout(resolve, delay));
    },
  });
}
