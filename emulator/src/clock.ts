const MS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000 } as const;

/** A length of time; the parts add up. */
export type Duration = { [unit in keyof typeof MS]?: number };

/**
 * The emulator's time of day: real time plus an offset, so that it flows on after it was set.
 * Invites, link expiry, e-mails and the HTTP `Date` header follow it; rate-limit windows do not.
 *
 * @example
 * emulator.clock.advance({ days: 31 }); // every pending link has expired
 */
export interface Clock {
  now(): Date;
  /** Makes it this time; throws on what is not a date, or before 1970 or after 9998. */
  set(time: string | Date): void;
  /** Throws, as `set` does, on where the clock cannot go. */
  advance(by: Duration): void;
  /** Back to real time. */
  reset(): void;
}

/**
 * Whether replies can express this time. A `Date` header has four digits for the year, which readers take for
 * another century if it is below 100; and 30 days later, a link that is sent now must be able to expire.
 */
export function isShowable(ms: number): boolean {
  const year = new Date(ms).getUTCFullYear();
  return year >= 1970 && year <= 9998;
}

/** @param changed runs after every change of the offset. */
export class OffsetClock implements Clock {
  #offsetMs: number;
  readonly #changed: () => void;
  readonly #realNow: () => number;

  constructor(offsetMs: number, changed: () => void, realNow: () => number) {
    this.#offsetMs = offsetMs;
    this.#changed = changed;
    this.#realNow = realNow;
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  now(): Date {
    return new Date(this.#realNow() + this.#offsetMs);
  }

  set(time: string | Date): void {
    this.#move(new Date(time).getTime() - this.#realNow(), `not a date: ${String(time)}`);
  }

  advance(by: Duration): void {
    const units = Object.keys(MS) as (keyof typeof MS)[];
    const ms = units.reduce((sum, unit) => sum + (by[unit] ?? 0) * MS[unit], 0);
    this.#move(this.#offsetMs + ms, `not a duration: ${JSON.stringify(by)}`);
  }

  reset(): void {
    this.#move(0, "");
  }

  #move(offsetMs: number, complaint: string): void {
    if (Number.isNaN(offsetMs)) throw new Error(complaint);
    if (!isShowable(this.#realNow() + offsetMs))
      throw new Error(`${complaint}: the clock goes from 1970 to 9998`);
    this.#offsetMs = offsetMs;
    this.#changed();
  }
}
