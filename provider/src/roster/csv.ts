import { CsvError, parse } from "csv-parse/sync";
import { readEmail } from "../invite/email";
import { kindOf } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import { personOf } from "../invite/people";
import { quote } from "../text";
import { type Columns, findColumns, headerProblems, plainHeader } from "./csv-columns";
import type { AskedColumns, RosterProblem } from "./problems";
import { type RosterRow, type RosterRows, unreadable } from "./validate";

/**
 * Reads a table with a header row, as spreadsheets and identity providers export it.
 *
 * @param asked the headers that a program gives for inputs.
 */
export function readCsv(text: string, name: string, asked: AskedColumns = {}): RosterRows {
  const { lines, delimiter, unclosed } = parseLines(text);
  if (unclosed !== undefined)
    return unreadable(
      `${name}:${unclosed}`,
      "a cell begins with a quotation mark that is never closed, so the rows after it cannot be told apart",
    );
  const [header, ...rows] = lines;
  if (!header) return { rows: [], problems: [], notes: [] };
  const columns = findColumns(header.record, asked);
  const table = { name, header: header.record, delimiter, emails: columns.of.get("email") ?? [] };
  const swallowed = unbalancedQuotes(header, table);
  if (swallowed.length) return { rows: [], problems: swallowed, notes: [] };
  const problems = headerProblems(header.record, columns, asked).map((reason) => ({
    where: `${name}:${header.line}`,
    reason,
  }));
  if (problems.length) return { rows: [], problems, notes: [] };
  return { rows: rows.map((row) => rowOf(row, columns, table)), problems: [], notes: columns.notes };
}

function rowOf(line: CsvLine, columns: Columns, table: Table): RosterRow {
  const { record } = line;
  const row: RosterRow = { where: `${table.name}:${line.line}`, declared: {}, cells: {} };
  const at = new Map<string, number>();
  for (const [property, positions] of columns.of) {
    const position = positions.find((one) => record[one]?.trim()) ?? positions[0] ?? 0;
    const value = unprotectedCell(record[position]?.trim() ?? "");
    at.set(property, position);
    row.cells[property] = { column: table.header[position]?.trim(), value };
    row.declared[property] = value === "" ? undefined : typed(property, value);
  }
  const reason = differingDuplicates(record, table, at.get("email") ?? 0);
  row.problems = [
    ...unbalancedQuotes(line, table),
    ...extraCells(line, table),
    ...(reason === undefined ? [] : [{ where: row.where, ...row.cells.email, reason }]),
  ];
  return row;
}

function extraCells({ record, line }: CsvLine, { name, header }: Table): RosterProblem[] {
  const value = record.slice(header.length).find((cell) => cell.trim() !== "");
  if (value === undefined) return [];
  const counts = `${record.length} cells for ${header.length} columns`;
  return [
    { where: `${name}:${line}`, value, reason: `it has ${counts}: put text with a delimiter in quotes` },
  ];
}

const FLAGS: Record<string, boolean> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };

/** What is neither a flag nor a number is left as text, for the rules of a declaration to say. */
function typed(property: keyof InviteInputs, text: string): unknown {
  const kind = kindOf(property);
  if (kind === "flag") return FLAGS[text.toLowerCase()] ?? text;
  return kind === "count" && /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** One row of a table as it stands in the file. */
interface CsvLine {
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
function parseLines(text: string): { lines: CsvLine[]; delimiter: string; unclosed?: number } {
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

/** How the table is written that a row belongs to. */
interface Table {
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
function unbalancedQuotes({ record, line }: CsvLine, table: Table): RosterProblem[] {
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

/**
 * What is wrong if two columns have the same name and differ: which of the two people is meant cannot be known.
 *
 * @param emails the columns that an address may be read from. @param position the one that is read.
 */
function differingDuplicates(
  record: readonly string[],
  { header, emails }: Pick<Table, "header" | "emails">,
  position: number,
): string | undefined {
  const name = plainHeader(header[position] ?? "");
  const mine = record[position] ?? "";
  const other = emails.find(
    (index) =>
      index !== position &&
      plainHeader(header[index] ?? "") === name &&
      record[index]?.trim() &&
      personOf(record[index]) !== personOf(mine),
  );
  if (other === undefined) return undefined;
  const column = (index: number) => `${JSON.stringify(header[index]?.trim())} (${index + 1})`;
  return (
    `the columns ${column(position)} and ${column(other)} mean the same and differ: ${quote(mine.trim())} and ` +
    `${quote(record[other]?.trim())}. Remove one of the two columns, or make them equal`
  );
}

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
