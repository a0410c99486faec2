/**
 * A message for the user, complete in itself: what happened, what it means, what to do.
 *
 * The SDK's provider process prints `${error}: ${error.stack}` for some verbs and then hands the message to the
 * engine, which prints it as well. The user is to read it once, without stack frames: the stack is replaced by
 * a mark, by which {@link isCopyOfUserError} knows the SDK's own line.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.stack = MARK;
  }
}

/** A change that was carried out in part: what was done is to be recorded although the rest failed. */
export class PartialUpdateError extends UserError {
  readonly reasons: string[];

  /**
   * @param id the resource's id, and `properties` its outputs from now on: the names by which the SDK knows a change
   * in part.
   */
  constructor(
    cause: UserError,
    readonly id: string,
    readonly properties: Record<string, unknown>,
  ) {
    super(cause.message, { cause });
    this.reasons = [cause.message];
  }
}

const MARK = "(reported by the engine)";

/** Whether a line is the SDK's own copy of a {@link UserError}. */
export function isCopyOfUserError(line: unknown): boolean {
  return typeof line === "string" && line.endsWith(`: ${MARK}`);
}
