import type { Clock } from "../../provider/src/clock";

interface Timer {
  due: number;
  run(): void;
  isOff(): boolean;
}

/**
 * Time that stands still unless somebody moves it. Whoever waits longest is waited for by moving it, in no time, but
 * not while something is held up that takes real time.
 */
export class VirtualClock {
  private timers: Timer[] = [];
  private held = 0;
  private ticking = false;

  constructor(private ms: number) {}

  now(): number {
    return this.ms;
  }

  advance(ms: number): void {
    this.ms += Math.max(0, ms);
  }

  /** A clock for somebody whose timers end with them. */
  for(isDead: () => boolean): Clock {
    return {
      now: () => this.ms,
      after: (ms, run) => {
        let off = false;
        this.timers.push({ due: this.ms + ms, run, isOff: () => off || isDead() });
        this.tick();
        return () => {
          off = true;
        };
      },
    };
  }

  /** No timer runs until the answer is called. */
  hold(): () => void {
    this.held++;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.held--;
      this.tick();
    };
  }

  /** The earliest timer runs once nothing else does. */
  private tick(): void {
    if (this.ticking) return;
    this.ticking = true;
    setImmediate(() => {
      this.ticking = false;
      if (this.held > 0) return;
      this.timers = this.timers.filter(({ isOff }) => !isOff()).sort((a, b) => a.due - b.due);
      const next = this.timers.shift();
      if (!next) return;
      this.advance(next.due - this.ms);
      next.run();
      this.tick();
    });
  }
}
