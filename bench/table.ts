import { markdownTable } from "markdown-table";
import type { Row } from "./results";

/** Whether a bound is kept; undefined if there is none. A value that is no number keeps none. */
export function holds({ value, bound }: Row): boolean | undefined {
  return bound === undefined ? undefined : value !== undefined && value <= bound;
}

/**
 * The rows as a Markdown table, with aligned columns, so that it reads well in a terminal too.
 *
 * @example
 * tableOf([{ budget: "no-op up of 1,000: requests", measured: "0", value: 0, bound: 0 }]);
 */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => {
    const kept = holds(row);
    const mark = kept === undefined ? "" : kept ? "✔" : "✖";
    return [row.budget, row.measured, numberText(row.value), numberText(row.bound, "≤ "), mark];
  });
  const head = ["budget", "measured", "ratio", "bound", ""];
  return markdownTable([head, ...cells]);
}

/** Ratios with two decimals (rounded up against us: 1.101 is no 1.10), numbers of requests with none. */
function numberText(value: number | undefined, prefix = ""): string {
  if (value === undefined) return "";
  if (Number.isInteger(value)) return prefix + value.toLocaleString("en-US");
  return prefix + (Math.ceil(value * 100 - 1e-6) / 100).toFixed(2);
}
