import type { ResponseInfo } from "../client/request-hooks";

/** The `Date` header is cut to whole seconds. */
const SECOND_MS = 1000;

/** A time stamp is cut to whole milliseconds, on both sides. */
const CUT_MS = 2;

/**
 * How far the API's clock is ahead of this machine's, learnt from the `Date` headers: each reply says that it is
 * between two bounds a second apart, and many replies together narrow them to the time of one exchange.
 *
 * @example
 * clock.learn({ sentAt: 10_000, answeredAt: 10_020, date: 12_000 }); // ahead by 1,980 to 3,000 ms
 * clock.learn({ sentAt: 10_400, answeredAt: 10_420, date: 13_000 }); // now by 2,580 to 3,000 ms
 * clock.surely(60_000); // 57,422: the API's clock shows 60,000 by then
 */
export class ApiClock {
  private least = -Infinity;
  private most = Infinity;

  learn({ sentAt, answeredAt, date }: Pick<ResponseInfo, "sentAt" | "answeredAt" | "date">): void {
    if (date === undefined) return;
    const least = date - answeredAt;
    const most = date + SECOND_MS - sentAt;
    // What was learnt does not fit any more: one of the clocks was set.
    const fits = least <= this.most && most >= this.least;
    this.least = fits ? Math.max(this.least, least) : least;
    this.most = fits ? Math.min(this.most, most) : most;
  }

  /** When the API's clock surely shows a time, by this machine's; without any `Date`, they are taken as equal. */
  surely(apiTime: number): number {
    return apiTime - (this.least === -Infinity ? 0 : this.least) + CUT_MS;
  }

  /** Milliseconds between the bounds: how much too late `surely` may be. */
  get uncertainty(): number {
    return this.most === Infinity ? 0 : this.most - this.least;
  }
}
