/** So many requests in each window of so many seconds; fractions of a second are fine. */
export interface RateLimitRule {
  limit: number;
  windowSeconds: number;
}

/** Whether replies have the headers of the limit; `lying`: always the whole limit left, always just reset. */
export type RateLimitHeaders = boolean | "lying";

/** How much of the limit is left, and for how long. */
export interface RateLimitStanding extends RateLimitRule {
  remaining: number;
  /** Until the window ends; 0 if none is open. */
  resetInMs: number;
}

/** A fixed window that opens with the first request after the last one ended. It lasts in real time. */
export class RateLimit {
  #rule: RateLimitRule | false;
  #used = 0;
  #resetAt = 0;
  readonly #realNow: () => number;

  constructor(rule: RateLimitRule | false, realNow: () => number) {
    this.#rule = rule;
    this.#realNow = realNow;
  }

  /** Another rule, from a fresh window on. */
  change(rule: RateLimitRule | false): void {
    this.#rule = rule;
    this.#resetAt = 0;
  }

  /** Counts requests; false when they are over the limit. */
  consume(requests: number): boolean {
    if (!this.#rule) return true;
    const now = this.#realNow();
    if (now >= this.#resetAt) {
      this.#used = 0;
      this.#resetAt = now + this.#rule.windowSeconds * 1_000;
    }
    this.#used += requests;
    return this.#used <= this.#rule.limit;
  }

  /** Undefined if there is no limit. Counts nothing. */
  standing(): RateLimitStanding | undefined {
    if (!this.#rule) return undefined;
    const resetInMs = Math.max(0, this.#resetAt - this.#realNow());
    const used = resetInMs > 0 ? this.#used : 0;
    return { ...this.#rule, remaining: Math.max(0, this.#rule.limit - used), resetInMs };
  }

  /** @param apiNow the clock that the replies' `Date` shows: a client compares the reset with that. */
  headers(style: RateLimitHeaders, apiNow: Date): Record<string, string> {
    const standing = this.standing();
    if (!standing || style === false) return {};
    const { limit, remaining, resetInMs } = standing;
    const lying = style === "lying";
    return {
      "X-RateLimit-Limit": String(limit),
      "X-RateLimit-Remaining": String(lying ? limit : remaining),
      "X-RateLimit-Reset": new Date(apiNow.getTime() + (lying ? -60_000 : resetInMs)).toISOString(),
    };
  }
}
