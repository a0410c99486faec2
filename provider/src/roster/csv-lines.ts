import { CsvError, parse } from "csv-parse/sync";
import { LONGEST, readEmail } from "../invite/email";
import { cut, quote } from "../text";
import type { Cells } from "./email-headers";
import type { RosterProblem } from "./validate";

export interface CsvLine {
  record: string[];
  /** The physical line of the file on which the row begins, counted from 1. */
  line: number;
}

/** A row of csv-parse with `info` and `raw`, which its types leave out. */
interface Row {
  record: string[];
  raw: string;
  info: { lines: number };
}

/** The rows of a table, or the line of the row whose quotation mark is never closed. */
type CsvLines = { lines: CsvLine[]; unclosed?: number };

/**
 * A table without the line in which Excel may write down its delimiter, and that delimiter. An empty line stands in its
 * place, so that the lines keep their numbers.
 *
 * @example
 * withoutDelimiterLine("sep=;\nemail;team\n"); // { table: "\nemail;team\n", delimiter: ";" }
 */
export function withoutDelimiterLine(text: string): { table: string; delimiter?: string } {
  const written = /^sep=(.)\n/i.exec(text);
  return written ? { table: text.slice(written[0].length - 1), delimiter: written[1] } : { table: text };
}

/** @param most how many rows to read at most. */
export function parseLines(table: string, delimiter: string, most?: number): CsvLines {
  let end = 0;
  try {
    const lines = parse(table, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      // Rows of nothing but delimiters are what a spreadsheet makes of cleared cells.
      skip_records_with_empty_values: true,
      skip_empty_lines: true,
      info: true,
      raw: true,
      ...(most !== undefined && { to: most }),
      // At once: what `info` and `raw` add to a row is many times as large as the row.
      on_record: (row, { lines }) => {
        end = lines;
        const { record, raw, info } = row as unknown as Row;
        // The line breaks in its quoted cells, not those before and after it.
        const breaks = raw.trim().split("\n").length - 1;
        return { record, line: info.lines - breaks } as never;
      },
    }) as unknown as CsvLine[];
    return { lines };
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== "CSV_QUOTE_NOT_CLOSED") throw error;
    const rest = table.split("\n").slice(end);
    return { lines: [], unclosed: end + 1 + rest.findIndex((line) => line.trim() !== "") };
  }
}

/** Where a decimal comma is usual, spreadsheets write semicolons; pasted cells have tabs. */
export const DELIMITERS = [",", ";", "\t"];

/** How many characters of a table are looked at for its first row. */
const START = 10_000;

/** The delimiters that stand in a table's first row outside of quotes; the one that stands there most often comes first. */
export function likelyDelimiters(table: string): string[] {
  const start = table.slice(0, START).replace(/"[^"]*"/g, '""');
  const header = /^.*\S.*$/m.exec(start)?.[0] ?? "";
  const count = (delimiter: string) => header.split(delimiter).length - 1;
  return DELIMITERS.filter(count).sort((one, other) => count(other) - count(one));
}

export interface Table {
  name: string;
  header: Cells;
  delimiter: string;
  /** The columns that an address is read from. */
  emails: readonly number[];
}

/**
 * The cells of a row that hold other rows, because a quotation mark too many opens one that closes in a later row: the
 * people between would lose their invites without a word.
 */
export function unbalancedQuotes({ record, line }: CsvLine, table: Table): RosterProblem[] {
  const problems: RosterProblem[] = [];
  let opens = line;
  for (const [column, cell] of record.entries()) {
    const lines = cell.split("\n");
    // An address with line breaks around it is no harm where an address is read.
    const isAddress = table.emails.includes(column) && readEmail(cell).email !== undefined;
    const row = lines.length > 1 && !isAddress ? findRow(lines, column, table) : -1;
    if (row !== -1) {
      const at = (offset: number) => `${table.name}:${opens + offset}`;
      problems.push({
        where: at(0),
        column: cut(table.header[column]?.trim() ?? ""),
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

/** In the first line an address counts only in an e-mail column, because a note may begin with one. */
function findRow(lines: string[], column: number, { delimiter, emails }: Table): number {
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
