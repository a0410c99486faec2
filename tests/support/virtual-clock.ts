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
