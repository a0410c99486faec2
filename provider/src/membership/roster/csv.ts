import { CsvError, parse } from "csv-parse/sync";
import { readEmail } from "../email";
import { type Columns, columnsOf } from "./columns";
import { unprotectedCell } from "./formulas";
import { type RosterRow, type RosterRows, unreadable } from "./roster";

interface Line {
  record: string[];
  /** The physical line of the file on which the row begins, counted from 1. */
  line: number;
}

const DELIMITERS = [",", ";", "\t"];

/** Reads a table with a header row, as spreadsheets and identity providers export it. */
export function readCsv(text: string, name: string): RosterRows {
  const { lines, unclosed } = linesOf(text);
  if (unclosed !== undefined)
    return unreadable(
      `${name}:${unclosed}`,
      "a cell begins with a quotation mark that is never closed, so the rows after it cannot be told apart",
    );
  const [header, ...rows] = lines;
  if (!header) return { rows: [], problems: [], notes: [] };
  const columns = columnsOf(header.record);
  const problems = headerProblems(header.record, columns).map((reason) => ({
    where: `${name}:${header.line}`,
    reason,
  }));
  if (problems.length) return { rows: [], problems, notes: [] };
  return {
    rows: rows.map((row) => rowOf(row, header.record, columns, name)),
    problems: [],
    notes: columns.notes,
  };
}

/** @returns the rows, and the line of the row whose quotation mark is never closed, if there is one. */
function linesOf(text: string): { lines: Line[]; unclosed?: number } {
  // Excel may write down its delimiter in a line of its own.
  const told = /^sep=(.)\n/i.exec(text);
  const table = told ? text.slice(told[0].length - 1) : text;
  let end = 0;
  try {
    // The types of csv-parse leave out what `info` and `raw` add.
    const rows = parse(table, {
      delimiter: told?.[1] ?? delimiterOf(table),
      relax_column_count: true,
      relax_quotes: true,
      // Rows of nothing but delimiters are what a spreadsheet makes of cleared cells.
      skip_records_with_empty_values: true,
      skip_empty_lines: true,
      info: true,
      raw: true,
      on_record: (row, { lines }) => {
        end = lines;
        return row;
      },
    }) as unknown as { record: string[]; raw: string; info: { lines: number } }[];
    return { lines: rows.map(({ record, raw, info }) => ({ record, line: info.lines - breaksIn(raw) })) };
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== "CSV_QUOTE_NOT_CLOSED") throw error;
    const rest = table.split("\n").slice(end);
    return { lines: [], unclosed: end + 1 + rest.findIndex((line) => line.trim() !== "") };
  }
}

/** The line breaks in a row's quoted cells, not those before and after it. */
function breaksIn(raw: string): number {
  return raw.replace(/^\n+|\n+$/g, "").split("\n").length - 1;
}

/** Where a decimal comma is usual, spreadsheets write semicolons; pasted cells have tabs. */
function delimiterOf(text: string): string {
  const header = /^.*\S.*$/m.exec(text)?.[0].replace(/"[^"]*"/g, "") ?? "";
  const count = (delimiter: string) => header.split(delimiter).length;
  return DELIMITERS.reduce((best, other) => (count(other) > count(best) ? other : best));
}

function headerProblems(header: readonly string[], columns: Columns): string[] {
  const found = header.map((name) => JSON.stringify(name.trim())).join(", ");
  if (!columns.of.has("email"))
    return [
      header.some((cell) => readEmail(cell).email !== undefined)
        ? `there is no header row: the first line has to name the columns, one of them "email"; it has ${found}`
        : `there is no e-mail column: name one of them "email". The columns found: ${found}`,
    ];
  return [...columns.of]
    .filter(([property, positions]) => property !== "email" && positions.length > 1)
    .map(([property, positions]) => {
      const names = positions.map((position) => JSON.stringify(header[position]?.trim())).join(" and ");
      return `the columns ${names} both mean ${property}: remove one of the two`;
    });
}

function rowOf({ record, line }: Line, header: readonly string[], columns: Columns, name: string): RosterRow {
  const row: RosterRow = { where: `${name}:${line}`, declared: {}, cells: {}, failures: [] };
  for (const [property, positions] of columns.of) {
    const position = positions.find((one) => record[one]?.trim()) ?? positions[0] ?? 0;
    const value = unprotectedCell(record[position]?.trim() ?? "");
    row.cells[property] = { column: header[position]?.trim(), value };
    row.declared[property] = value === "" ? undefined : typed(property, value);
  }
  const extra = record.slice(header.length).find((cell) => cell.trim() !== "");
  if (extra !== undefined) {
    const counts = `${record.length} cells for ${header.length} columns`;
    row.cells[""] = { value: extra };
    row.failures = [{ property: "", reason: `it has ${counts}: put text with a delimiter in quotes` }];
  }
  if (/#EXT#@/i.test(String(row.declared.email)))
    row.failures?.push({
      property: "email",
      reason: "it is what Entra calls a guest, not an address: give the person's own",
    });
  return row;
}

const FLAGS: Record<string, boolean> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };

/** What is neither a flag nor a number is left as text, for the rules of a declaration to say. */
function typed(property: string, text: string): unknown {
  if (property === "adopt" || property === "forceDestroy") return FLAGS[text.toLowerCase()] ?? text;
  return property === "maxRenewals" && /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
