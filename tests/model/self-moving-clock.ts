import type { Clock } from "../../provider/src/clock";
import { VirtualClock } from "../support/virtual-clock";

/**
 * Whoever waits longest is waited for by moving the time, in no time, but not while something is held up that takes
 * real time.
 */
export class SelfMovingClock extends VirtualClock {
  private held = 0;
  private ticking = false;

  /** A clock for somebody whose timers end with them. */
  for(isDead: () => boolean): Clock {
    return {
      now: () => this.now(),
      after: (ms, run) => {
        const callOff = this.after(ms, run, isDead);
        this.tick();
        return callOff;
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
      if (this.held === 0 && this.moveToNext()) this.tick();
    });
  }
}
