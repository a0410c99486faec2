/** The time, for whatever measures it or waits: this machine's, or one that a test moves. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back after so many milliseconds. @returns what calls it off. */
  after(ms: number, run: () => void): () => void;
}

export const MACHINE_CLOCK: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** @example await sleep(clock, 500); */
export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve));
}
