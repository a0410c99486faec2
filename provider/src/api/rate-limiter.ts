import type { ResponseInfo } from "../client/types";

/** Requests under way at once: more make nothing faster, and each needs a connection (`bench/limits.ts`). */
const MAX_IN_FLIGHT = 32;

/** "300 requests per minute" (the vendor's pages); and what one request may be longer under way than another. */
const DOCUMENTED_LIMIT = { requests: 300, windowMs: 60_500 };

/** A window that ends later than a rate limit is ever waited for is not waited for here either. */
const LONGEST_WINDOW_MS = 120_000;

/** Two resets nearer to each other than this are of one window, told twice. */
const SAME_WINDOW_MS = 500;

/** Times are cut to whole milliseconds, on both sides. */
const CUT_MS = 2;

/** How long the others wait for the answer to the one that goes first. */
const PROBE_MS = 2_000;

/** The window that is running. */
interface Window {
  /** How many more requests it takes, those in flight included. */
  left: number;
  /** By this machine's clock, and never too early; up to a second too late, as the API tells its time in seconds. */
  endsAt: number;
  /** By the API's clock. Undefined: no reply has told of the window, and the {@link DOCUMENTED_LIMIT} is assumed. */
  resetAt?: number;
  /** Number of the request whose reply told of it first. */
  toldBy: number;
}

/**
 * How many requests may be sent now: the rule, without timers. Times are this machine's milliseconds.
 *
 * - A window is used up at full speed, and then its reset is waited for: nothing is sooner. Requests in flight
 *   count as used; whatever another client takes shows in the next reply.
 * - At the start and after each wait one request goes alone, and its reply opens the way: a window that somebody
 *   else has used up, or a wrong reset, costs one 429.
 */
export class RateLimiter {
  private inFlight = 0;
  private count = 0;
  private sentAt = -Infinity;
  private closedUntil = -Infinity;
  private window?: Window;
  /** The request that goes first: still to be sent, or its number. */
  private probe?: "next" | number = "next";
  /** How far the API's clock is ahead of this machine's, by the newest reply. */
  private ahead = 0;

  mayGo(now: number): boolean {
    this.turnWindow(now);
    if (now < this.closedUntil || typeof this.probe === "number") return false;
    // Not all that is left at once: another client may take from it before the first reply tells.
    return this.inFlight < Math.min(MAX_IN_FLIGHT, Math.ceil((this.window?.left ?? Infinity) / 4));
  }

  /** When somebody may go although no reply comes; undefined if only a reply makes room. */
  opensAt(now: number): number | undefined {
    const { window } = this;
    const usedUpUntil = window && window.left <= this.inFlight ? window.endsAt : -Infinity;
    const closedUntil = Math.max(this.closedUntil, usedUpUntil);
    if (now < closedUntil) return closedUntil;
    return typeof this.probe === "number" ? this.sentAt + PROBE_MS : undefined;
  }

  /** When the API's clock shows a time, within seconds: by this machine's. */
  toOwnTime(apiTime: number): number {
    return apiTime - this.ahead;
  }

  /** A request goes. @returns its number, for {@link ended} */
  sent(now: number): number {
    this.inFlight++;
    this.sentAt = now;
    this.count++;
    const { requests, windowMs } = DOCUMENTED_LIMIT;
    this.window ??= { left: requests, endsAt: now + windowMs, toldBy: 0 };
    if (this.probe === "next") this.probe = this.count;
    return this.count;
  }

  /** A request has come back. Without `info` it was not sent or not answered: nothing is known, and no way is opened. */
  ended(number: number, now: number, info?: ResponseInfo): void {
    this.inFlight--;
    if (this.probe === number) this.probe = info ? undefined : "next";
    if (!info) return;
    if (info.date !== undefined) this.ahead = info.date - info.answeredAt;
    this.noteWindow(number, now, info);
    // Until the caller says how long.
    if (info.refused) this.close(now + 1);
  }

  /** Nobody goes until then. */
  close(until: number): void {
    this.closedUntil = Math.max(this.closedUntil, until);
    this.probe = "next";
  }

  private noteWindow(number: number, now: number, info: ResponseInfo): void {
    const told = toldWindow(info, number);
    const known = this.window;
    if (!told || told.endsAt <= now || told.endsAt > now + LONGEST_WINDOW_MS) {
      if (known && known.resetAt === undefined) known.left--;
    } else if (known?.resetAt && Math.abs(known.resetAt - (told.resetAt ?? 0)) < SAME_WINDOW_MS) {
      known.left = Math.min(known.left, told.left);
      known.endsAt = Math.min(known.endsAt, told.endsAt);
    }
    // Of two windows, the one that the later request tells of: replies overtake each other, and limits change.
    else if (!known || number > known.toldBy) this.window = told;
  }

  private turnWindow(now: number): void {
    if (typeof this.probe === "number" && now >= this.sentAt + PROBE_MS) this.probe = undefined;
    if (!this.window || now < this.window.endsAt) return;
    this.window = undefined;
    this.probe ??= "next";
  }
}

function toldWindow(info: ResponseInfo, toldBy: number): Window | undefined {
  const { remaining, resetAt, date, answeredAt, refused } = info;
  if (remaining === undefined || resetAt === undefined) return undefined;
  // Without the API's time, its clock is taken to be this machine's.
  const endsAt = resetAt - (date === undefined ? 0 : date - answeredAt) + CUT_MS;
  return { left: refused ? 0 : remaining, endsAt, resetAt, toldBy };
}
