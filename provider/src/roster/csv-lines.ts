import { CsvError, parse } from "csv-parse/sync";

/** One row of a table as it stands in the file. */
export interface CsvLine {
  record: string[];
  /** The physical line of the file on which the row begins, counted from 1. */
  line: number;
}

/** What csv-parse makes of a row with `info` and `raw`, which its types leave out. */
interface Row {
  record: string[];
  raw: string;
  info: { lines: number };
}

const DELIMITERS = [",", ";", "\t"];

/** @returns the rows, and the line of the row whose quotation mark is never closed, if there is one. */
export function linesOf(text: string): { lines: CsvLine[]; delimiter: string; unclosed?: number } {
  // Excel may write down its delimiter in a line of its own.
  const told = /^sep=(.)\n/i.exec(text);
  const table = told ? text.slice(told[0].length - 1) : text;
  const delimiter = told?.[1] ?? delimiterOf(table);
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
      // At once: what `info` and `raw` add to a row is many times as large as the row.
      on_record: (row, { lines }) => {
        end = lines;
        const { record, raw, info } = row as unknown as Row;
        return { record, line: info.lines - breaksIn(raw) } as never;
      },
    }) as unknown as CsvLine[];
    return { lines, delimiter };
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== "CSV_QUOTE_NOT_CLOSED") throw error;
    const rest = table.split("\n").slice(end);
    return { lines: [], delimiter, unclosed: end + 1 + rest.findIndex((line) => line.trim() !== "") };
  }
}

/** The line breaks in a row's quoted cells, not those before and after it. */
function breaksIn(raw: string): number {
  return raw.trim().split("\n").length - 1;
}

/** Where a decimal comma is usual, spreadsheets write semicolons; pasted cells have tabs. */
function delimiterOf(text: string): string {
  const header = /^.*\S.*$/m.exec(text)?.[0].replace(/"[^"]*"/g, "") ?? "";
  const count = (delimiter: string) => header.split(delimiter).length;
  return DELIMITERS.reduce((best, other) => (count(other) > count(best) ? other : best));
}
