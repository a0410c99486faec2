import { readErrorBody } from "./error-body";
import type { Failure, FailureReason } from "./headshotpro-error";

/** A reply with its body read: `json` is undefined if the body was not JSON. */
export interface Reply {
  method: string;
  path: string;
  status: number;
  headers: { get(name: string): string | null };
  body: string;
  json: unknown;
}

/**
 * Says whether a reply is a failure, and which. Undefined: a success to be parsed.
 *
 * Source: the table of HTTP statuses and codes in the vendor's reference, and its other public pages.
 */
export function classify(reply: Reply, now: Date): Failure | undefined {
  const said = readErrorBody(reply.json ?? reply.body);
  const succeeded = reply.status >= 200 && reply.status < 300;
  // `success: false` under 200 is a refusal.
  if (succeeded && !said.ownEnvelope) return undefined;

  const { method, path, status } = reply;
  const reason = succeeded ? reasonOfCode(said.code) : reasonOfStatus(status, said.code, said.ownEnvelope);
  const failure: Failure = { reason, method, path, status, text: said.text ?? textFor(reason) };
  if (said.code) failure.code = said.code;
  if (reason === "rate-limit") failure.retryAt = retryAt(reply.headers, now);
  return failure;
}

function reasonOfStatus(status: number, code: string | undefined, ownEnvelope: boolean): FailureReason {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 402) return "insufficient-credits";
  // Only the API's own word counts: a bare 404 comes from a wrong base URL or a proxy.
  if (status === 404) return code === "NOT_FOUND" || (ownEnvelope && !code) ? "not-found" : "wrong-address";
  if (status === 429) return code === "INVITE_LIMIT_EXCEEDED" ? "invite-limit" : "rate-limit";
  if (status >= 500 || status === 408) return "server";
  if (status >= 300 && status < 400) return "wrong-address";
  return "rejected";
}

function reasonOfCode(code: string | undefined): FailureReason {
  switch (code) {
    case "UNAUTHORIZED":
      return "unauthorized";
    case "FORBIDDEN":
      return "forbidden";
    case "INSUFFICIENT_CREDITS":
      return "insufficient-credits";
    case "NOT_FOUND":
      return "not-found";
    case "INVITE_LIMIT_EXCEEDED":
      return "invite-limit";
    case "RATE_LIMIT_EXCEEDED":
      return "rate-limit";
    default:
      return "rejected";
  }
}

function textFor(reason: FailureReason): string {
  return reason === "wrong-address" ? "this is not the HeadshotPro API" : "no explanation was given";
}

/**
 * `Retry-After` (seconds or an HTTP date) if it comes, else `X-RateLimit-Reset` (an ISO time stamp). Both
 * are read by the API's own clock, the `Date` header, and answered in this machine's.
 */
export function retryAt(headers: Reply["headers"], now: Date): Date | undefined {
  const after = headers.get("retry-after")?.trim();
  if (after && /^\d{1,9}$/.test(after)) return new Date(now.getTime() + Number(after) * 1000);
  const apiNow = timeOf(headers.get("date")) ?? now.getTime();
  const reset = timeOf(after) ?? timeOf(headers.get("x-ratelimit-reset"));
  return reset === undefined ? undefined : new Date(now.getTime() + reset - apiNow);
}

/** Milliseconds since 1970; undefined if the text names no time of a day. */
export function timeOf(text: string | null | undefined): number | undefined {
  // Date.parse makes a date of "60" and "1.5" too: whatever does not tell a time of day is none.
  const time = Date.parse(text && /\d:\d/.test(text) ? text : "");
  return Number.isNaN(time) ? undefined : time;
}
