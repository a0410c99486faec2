/** A clock that stands still unless somebody moves it. */
export class VirtualTime {
  /** A `Date` whose "now" is this clock's. */
  readonly Date: DateConstructor;

  /** @param moved runs whenever the time has changed. */
  constructor(
    private ms: number,
    private readonly moved: (now: Date) => void,
  ) {
    const now = () => this.ms;
    this.Date = class extends Date {
      constructor(...parts: unknown[]) {
        super(...((parts.length > 0 ? parts : [now()]) as [number]));
      }
      static override now(): number {
        return now();
      }
    } as DateConstructor;
  }

  get now(): number {
    return this.ms;
  }

  advance(ms: number): void {
    this.ms += Math.max(0, ms);
    this.moved(new Date(this.ms));
  }
}

interface Timer {
  due: number;
  run: () => void;
  unref(): Timer;
}

/** Timers on a virtual clock: whoever waits longest is waited for, by moving the clock, in no time. */
export class VirtualTimers {
  private readonly queue: Timer[] = [];

  constructor(
    private readonly time: VirtualTime,
    private readonly dead: () => boolean,
  ) {}

  readonly set = (run: (...values: unknown[]) => void, ms = 0, ...values: unknown[]): Timer => {
    const timer: Timer = { due: this.time.now + ms, run: () => run(...values), unref: () => timer };
    this.queue.push(timer);
    setImmediate(this.fire);
    return timer;
  };

  readonly clear = (timer: Timer | undefined): void => {
    const index = timer ? this.queue.indexOf(timer) : -1;
    if (index >= 0) this.queue.splice(index, 1);
  };

  /** Runs once for each timer that was set; the earliest goes first. */
  private readonly fire = (): void => {
    if (this.dead() || this.queue.length === 0) return;
    this.queue.sort((a, b) => a.due - b.due);
    const [next] = this.queue.splice(0, 1);
    this.time.advance((next?.due ?? 0) - this.time.now);
    next?.run();
  };
}
