/** How a command ends, beside 0; documented in docs/cli.md and `--help`. */
export const EXIT = {
  /** The question was answered, and the answer is no. */
  no: 1,
  /** The command line, or a file that it names, cannot be used. */
  usage: 2,
  /** The API, the configuration, the network or Pulumi did not do what was needed. */
  failed: 3,
  /** Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;

/** Ends the command with a message for the person at the terminal. */
export class Ending extends Error {
  constructor(
    message: string,
    readonly code: (typeof EXIT)[keyof typeof EXIT],
  ) {
    super(message);
  }
}
