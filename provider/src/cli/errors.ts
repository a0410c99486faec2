import { UserError } from "../user-error";

/** How a command ends, beside 0; documented in docs/cli.md and `--help`. */
export const EXIT = {
  /** The check found something wrong. */
  no: 1,
  /** The command line, or a file that it names, cannot be used. */
  usage: 2,
  /** The API, the configuration, the network or Pulumi did not do what was needed. */
  failed: 3,
  /** Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;

/** A message for the user that ends the command with a code of its own. Any other error ends it with `EXIT.failed`. */
export class CommandError extends UserError {
  constructor(
    message: string,
    readonly exitCode: (typeof EXIT)[keyof typeof EXIT],
  ) {
    super(message);
  }
}

/** The command line, or a file that it names, cannot be used. */
export function usageError(message: string): CommandError {
  return new CommandError(message, EXIT.usage);
}
