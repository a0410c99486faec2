import { type Clock, sleep } from "../clock";
import { GATHERING_MS, NOTICEABLE_MS } from "./noticeable";

/** A failing API is mentioned once in so long, whatever the number of requests. */
const QUIET_MS = 60_000;

/** What the user reads while requests are repeated. */
export function failingLine(problem: string, failing: number, ms: number): string {
  const who = failing === 1 ? "1 request is" : `${failing} requests are`;
  return `HeadshotPro does not answer properly (${problem}): ${who} tried again, for up to ${Math.ceil(ms / 1000)} s`;
}

/** The waits of requests that the API does not answer properly, and what is said of them. */
export class BackOffs {
  private quietUntil = 0;
  private waiting = 0;

  constructor(
    private readonly say: (line: string) => void,
    private readonly clock: Clock,
  ) {}

  /**
   * Waits before a repeat.
   *
   * @param since when the request was first sent: a time-out is a wait as well.
   * @param mayLastMs how long the request may be repeated.
   */
  async wait(ms: number, since: number, problem: string, mayLastMs: number): Promise<void> {
    const now = this.clock.now();
    if (now + ms - since > NOTICEABLE_MS && now >= this.quietUntil) {
      this.quietUntil = now + QUIET_MS;
      this.clock.after(GATHERING_MS, () => {
        if (this.waiting > 0) this.say(failingLine(problem, this.waiting, mayLastMs - (now - since)));
      });
    }
    this.waiting++;
    await sleep(this.clock, ms);
    this.waiting--;
  }
}
