import stringWidth from "string-width";
import { colours, print, terminalWidth } from "./terminal";

const GAP = "  ";

type Cuts = [column: number, least: number][];

/** Prints a table, in the width of the terminal. @param cuts as of {@link toTable}. */
export function printTable(headings: string[], rows: string[][], cuts: Cuts): void {
  print(toTable([headings.map(colours.dim), ...rows], terminalWidth(), cuts));
}

/**
 * Rows in columns, aligned by what a terminal shows: an ideograph takes two places, a colour none.
 *
 * @param rows the first holds the headings.
 * @param width places in a line of the terminal; undefined: no limit.
 * @param cuts the columns, without colours, that may be cut (with "…"), and to how many places at least: in this order.
 */
export function toTable(rows: string[][], width: number | undefined, cuts: Cuts): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, stringWidth(row[column] ?? "")), 0),
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
  const shown = stringWidth(cell) > width ? `${cutTo(cell, width - 1)}…` : cell;
  return shown + " ".repeat(Math.max(0, width - stringWidth(shown)));
}

function cutTo(text: string, width: number): string {
  const characters = [...text];
  while (stringWidth(characters.join("")) > width) characters.pop();
  return characters.join("");
}
