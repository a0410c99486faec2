import type { RequestHooks } from "../client/request-hooks";
import type { Clock } from "../clock";
import { GATHERING_MS, NOTICEABLE_MS } from "./noticeable";
import { RateLimiter } from "./rate-limiter";

export type Verb = "create" | "read" | "revoke" | "move";

/**
 * Who goes first: a revoke has had its look and must not grow old, a look-up or a move
 * belongs to something already begun, and only then something new is begun. Within these, whoever came first.
 */
const ORDER: readonly Verb[] = ["revoke", "read", "move", "create"];

const NAMES: Record<Verb, string> = {
  create: "invite",
  revoke: "revoke",
  move: "move",
  read: "look-up",
};

interface Waiting {
  verb: Verb;
  turn: number;
  /** @param number as the limiter counts requests */
  go(number: number): void;
}

/**
 * What the user reads while requests wait for the rate limit.
 *
 * @example
 * rateLimitLine(["create", "create", "read"], 40_001);
 * // "HeadshotPro's rate limit is reached: 2 invites and 1 look-up wait 41 s"
 */
export function rateLimitLine(waiting: readonly Verb[], ms: number): string {
  const kinds = (["create", "revoke", "move", "read"] as const)
    .map((verb) => ({ name: NAMES[verb], count: waiting.filter((one) => one === verb).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}${count === 1 ? "" : "s"}`);
  const last = kinds.pop();
  const who = kinds.length > 0 ? `${kinds.join(", ")} and ${last}` : last;
  return `HeadshotPro's rate limit is reached: ${who} ${waiting.length === 1 ? "waits" : "wait"} ${Math.ceil(ms / 1000)} s`;
}

/** Where all requests of a session wait for their turn, as the {@link RateLimiter} allows. */
export class RequestScheduler {
  private readonly limiter = new RateLimiter();
  private readonly queue: Waiting[] = [];
  private turns = 0;
  private callOff?: () => void;
  private saidUntil = -Infinity;
  private gathering = false;

  constructor(
    private readonly say: (line: string) => void,
    private readonly clock: Clock,
  ) {}

  /** The latest that it can have been here when the API's clock showed a time: this machine's milliseconds. */
  latestHere(apiTime: number): number {
    return this.limiter.latestHere(apiTime);
  }

  /** For one request at a time, its repeats and its pages: all of them keep the place in the order that they get here. */
  hooks(verb: Verb): Required<RequestHooks> {
    const turn = ++this.turns;
    let number = 0;
    return {
      beforeRequest: async () => {
        number = await this.admitted(verb, turn);
      },
      afterResponse: (info) => {
        this.limiter.ended(number, this.clock.now(), info);
        this.move();
      },
    };
  }

  /** Nobody sends anything for so long: the API said "too many requests". */
  close(ms: number): void {
    this.limiter.close(this.clock.now() + ms);
    this.move();
  }

  private admitted(verb: Verb, turn: number): Promise<number> {
    return new Promise((go) => {
      const before = this.queue.findLastIndex((other) => !isBefore({ verb, turn }, other));
      this.queue.splice(before + 1, 0, { verb, turn, go });
      this.move();
    });
  }

  private move(): void {
    this.callOff?.();
    const now = this.clock.now();
    while (this.queue.length > 0 && this.limiter.mayGo(now, this.queue.length)) {
      this.queue.shift()?.go(this.limiter.sent(now));
    }
    const opensAt = this.queue.length > 0 ? this.limiter.opensAt(now, this.queue.length) : undefined;
    if (opensAt === undefined) return;
    this.callOff = this.clock.after(Math.max(1, opensAt - now), () => this.move());
    if (opensAt - now > NOTICEABLE_MS) this.tell();
  }

  /** Once for each wait: those that are refused, or arrive, just after the first one announce nearly the same end. */
  private tell(): void {
    if (this.gathering) return;
    this.gathering = true;
    this.clock.after(GATHERING_MS, () => {
      this.gathering = false;
      const now = this.clock.now();
      const opensAt = this.limiter.opensAt(now, this.queue.length) ?? now;
      const isNews = opensAt > Math.max(now, this.saidUntil + GATHERING_MS) + NOTICEABLE_MS - GATHERING_MS;
      if (this.queue.length === 0 || !isNews) return;
      this.saidUntil = opensAt;
      const waiting = this.queue.map(({ verb }) => verb);
      this.say(rateLimitLine(waiting, opensAt - now));
    });
  }
}

function isBefore(one: { verb: Verb; turn: number }, other: typeof one): boolean {
  const rank = ORDER.indexOf(one.verb) - ORDER.indexOf(other.verb);
  return rank < 0 || (rank === 0 && one.turn < other.turn);
}
