/** What a cell begins with that a spreadsheet runs as a formula, as it is and in the wide forms of East Asia. */
const SIGN = "[=+\\-@\\t\\r\\uFF1D\\uFF0B\\uFF0D\\uFF20]";

// Apostrophes that stand before a sign already count, or the reader would take one away that nobody put there.
const RISKY = new RegExp(`^'*${SIGN}`);
const PROTECTED = new RegExp(`^'+${SIGN}`);

/**
 * A cell that no spreadsheet takes for a formula: it gets an apostrophe in front, as spreadsheets do it themselves.
 *
 * @example
 * protectedCell("+ada@acme.com"); // "'+ada@acme.com"
 */
export function protectedCell(cell: string): string {
  return RISKY.test(cell) ? `'${cell}` : cell;
}

/** The cell that {@link protectedCell} was given. */
export function unprotectedCell(cell: string): string {
  return PROTECTED.test(cell) ? cell.slice(1) : cell;
}
