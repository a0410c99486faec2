import type { RequestHooks, ResponseInfo } from "../client/types";
import type { Clock } from "../clock";
import { count } from "../text";

/** Requests under way at once: more make nothing faster, and each needs a connection (`bench/limits.ts`). */
const MAX_IN_FLIGHT = 32;

/** "300 requests per minute" (the vendor's pages); and what one request may be longer under way than another. */
const DOCUMENTED_LIMIT = { requests: 300, windowMs: 60_500 };

/** A window that ends later than a rate limit is ever waited for is not waited for here either. */
const LONGEST_WINDOW_MS = 120_000;

/** Two resets nearer to each other than this are of one window. */
const SAME_WINDOW_MS = 500;

/** Times are cut to whole milliseconds, on both sides. */
const CUT_MS = 2;

/** How long the others wait for the answer to the one that goes first. */
const PROBE_MS = 2_000;

interface Window {
  /** How many more requests it takes, those in flight included. */
  left: number;
  /** By this machine's clock: never too early, and up to a second too late, as the API's clock has whole seconds. */
  endsAt: number;
  /** By the API's clock. Undefined: no reply has named the window, and the {@link DOCUMENTED_LIMIT} is assumed. */
  resetAt?: number;
  /** The number of the request whose reply named it first. */
  firstReply: number;
}

/**
 * How many requests may be sent now: the rule, without timers. Times are this machine's milliseconds.
 *
 * - A window is used up at full speed, and then its reset is waited for: nothing is sooner. Requests in flight
 *   count as used; whatever another client takes shows in the next reply.
 * - At the start and after each wait one request goes alone, and its reply opens the way: a window that another client
 *   has used up, or a wrong reset, costs one 429.
 */
export class RateLimiter {
  private inFlight = 0;
  private count = 0;
  private sentAt = -Infinity;
  private closedUntil = -Infinity;
  private window?: Window;
  /** The request that goes first: still to be sent, or its number. */
  private probe?: "next" | number = "next";

  mayGo(now: number): boolean {
    this.turnWindow(now);
    if (now < this.closedUntil || typeof this.probe === "number") return false;
    // Not all that is left at once: another client may take from it before the first reply shows that.
    return this.inFlight < Math.min(MAX_IN_FLIGHT, Math.ceil((this.window?.left ?? Infinity) / 4));
  }

  /** When the next request may go although no reply comes; undefined if only a reply makes room. */
  opensAt(now: number): number | undefined {
    const { window } = this;
    const usedUpUntil = window && window.left <= this.inFlight ? window.endsAt : -Infinity;
    const closedUntil = Math.max(this.closedUntil, usedUpUntil);
    if (now < closedUntil) return closedUntil;
    return typeof this.probe === "number" ? this.sentAt + PROBE_MS : undefined;
  }

  /** A request goes. @returns its number, for {@link ended} */
  sent(now: number): number {
    this.inFlight++;
    this.sentAt = now;
    this.count++;
    const { requests, windowMs } = DOCUMENTED_LIMIT;
    this.window ??= { left: requests, endsAt: now + windowMs, firstReply: 0 };
    if (this.probe === "next") this.probe = this.count;
    return this.count;
  }

  /** A request has come back. Without `info` it was not sent or not answered: nothing is known, and no way is opened. */
  ended(number: number, now: number, info?: ResponseInfo): void {
    this.inFlight--;
    if (this.probe === number) this.probe = info ? undefined : "next";
    if (!info) return;
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
    const found = readWindow(info, number);
    const known = this.window;
    if (!found || found.endsAt <= now || found.endsAt > now + LONGEST_WINDOW_MS) {
      if (known && known.resetAt === undefined) known.left--;
    } else if (known?.resetAt && Math.abs(known.resetAt - (found.resetAt ?? 0)) < SAME_WINDOW_MS) {
      known.left = Math.min(known.left, found.left);
      known.endsAt = Math.min(known.endsAt, found.endsAt);
    }
    // Of two windows, that of the later request: replies overtake each other, and limits change.
    else if (!known || number > known.firstReply) this.window = found;
  }

  private turnWindow(now: number): void {
    if (typeof this.probe === "number" && now >= this.sentAt + PROBE_MS) this.probe = undefined;
    if (!this.window || now < this.window.endsAt) return;
    this.window = undefined;
    this.probe ??= "next";
  }
}

function readWindow(info: ResponseInfo, firstReply: number): Window | undefined {
  const { remaining, resetAt, date, answeredAt, refused } = info;
  if (remaining === undefined || resetAt === undefined) return undefined;
  // Without the API's time, its clock is taken to be this machine's.
  const endsAt = resetAt - (date === undefined ? 0 : date - answeredAt) + CUT_MS;
  return { left: refused ? 0 : remaining, endsAt, resetAt, firstReply };
}

export type Purpose = "create" | "read" | "revoke" | "move" | "make a team" | "change a team";

/**
 * Which goes first: a revoke, whose look must not grow old; then a look-up or a move, which belongs to something already
 * begun; then something new. Among equals, the one that came first.
 */
const ORDER: readonly Purpose[] = ["revoke", "read", "move", "change a team", "make a team", "create"];

/** In the order of a sentence. */
const NAMES = {
  create: "invite",
  revoke: "revoke",
  move: "move",
  "make a team": "new team",
  "change a team": "team change",
  read: "look-up",
} as const;

/** A wait that a person at the terminal would notice is reported; a shorter one is not. */
export const NOTICEABLE_MS = 5_000;

/** A line is held back for so long, to count all that wait. */
export const GATHERING_MS = 200;

/**
 * What the user reads while requests wait.
 *
 * @example
 * waitingLine("HeadshotPro's rate limit is reached", ["create", "create", "read"], 40_001);
 * // "HeadshotPro's rate limit is reached: 2 invites and 1 look-up wait 41 s"
 */
function waitingLine(why: string, waiting: readonly Purpose[], ms: number): string {
  const kinds = Object.entries(NAMES).flatMap(([purpose, name]) => {
    const amount = waiting.filter((one) => one === purpose).length;
    return amount > 0 ? [count(amount, name, `${name}s`)] : [];
  });
  const last = kinds.pop();
  const who = kinds.length > 0 ? `${kinds.join(", ")} and ${last}` : last;
  return `${why}: ${who} ${waiting.length === 1 ? "waits" : "wait"} ${Math.ceil(ms / 1000)} s`;
}

const LIMIT_REACHED = "HeadshotPro's rate limit is reached";

interface Waiting {
  purpose: Purpose;
  turn: number;
  /** @param number as the limiter counts requests */
  go(number: number): void;
}

/** Where all requests of a session wait for their turn, as the {@link RateLimiter} allows. */
export class RequestScheduler {
  private readonly limiter = new RateLimiter();
  private readonly queue: Waiting[] = [];
  private turns = 0;
  private cancelTimer?: () => void;
  private closed = { until: -Infinity, why: LIMIT_REACHED };
  private reportedUntil = -Infinity;

  constructor(
    private readonly log: (line: string) => void,
    private readonly clock: Clock,
  ) {}

  /** For one request at a time, its repeats and its pages: all of them keep the place in the order that they get here. */
  hooks(purpose: Purpose): Required<RequestHooks> {
    const turn = ++this.turns;
    let number = 0;
    return {
      beforeRequest: async () => {
        number = await this.admitted(purpose, turn);
      },
      afterResponse: (info) => {
        this.limiter.ended(number, this.clock.now(), info);
        this.move();
      },
    };
  }

  /** Nobody sends anything for so long: the API asked for it. */
  close(ms: number, why: string = LIMIT_REACHED): void {
    const until = this.clock.now() + ms;
    if (until > this.closed.until) this.closed = { until, why };
    this.limiter.close(until);
    this.move();
  }

  private admitted(purpose: Purpose, turn: number): Promise<number> {
    return new Promise((go) => {
      const before = this.queue.findLastIndex((other) => !isBefore({ purpose, turn }, other));
      this.queue.splice(before + 1, 0, { purpose, turn, go });
      this.move();
    });
  }

  private move(): void {
    this.cancelTimer?.();
    const now = this.clock.now();
    while (this.queue.length > 0 && this.limiter.mayGo(now)) this.queue.shift()?.go(this.limiter.sent(now));
    const opensAt = this.queue.length > 0 ? this.limiter.opensAt(now) : undefined;
    if (opensAt === undefined) return;
    this.cancelTimer = this.clock.after(Math.max(1, opensAt - now), () => this.move());
    if (opensAt - now > NOTICEABLE_MS) this.report();
  }

  /** Once for each wait: those that are refused, or arrive, just after the first one announce nearly the same end. */
  private report(): void {
    this.clock.after(GATHERING_MS, () => {
      const now = this.clock.now();
      const opensAt = this.limiter.opensAt(now) ?? now;
      const isNews =
        opensAt > Math.max(now, this.reportedUntil + GATHERING_MS) + NOTICEABLE_MS - GATHERING_MS;
      if (this.queue.length === 0 || !isNews) return;
      this.reportedUntil = opensAt;
      const why = now < this.closed.until ? this.closed.why : LIMIT_REACHED;
      const waiting = this.queue.map(({ purpose }) => purpose);
      this.log(waitingLine(why, waiting, opensAt - now));
    });
  }
}

function isBefore(one: Omit<Waiting, "go">, other: Waiting): boolean {
  const rank = ORDER.indexOf(one.purpose) - ORDER.indexOf(other.purpose);
  return rank < 0 || (rank === 0 && one.turn < other.turn);
}
