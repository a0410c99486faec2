import { readEmail } from "../invite/email";
import { quote } from "../text";
import type { CsvLine } from "./csv-lines";
import type { RosterProblem } from "./types";

/** How the table is written that a row belongs to. */
export interface Table {
  name: string;
  header: readonly string[];
  delimiter: string;
  /** The columns that an address is read from. */
  emails: readonly number[];
}

/** Longer than any address with what may stand around it. */
const LONGEST = 400;

/**
 * The cells of a row that hold rows: a quotation mark too many in one row and the next one in another make one cell
 * of all that stands between, and the people in it would lose their invites without a word.
 */
export function swallowedRows({ record, line }: CsvLine, table: Table): RosterProblem[] {
  const problems: RosterProblem[] = [];
  let opens = line;
  for (const [column, cell] of record.entries()) {
    const lines = cell.split("\n");
    const row = lines.length > 1 && !isAddress(cell, column, table) ? rowIn(lines, column, table) : -1;
    if (row !== -1) {
      const at = (offset: number) => `${table.name}:${opens + offset}`;
      problems.push({
        where: at(0),
        column: table.header[column]?.trim(),
        value: cell,
        reason:
          `a quotation mark opens here and closes in ${at(lines.length - 1)}, so that ${at(row)} is part of this ` +
          `cell, and it looks like a row of its own (${quote(lines[row])}). Close the quotation mark where its text ` +
          "ends, or put the text on one line",
      });
    }
    opens += lines.length - 1;
  }
  return problems;
}

/** An address with line breaks around it is no harm where an address is read. */
function isAddress(cell: string, column: number, { emails }: Table): boolean {
  return emails.includes(column) && readEmail(cell).email !== undefined;
}

/** Of the first line, a note may begin with an address; there it has to stand in an e-mail column. */
function rowIn(lines: string[], column: number, { delimiter, emails }: Table): number {
  return lines.findIndex((line, index) => {
    const parts = line.split(delimiter);
    if (index > 0) return parts.some(holdsAddress);
    return (
      emails.some((email) => email > column && holdsAddress(parts[email - column] ?? "")) ||
      (emails.includes(column) && parts.length > 1 && holdsAddress(parts[0] ?? ""))
    );
  });
}

function holdsAddress(part: string): boolean {
  return part.length <= LONGEST && readEmail(part.replace(/^["\s]+|["\s]+$/g, "")).email !== undefined;
}
