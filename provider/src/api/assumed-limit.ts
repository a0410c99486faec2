import type { ResponseInfo } from "../client/request-hooks";

/** "300 requests per minute" (the vendor's pages on rate limits). */
const REQUESTS = 300;

/** A minute, and what one request may be longer under way than another. */
const WINDOW_MS = 60_500;

/**
 * The limit that holds as long as no reply has told of one: an API that says nothing, or only of windows that are
 * over, is taken to have the one that the vendor documents.
 */
export class AssumedLimit {
  private told = false;
  private left = 0;
  private endsAt = -Infinity;

  /** When the next request may go, by this machine's clock; long ago if it may go now. */
  opensAt(now: number): number {
    return !this.told && this.left <= 0 && now < this.endsAt ? this.endsAt : -Infinity;
  }

  sent(now: number): void {
    if (now >= this.endsAt) {
      this.left = REQUESTS;
      this.endsAt = now + WINDOW_MS;
    }
    this.left--;
  }

  learn({ remaining, resetAt, date, answeredAt }: ResponseInfo): void {
    this.told ||= remaining !== undefined && resetAt !== undefined && resetAt > (date ?? answeredAt);
  }
}
