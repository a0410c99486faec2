import type { RequestHooks } from "../client/types";
import type { Clock } from "../clock";
import { count } from "../text";
import { RateLimiter } from "./rate-limiter";

/** What a request is for. */
export type Purpose = "create" | "read" | "revoke" | "move" | "make a team" | "change a team";

/**
 * Who goes first: a revoke has had its look and must not grow old, a look-up or a move belongs to something already
 * begun, and only then something new is begun. Within these, whoever came first.
 */
const ORDER: readonly Purpose[] = ["revoke", "read", "move", "change a team", "make a team", "create"];

/** In the order of a sentence. */
const NAMES = {
  create: "invite",
  revoke: "revoke",
  move: "move",
  "make a team": "new team",
  "change a team": "change of a team",
  read: "look-up",
} as const;

/** A wait that a person at the terminal would notice is reported; a shorter one is not. */
export const NOTICEABLE_MS = 5_000;

/** A line is held back for so long, to tell how many wait. */
export const GATHERING_MS = 200;

/**
 * What the user reads while requests wait.
 *
 * @example
 * waitingLine("HeadshotPro's rate limit is reached", ["create", "create", "read"], 40_001);
 * // "HeadshotPro's rate limit is reached: 2 invites and 1 look-up wait 41 s"
 */
export function waitingLine(why: string, waiting: readonly Purpose[], ms: number): string {
  const kinds = (Object.keys(NAMES) as Purpose[])
    .map((purpose) => ({ name: NAMES[purpose], count: waiting.filter((one) => one === purpose).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count: n }) =>
      count(n, name, name === "change of a team" ? "changes of teams" : `${name}s`),
    );
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
      this.log(
        waitingLine(
          why,
          this.queue.map(({ purpose }) => purpose),
          opensAt - now,
        ),
      );
    });
  }
}

function isBefore(one: { purpose: Purpose; turn: number }, other: typeof one): boolean {
  const rank = ORDER.indexOf(one.purpose) - ORDER.indexOf(other.purpose);
  return rank < 0 || (rank === 0 && one.turn < other.turn);
}
