import { readErrorBody, retryAt } from "../../client/classify";
import type { FailureReason } from "../../client/errors";

/** A request to a host that failed, in the terms by which requests to HeadshotPro are repeated. */
export class HostError extends Error {
  constructor(
    readonly reason: Extract<
      FailureReason,
      "rate-limit" | "server" | "no-reply" | "unreachable" | "proxy-refused" | "unusable-reply" | "rejected"
    >,
    /** What the host or the network said, without the token. */
    readonly text: string,
    readonly status?: number,
    readonly retryAt?: Date,
  ) {
    super(status === undefined ? text : `${status}: ${text}`);
  }

  /** It is safe to repeat all of them: each attempt looks again whether the comment stands there. */
  get mayHaveHappened(): boolean {
    return this.reason === "server" || this.reason === "no-reply";
  }
}

interface Reply {
  status: number;
  headers: { get(name: string): string | null };
  json: unknown;
  body: string;
}

/** Why a reply is a failure; undefined if it is none. */
export function failureOf({ status, headers, json, body }: Reply, now: Date): HostError | undefined {
  if (status >= 200 && status < 300)
    return json === undefined ? new HostError("unusable-reply", "the reply is not JSON", status) : undefined;
  const text = readErrorBody(json ?? body).text ?? "no explanation was given";
  if (isRateLimit(status, headers))
    return new HostError("rate-limit", text, status, retryAt(headers, now) ?? resetAt(headers));
  return new HostError(status >= 500 || status === 408 ? "server" : "rejected", text, status);
}

/** GitHub answers 403 to too many requests, too. */
function isRateLimit(status: number, headers: Reply["headers"]): boolean {
  if (status === 429) return true;
  const isUsedUp = headers.get("x-ratelimit-remaining")?.trim() === "0";
  return status === 403 && (isUsedUp || headers.get("retry-after") !== null);
}

/** Both hosts tell it in seconds since 1970. */
function resetAt(headers: Reply["headers"]): Date | undefined {
  const reset = (headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset"))?.trim();
  return reset && /^\d{1,11}$/.test(reset) ? new Date(Number(reset) * 1000) : undefined;
}
