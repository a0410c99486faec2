import { type Clock, MACHINE_CLOCK } from "../clock";

const NOTICEABLE_MS = 1_000;
const WIPE = "\r\u001b[K";

/** Says what is going on while it takes long, and wipes it away again: only for a person who waits. */
export class Progress {
  private isShown = false;

  constructor(
    private readonly line: string,
    private readonly terminal: Pick<NodeJS.WriteStream, "write" | "isTTY"> = process.stderr,
    private readonly clock: Clock = MACHINE_CLOCK,
  ) {}

  /** Prints a line that stays, above the one that does not. */
  say(line: string): void {
    this.terminal.write(this.isShown ? `${WIPE}${line}\n${this.line}` : `${line}\n`);
  }

  async during<T>(work: Promise<T>): Promise<T> {
    if (!this.terminal.isTTY) return work;
    const cancel = this.clock.after(NOTICEABLE_MS, () => {
      this.isShown = true;
      this.terminal.write(this.line);
    });
    try {
      return await work;
    } finally {
      cancel();
      if (this.isShown) this.terminal.write(WIPE);
      this.isShown = false;
    }
  }
}
