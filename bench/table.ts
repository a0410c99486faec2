import { markdownTable } from "markdown-table";

/** One line of the table: a budget, or a figure that nothing is promised about. */
export interface Row {
  /** `up of 1,000` and so on. */
  budget: string;
  /** Where a ratio comes from: `35.2 s against 36.1 s`. */
  measured?: string;
  /** What the bound is about: a ratio, or numbers of requests or bytes. */
  value: number | readonly number[];
  /** Each value is at most this. Left out: nothing was promised. */
  bound?: number | readonly number[];
}

/** Whether a bound is kept; undefined if there is none. A value that is no number keeps none. */
export function holds({ value, bound }: Row): boolean | undefined {
  if (bound === undefined) return undefined;
  const bounds = [bound].flat();
  return [value].flat().every((one, n) => one <= (bounds[n] ?? 0));
}

/**
 * The rows as a Markdown table, with aligned columns, so that it reads well in a terminal too.
 *
 * @example
 * formatTable([{ budget: "requests: refresh of 1", value: 1, bound: 1 }]);
 */
export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => {
    const kept = holds(row);
    const mark = kept === undefined ? "" : kept ? "✔" : "✖";
    const bound = row.bound === undefined ? "" : `≤ ${formatValue(row.bound)}`;
    return [row.budget, row.measured ?? "", formatValue(row.value), bound, mark];
  });
  return markdownTable([["budget", "measured", "value", "bound", ""], ...cells]);
}

/** Ratios with two decimals (rounded up against us: 1.101 is no 1.10), numbers of requests with none. */
function formatValue(values: number | readonly number[]): string {
  const format = (value: number) =>
    Number.isInteger(value) ? formatCount(value) : (Math.ceil(value * 100 - 1e-6) / 100).toFixed(2);
  return [values].flat().map(format).join(" / ");
}

/** `1,000` */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
