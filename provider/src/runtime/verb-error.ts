/**
 * What a verb throws when it cannot do what was asked: a message for the user, complete in itself.
 *
 * The SDK's provider process prints `${error}: ${error.stack}` for some verbs and then hands the message to the
 * engine, which prints it as well. The user is to read it once, without stack frames: the stack is replaced by
 * a mark, and {@link printErrorsOnce} drops the SDK's own line.
 */
export class VerbError extends Error {
  override readonly name = "VerbError";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.stack = MARK;
  }
}

const MARK = "(reported by the engine)";

/** Keeps the SDK's copy of a {@link VerbError} off the terminal. Every other line passes. */
export function printErrorsOnce(target: Pick<Console, "error">): void {
  const print = target.error.bind(target);
  target.error = (...parts: unknown[]) => {
    const [line] = parts;
    if (typeof line === "string" && line.endsWith(`: ${MARK}`)) return;
    print(...parts);
  };
}
