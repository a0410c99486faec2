/** A wait that a person at the terminal would notice is said; a shorter one is not. */
const NOTICEABLE_MS = 5_000;

/** A line is held back for so long, to tell how many wait: their refusals come within moments of each other. */
const GATHERING_MS = 200;

/** A failing API is mentioned once in so long, whatever the number of requests. */
const QUIET_MS = 60_000;

/** After a pause requests go one by one, so that few run into the limit should it be reached again. */
const SPACING_MS = 5;

/** What the user reads while requests wait for the rate limit. */
export function rateLimitLine(waiting: number, ms: number): string {
  const who = waiting === 1 ? "1 request waits" : `${waiting} requests wait`;
  return `HeadshotPro's rate limit is reached: ${who} ${Math.ceil(ms / 1000)} s`;
}

/** What the user reads while requests are repeated. */
export function failingLine(problem: string, failing: number, ms: number): string {
  const who = failing === 1 ? "1 request is" : `${failing} requests are`;
  return `HeadshotPro does not answer properly (${problem}): ${who} tried again, for up to ${Math.ceil(ms / 1000)} s`;
}

/**
 * Where all requests of a session wait. A rate limit is everybody's: whoever runs into it closes the gate for
 * all, and they go on in the order in which they first came, so that nobody is refused again and again.
 */
export class Pauses {
  private closedUntil = 0;
  private saidUntil = 0;
  private quietUntil = 0;
  private turns = 0;
  private failing = 0;
  private timer?: NodeJS.Timeout;
  private readonly queue: { turn: number; go: () => void }[] = [];

  constructor(private readonly say: (line: string) => void) {}

  /** A place in the order, kept over all repeats of one request. */
  nextTurn(): number {
    return ++this.turns;
  }

  /** Resolves once this turn may send a request: at once where nobody waits. */
  pass(turn: number): Promise<void> {
    if (this.queue.length === 0 && Date.now() >= this.closedUntil) return Promise.resolve();
    return new Promise((go) => {
      const later = this.queue.findIndex((other) => other.turn > turn);
      this.queue.splice(later < 0 ? this.queue.length : later, 0, { turn, go });
      this.schedule();
    });
  }

  /** Nobody sends anything for so long: the API said "too many requests". */
  close(ms: number): void {
    const now = Date.now();
    this.closedUntil = Math.max(this.closedUntil, now + ms);
    this.schedule();
    // Those refused just after the first one announce nearly the same end, and that has been said.
    const isNews = this.closedUntil > Math.max(now, this.saidUntil) + NOTICEABLE_MS;
    if (!isNews) return;
    this.saidUntil = this.closedUntil;
    setTimeout(() => {
      const left = this.closedUntil - Date.now();
      if (this.queue.length > 0) this.say(rateLimitLine(this.queue.length, left));
    }, GATHERING_MS);
  }

  /** To be called when a request fails for the first time; the answer, when it has ended either way. */
  startFailing(): () => void {
    this.failing++;
    return () => {
      this.failing--;
    };
  }

  /**
   * Waits before a repeat.
   *
   * @param since when the request was first sent: a time-out is a wait as well.
   * @param mayLastMs how long the request may be repeated.
   */
  async backOff(ms: number, since: number, problem: string, mayLastMs: number): Promise<void> {
    const now = Date.now();
    if (now + ms - since > NOTICEABLE_MS && now >= this.quietUntil) {
      this.quietUntil = now + QUIET_MS;
      setTimeout(() => {
        if (this.failing > 0) this.say(failingLine(problem, this.failing, mayLastMs - (now - since)));
      }, GATHERING_MS);
    }
    await new Promise((resolve) => setTimeout(resolve, ms));
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (this.queue.length === 0) return;
    this.timer = setTimeout(
      () => {
        if (Date.now() >= this.closedUntil) this.queue.shift()?.go();
        this.schedule();
      },
      Math.max(SPACING_MS, this.closedUntil - Date.now()),
    );
  }
}
