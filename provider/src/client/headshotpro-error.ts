/** Why a request failed, as far as a caller has to tell the cases apart. */
export type FailureReason =
  | "rejected" /** the API refused the request as it stands (400, 409, 422, or `success: false`) */
  | "unauthorized" /** the key is refused */
  | "forbidden" /** the key is not an organization admin's */
  | "insufficient-credits"
  | "not-found" /** the API itself says that the team or invite is not there */
  | "invite-limit" /** too many pending invites; waiting does not help */
  | "rate-limit" /** too many requests; waiting helps */
  | "wrong-address" /** a redirect or a 404 that is not the API's: base URL or proxy */
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
  /** For a rate limit: when the API says that requests are accepted again. */
  retryAt?: Date;
  cause?: unknown;
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
 *   if (isHeadshotProError(error) && error.reason === "insufficient-credits") buyCredits();
 * }
 */
export class HeadshotProError extends Error implements Failure {
  override readonly name = "HeadshotProError";
  readonly reason: FailureReason;
  readonly method: string;
  readonly path: string;
  readonly status?: number;
  readonly code?: string;
  readonly text: string;
  readonly retryAt?: Date;

  constructor(failure: Failure) {
    const answer = [failure.status, failure.code].filter(Boolean).join(" ");
    super(`${failure.method} ${failure.path}: ${answer ? `${answer}: ` : ""}${failure.text}`, {
      cause: failure.cause,
    });
    this.reason = failure.reason;
    this.method = failure.method;
    this.path = failure.path;
    this.status = failure.status;
    this.code = failure.code;
    this.text = failure.text;
    this.retryAt = failure.retryAt;
  }

  /** Whether the API may have carried the request out: a create must then be looked up, never just repeated. */
  get mayHaveHappened(): boolean {
    return EFFECT_UNKNOWN.includes(this.reason);
  }
}

/** Tells a {@link HeadshotProError} from any other error, also across two copies of this package. */
export function isHeadshotProError(error: unknown): error is HeadshotProError {
  return error instanceof Error && error.name === "HeadshotProError";
}
