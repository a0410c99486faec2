import { createRequire } from "node:module";
import type { RequestRecord, Verb } from "headshotpro-emulator";
import type { Fetch, Surroundings } from "../../provider/src/client/transport";
import type { Clock } from "../../provider/src/clock";

interface Timer {
  due: number;
  run: () => void;
  isDead(): boolean;
}

/** A clock that stands still until a test moves it. */
export class VirtualClock implements Clock {
  private timers: Timer[] = [];

  /** @param ms milliseconds since 1970 */
  constructor(private ms = Date.parse("2026-11-23T12:00:00.000Z")) {}

  now(): number {
    return this.ms;
  }

  /** @param isDead whether whoever wanted to be called back has ended */
  after(ms: number, run: () => void, isDead = () => false): () => void {
    const timer = { due: this.ms + Math.max(0, ms), run, isDead };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Moves on; whoever is due meanwhile is called in turn, those included who come only by such a call. */
  advance(ms: number): void {
    const end = this.ms + ms;
    for (let next = this.nextUntil(end); next; next = this.nextUntil(end)) {
      const { due, run } = next;
      this.timers = this.timers.filter((other) => other !== next);
      this.ms = Math.max(this.ms, due);
      run();
    }
    this.ms = end;
  }

  /** Sets the clock, as somebody sets a machine's: nobody is called. */
  set(ms: number): void {
    this.ms = ms;
  }

  /** Moves to whoever is due first, and calls them. @returns whether there was somebody */
  moveToNext(): boolean {
    const [next] = this.sorted();
    if (next) this.advance(Math.max(0, next.due - this.ms));
    return next !== undefined;
  }

  /** What came of it, with every wait passed as soon as nothing else is left to do. */
  async through<T>(work: Promise<T>): Promise<T> {
    let ended = false;
    const noteEnd = () => {
      ended = true;
    };
    work.then(noteEnd, noteEnd);
    await settled();
    while (!ended) {
      if (!this.moveToNext()) throw new Error("it waits for something else than the clock");
      await settled();
    }
    return work;
  }

  private nextUntil(end: number): Timer | undefined {
    const [next] = this.sorted();
    return next && next.due <= end ? next : undefined;
  }

  private sorted(): Timer[] {
    return this.timers.filter(({ isDead }) => !isDead()).toSorted((a, b) => a.due - b.due);
  }
}

/** Whatever is settled already has been told to those who wait for it. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The one that the provider brings along. */
export const realFetch: Fetch = createRequire(require.resolve("../../provider/src/client/transport"))(
  "node-fetch",
).default;

/** A moment in the life of a request: it is about to be sent, or its answer is there and the provider has not seen it. */
export type Moment = "asked" | "answered";

interface Intervention {
  moment: Moment;
  on: Verb;
  email?: string;
  act(): unknown;
}

type Reply = Awaited<ReturnType<Fetch>>;

/**
 * What a provider in this process reaches the world by, for as long as its run lives: real HTTP, and a clock that
 * moves on as soon as no request waits for an answer that will come. So every wait is passed and none is waited for,
 * and no answer comes too late because this machine is slow.
 */
export class OneRun implements Surroundings {
  private underWay = 0;
  /** Of those, how many will never be answered. */
  private hopeless = 0;
  private readonly dueTimes = new Set<{ at: number }>();
  private interventions: Intervention[] = [];
  private dead = false;

  constructor(private readonly time: VirtualClock) {}

  readonly clock: Clock = {
    now: () => this.time.now(),
    after: (ms, run) => {
      const due = { at: this.time.now() + Math.max(0, ms) };
      this.dueTimes.add(due);
      const callOff = this.time.after(ms, () => {
        this.dueTimes.delete(due);
        if (!this.dead) run();
      });
      this.moveWhenIdle();
      return () => {
        this.dueTimes.delete(due);
        callOff();
      };
    },
  };

  readonly fetch: Fetch = async (url, init) => {
    const asked = init as { method: string; body?: string; signal: AbortSignal };
    const ended = () => {
      this.underWay--;
      // Only whoever was not going to be answered can still be waiting when the clock moves.
      if (asked.signal.aborted) this.hopeless--;
      this.moveWhenIdle();
    };
    this.underWay++;
    try {
      await this.intervene("asked", url, asked);
      const reply = await realFetch(url, init);
      return this.withBody(reply, url, asked, ended);
    } catch (error) {
      await this.intervene("answered", url, asked);
      ended();
      throw error;
    }
  };

  /** The other side has dealt with a request. */
  dealtWith({ status, fault }: RequestRecord): void {
    if (status !== "hang" && fault !== "slow-drip") return;
    this.hopeless++;
    this.moveWhenIdle();
  }

  /** Does something once, at a moment of the next such request; time stands still meanwhile. */
  once(moment: Moment, on: Verb, email: string | undefined, act: () => unknown): void {
    this.interventions.push({ moment, on, email, act });
  }

  /** The process is gone: nothing that it waits for comes any more, and it does nothing more. */
  die(): Promise<never> {
    this.dead = true;
    return new Promise(() => {});
  }

  private withBody(reply: Reply, url: string, asked: object, ended: () => void): Reply {
    const text = async () => {
      try {
        return await reply.text();
      } finally {
        await this.intervene("answered", url, asked);
        ended();
      }
    };
    return { status: reply.status, headers: reply.headers, text };
  }

  private async intervene(
    moment: Moment,
    url: string,
    asked: { method?: string; body?: string },
  ): Promise<void> {
    const { verb, email } = meaningOf(url, asked);
    const found = this.interventions.find(
      (one) => one.moment === moment && one.on === verb && (one.email === undefined || one.email === email),
    );
    if (found) {
      this.interventions = this.interventions.filter((other) => other !== found);
      await found.act();
    }
    if (this.dead) await this.die();
  }

  private moveWhenIdle(): void {
    // Whoever has just been answered is let act on it first.
    setImmediate(() => {
      if (this.dead || this.underWay > this.hopeless || this.dueTimes.size === 0) return;
      const next = Math.min(...[...this.dueTimes].map(({ at }) => at));
      this.time.advance(next - this.time.now());
      this.moveWhenIdle();
    });
  }
}

function verbOfTeams(method = "GET", end: string): Verb {
  if (end.endsWith("/members")) return "assign";
  const verbs: Record<string, Verb> = { POST: "createTeam", PUT: "renameTeam", DELETE: "deleteTeam" };
  return verbs[method] ?? "teams";
}

function meaningOf(
  url: string,
  { method, body }: { method?: string; body?: string },
): { verb: Verb; email?: string } {
  const { pathname } = new URL(url);
  const [, what = "", end = ""] = /\/organization(?:\/(\w+)(.*))?$/.exec(pathname) ?? [];
  if (what === "") return { verb: "organization" };
  if (what === "credits") return { verb: "credits" };
  if (what === "teams") return { verb: verbOfTeams(method, end) };
  if (method === "GET")
    return end === "" ? { verb: "list" } : { verb: "get", email: decodeURIComponent(end.slice(1)) };
  const { email } = JSON.parse(body ?? "{}");
  return { verb: end === "/revoke" ? "revoke" : "create", email };
}
