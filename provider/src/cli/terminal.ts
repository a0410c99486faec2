import { readFile } from "node:fs/promises";
import pc from "picocolors";
import { MACHINE_CLOCK } from "../clock";
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

export function usageError(message: string): CommandError {
  return new CommandError(message, EXIT.usage);
}

/** A file that the command line names. @throws CommandError */
export async function readInput(file: string): Promise<Buffer> {
  return readFile(file).catch((error: Error) => {
    throw usageError(`${file} cannot be read: ${error.message}.`);
  });
}

/** Writes data, which goes to stdout. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Writes data as JSON: indented for a person at a terminal, in one line for a program. */
export function printJson(value: unknown): void {
  print(`${JSON.stringify(value, null, process.stdout.isTTY ? 2 : undefined)}\n`);
}

/** Writes a message about the data, which goes to stderr. */
export function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function reportError(message: string): void {
  const { red } = pc.createColors(wantsColour(process.stderr, process.env));
  report(`${red("error:")} ${message}`);
}

/** Whether a stream gets colours. picocolors itself would colour every CI and Windows, even a file there. */
export function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return !/^(0|false)$/.test(env.FORCE_COLOR);
  return Boolean(stream.isTTY) && env.TERM !== "dumb";
}

/** For stdout. */
export const colours = pc.createColors(wantsColour(process.stdout, process.env));

const GAP = "  ";

type Cuts = [column: number, least: number][];

/** Prints a table, in the width of the terminal. @param cuts as of {@link toTable}. */
export function printTable(headings: string[], rows: string[][], cuts: Cuts): void {
  // In a pipe nothing is cut.
  const width = process.stdout.columns || Number(process.env.COLUMNS) || undefined;
  print(toTable([headings.map(colours.dim), ...rows], width, cuts));
}

/**
 * Rows in columns, aligned by what a terminal shows: an ideograph takes two places, a colour none.
 *
 * @param rows the first holds the headings.
 * @param width places in a line of the terminal; undefined: no limit.
 * @param cuts the columns, without colours, that may be cut (with "…"), and to how many places at least: in this order.
 */
function toTable(rows: string[][], width: number | undefined, cuts: Cuts): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(row[column] ?? "")), 0),
  );
  const gaps = GAP.length * (widths.length - 1);
  let excess = width === undefined ? 0 : widths.reduce((sum, one) => sum + one, gaps) - width;
  for (const [column, least] of cuts) {
    const current = widths[column] ?? 0;
    const cut = Math.max(0, Math.min(excess, current - least));
    widths[column] = current - cut;
    excess -= cut;
  }
  return rows
    .map((row) => row.map((cell, column) => fit(cell, widths[column] ?? 0)).join(GAP))
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

function fit(cell: string, width: number): string {
  const shown = widthOf(cell) > width ? `${cutTo(cell, width - 1)}…` : cell;
  return shown + " ".repeat(Math.max(0, width - widthOf(shown)));
}

function cutTo(text: string, width: number): string {
  const characters = [...text];
  while (widthOf(characters.join("")) > width) characters.pop();
  return characters.join("");
}

function widthOf(text: string): number {
  const { default: stringWidth }: typeof import("string-width") = require("string-width");
  return stringWidth(text);
}

/** A command shows what it waits for after this time. */
const NOTICEABLE_MS = 1_000;
const WIPE = "\r\u001b[K";

/** Shows on a terminal what a command waits for, and wipes it away at the end. A pipe gets only the log. */
export class Progress {
  private isShown = false;

  constructor(private readonly line: string) {}

  /** Writes a line that stays, above the one that does not. */
  log(line: string): void {
    process.stderr.write(this.isShown ? `${WIPE}${line}\n${this.line}` : `${line}\n`);
  }

  /** Shows the line while work takes long. @returns what the work returns */
  async during<T>(work: Promise<T>): Promise<T> {
    if (!process.stderr.isTTY) return work;
    const cancel = MACHINE_CLOCK.after(NOTICEABLE_MS, () => {
      this.isShown = true;
      process.stderr.write(this.line);
    });
    try {
      return await work;
    } finally {
      cancel();
      if (this.isShown) process.stderr.write(WIPE);
      this.isShown = false;
    }
  }
}
