import { cut } from "../text";

/** Why a request failed. */
export type FailureReason =
  | "rejected" /** the API refused the request as it stands (400, 409, 422, or `success: false`) */
  | "unauthorized" /** the API refuses the key */
  | "forbidden" /** the API says that the key is not an organization admin's, or lacks the scope */
  | "insufficient-credits"
  | "not-found" /** the API itself says that the team or invite is not there */
  | "invite-limit" /** too many pending invites; waiting does not help */
  | "rate-limit" /** too many requests; waiting helps */
  | "wrong-address" /** something else than the API answered: a wrong base URL, or what stands in between */
  | "server" /** 5xx */
  | "unreachable" /** no connection was made: nothing was sent */
  | "proxy-refused" /** the environment's proxy makes no connection to the API: nothing was sent */
  | "no-reply" /** sent, and then a time-out, a reset or a torn body */
  | "unusable-reply"; /** a success whose body makes no sense */

/** What is known of a failed request. */
export interface Failure {
  reason: FailureReason;
  /** The HTTP method and the path below the base URL. */
  method: string;
  path: string;
  /** HTTP status; missing if there was no reply. */
  status?: number;
  /** The API's machine-readable code, e.g. `INSUFFICIENT_CREDITS`. */
  code?: string;
  /** What the API (or the network) said, cleaned for printing. */
  text: string;
  /** When requests are accepted again, as far as a rate limit or a failing server says so. */
  retryAt?: Date;
}

/** Reasons after which the request may have been carried out all the same. */
const EFFECT_UNKNOWN: readonly FailureReason[] = ["server", "no-reply", "unusable-reply"];

/**
 * Any failure of a HeadshotPro request. The API key is never part of it.
 *
 * @example
 * try {
 *   await client.createInvite({ email: "ada@acme.com" });
 * } catch (error) {
 *   if (isApiError(error) && error.reason === "insufficient-credits") buyCredits();
 * }
 */
export class ApiError extends Error implements Failure {
  override readonly name = "ApiError";
  declare readonly reason: FailureReason;
  declare readonly method: string;
  declare readonly path: string;
  declare readonly status?: number;
  declare readonly code?: string;
  declare readonly text: string;
  declare readonly retryAt?: Date;

  constructor(failure: Failure) {
    const { method, path, status, code, text } = failure;
    super(
      `${method} ${path}: ${[status, code].filter(Boolean).join(" ")}${status || code ? ": " : ""}${text}`,
    );
    Object.assign(this, failure);
  }

  /** Whether the API may have carried the request out: a create must then be looked up, never just repeated. */
  get mayHaveHappened(): boolean {
    return EFFECT_UNKNOWN.includes(this.reason);
  }
}

/** Tells an {@link ApiError} from any other error, also across two copies of this package. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === "ApiError";
}

/** Text from elsewhere, fit to print: without control characters, which a terminal would obey, and of 300 at most. */
export function printable(text: string | undefined): string | undefined {
  // Cut before matching: a hostile body may be megabytes long.
  const cleaned = text
    ?.slice(0, 2000)
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
  return cleaned ? cut(cleaned, 300) : undefined;
}

/** node-fetch's message about a failed request without the URL, with which it begins. */
export function withoutUrl(message: string): string {
  return message.replace(/^.*, reason: /, "");
}
