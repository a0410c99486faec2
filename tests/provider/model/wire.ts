import type { Fetch } from "../../../provider/src/client/transport";
import type { Clock } from "../../../provider/src/clock";
import { realFetch } from "../../support/one-run";
import { VirtualClock } from "../../support/virtual-clock";

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

/** A request as it is about to be sent. */
export interface Sending {
  url: URL;
  method: string;
  email?: string | undefined;
}

/** What may happen before a request is sent and after its effect; it may end the process that sends it. */
export interface Interference {
  before(sending: Sending): void;
  after(): void;
}

const NEVER = new Promise<never>(() => {});

/**
 * The way to the emulators. One exchange at a time, so that a script runs in the same way each time; a dead process
 * sends nothing and gets nothing.
 */
export class Wire {
  private turn: Promise<unknown> = Promise.resolve();
  private hang?: () => void;

  constructor(private readonly clock: SelfMovingClock) {}

  /** To be called where an emulator will never answer: then the time passes that its client waits for it. */
  hangs(): void {
    this.hang?.();
  }

  /** Resolves once what was sent has had its effect. */
  async quiet(): Promise<void> {
    await this.turn;
  }

  fetchFor(isDead: () => boolean, { before, after }: Interference): Fetch {
    return async (url, init) => {
      if (isDead()) return NEVER;
      const { method, body } = init as { method: string; body?: string };
      const release = this.clock.hold();
      const earlier = this.turn;
      let end = () => {};
      this.turn = new Promise<void>((resolve) => {
        end = resolve;
      });
      await earlier;
      try {
        if (isDead()) return NEVER;
        this.clock.set(this.clock.now() + 3);
        before({ url: new URL(url), method, email: JSON.parse(body ?? "{}").email?.toLowerCase() });
        if (isDead()) return NEVER;
        const hung = new Promise<void>((resolve) => {
          this.hang = resolve;
        });
        const reply = whole(url, init);
        await Promise.race([reply.catch(() => {}), hung]);
        after();
        return isDead() ? NEVER : reply;
      } finally {
        end();
        release();
      }
    };
  }
}

/** The reply with its body: how that fails is told when it is asked for. */
async function whole(url: string, init: object) {
  const response = await realFetch(url, init);
  const text = response.text();
  await text.catch(() => {});
  return { status: response.status, headers: response.headers, text: () => text };
}
