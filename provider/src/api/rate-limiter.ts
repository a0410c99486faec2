import type { ResponseInfo } from "../client/request-hooks";
import { ApiClock } from "./api-clock";
import { AssumedLimit } from "./assumed-limit";

/** Requests under way at once: more make nothing faster, and each needs a connection (`bench/limits.ts`). */
const MAX_IN_FLIGHT = 32;

/** A window that ends later than a rate limit is ever waited for is not waited for here either. */
const LONGEST_WINDOW_MS = 120_000;

/** Two resets nearer to each other than this are of one window, told twice. */
const SAME_WINDOW_MS = 500;

/** The pause after a 429 is longer than the window by up to so much: whole seconds, and chance. */
const PAUSE_EXCESS_MS = 2_000;

/** How long the others wait for the answer to the one that goes first. */
const ALONE_MS = 2_000;

/** The last requests of a window, so far apart, show when the API's clock passes from one second to the next. */
const TAIL = 20;
const TAIL_GAP_MS = 50;

/** What the newest reply told of the window that is running. */
interface Window {
  /** How many more requests it takes, those in flight included. */
  left: number;
  /** By the API's clock. */
  endsAt: number;
  /** Number of the request that told of it first. */
  toldBy: number;
}

/**
 * How many requests may be sent now: the rule, without timers. Times are this machine's milliseconds.
 *
 * - A window is used up at full speed, and then its reset is waited for: nothing is sooner. Requests in flight
 *   count as used; whatever another client takes shows in the next reply.
 * - Until a reply tells of a limit there is the {@link AssumedLimit}. Replies that tell nothing, or of a window that
 *   is over, change nothing.
 * - At the start and after each wait one request goes alone, and its reply opens the way: a window that somebody
 *   else has used up, or a wrong reset, costs one 429.
 */
export class RateLimiter {
  private readonly clock = new ApiClock();
  private readonly assumed = new AssumedLimit();
  private inFlight = 0;
  private count = 0;
  private sentAt = -Infinity;
  private closedUntil = -Infinity;
  private window?: Window;
  /** The one that goes first, at the start and after a wait: still to be sent, or its number. */
  private alone?: "next" | number = "next";

  /** @param waiting how many requests wait, this one included. */
  mayGo(now: number, waiting: number): boolean {
    this.turnWindow(now);
    const opensAt = Math.max(this.closedUntil, this.assumed.opensAt(now), this.nextInTail(waiting));
    if (now < opensAt || typeof this.alone === "number") return false;
    return this.inFlight < Math.min(MAX_IN_FLIGHT, this.share());
  }

  /** When somebody may go although no reply comes; undefined if only a reply makes room. */
  opensAt(now: number, waiting: number): number | undefined {
    const { window } = this;
    const usedUpUntil = window && window.left <= this.inFlight ? this.clock.surely(window.endsAt) : -Infinity;
    const closedUntil = Math.max(this.closedUntil, this.assumed.opensAt(now), usedUpUntil);
    if (now < closedUntil) return closedUntil;
    if (typeof this.alone === "number") return this.sentAt + ALONE_MS;
    return now < this.nextInTail(waiting) ? this.nextInTail(waiting) : undefined;
  }

  /** The latest that it can have been here when the API's clock showed a time. */
  latestHere(apiTime: number): number {
    return this.clock.surely(apiTime);
  }

  /** A request goes. @returns its number, for {@link ended} */
  sent(now: number): number {
    this.inFlight++;
    this.sentAt = now;
    this.count++;
    this.assumed.sent(now);
    if (this.alone === "next") this.alone = this.count;
    return this.count;
  }

  /** A request has come back; without `info` it says nothing, and whoever went alone has not opened the way. */
  ended(number: number, now: number, info?: ResponseInfo): void {
    this.inFlight--;
    const wasAlone = this.alone === number;
    if (wasAlone) this.alone = info ? undefined : "next";
    if (!info) return;
    this.clock.learn(info);
    this.assumed.learn(info);
    this.noteWindow(number, now, info);
    if (info.refused) this.close(now + 1);
  }

  /** Nobody goes until then: there were too many. */
  close(until: number): void {
    // A pause is counted in the whole seconds of one reply, a window's end is known better.
    const windowEnds = this.window?.left === 0 ? this.clock.surely(this.window.endsAt) : -Infinity;
    const isItsEnd = until >= windowEnds && until <= windowEnds + PAUSE_EXCESS_MS;
    this.closedUntil = Math.max(this.closedUntil, isItsEnd ? windowEnds : until);
    this.alone = "next";
  }

  private noteWindow(number: number, now: number, { remaining, resetAt, refused }: ResponseInfo): void {
    if (remaining === undefined || resetAt === undefined) return;
    const wait = this.clock.surely(resetAt) - now;
    if (wait <= 0 || wait > LONGEST_WINDOW_MS) return;
    const left = refused ? 0 : remaining;
    const known = this.window;
    if (known && Math.abs(known.endsAt - resetAt) < SAME_WINDOW_MS) known.left = Math.min(known.left, left);
    // Of two windows, the one that the later request tells of: replies overtake each other, and limits change.
    else if (!known || number > known.toldBy) this.window = { left, endsAt: resetAt, toldBy: number };
  }

  /** Not all that is left at once: another client may take from it before the first reply tells. */
  private share(): number {
    return Math.ceil((this.window?.left ?? Infinity) / 4);
  }

  private turnWindow(now: number): void {
    if (typeof this.alone === "number" && now >= this.sentAt + ALONE_MS) this.alone = undefined;
    if (!this.window || now < this.clock.surely(this.window.endsAt)) return;
    this.window = undefined;
    this.alone ??= "next";
  }

  /** Only if the window's end has to be waited for anyway, so that it costs nothing. */
  private nextInTail(waiting: number): number {
    const left = (this.window?.left ?? Infinity) - this.inFlight;
    const learns = left <= TAIL && waiting > left && this.clock.uncertainty > 2 * TAIL_GAP_MS;
    return learns ? this.sentAt + TAIL_GAP_MS : -Infinity;
  }
}
