import { kindOf } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import { type Columns, columnsOf } from "./columns";
import { type CsvLine, linesOf } from "./csv-lines";
import { unprotectedCell } from "./formulas";
import { headerProblems } from "./header-problems";
import { swallowedRows, type Table } from "./swallowed";
import { differingTwins } from "./twins";
import { type AskedColumns, type RosterProblem, type RosterRow, type RosterRows, unreadable } from "./types";

/**
 * Reads a table with a header row, as spreadsheets and identity providers export it.
 *
 * @param asked the headers that a program gives for inputs.
 */
export function readCsv(text: string, name: string, asked: AskedColumns = {}): RosterRows {
  const { lines, delimiter, unclosed } = linesOf(text);
  if (unclosed !== undefined)
    return unreadable(
      `${name}:${unclosed}`,
      "a cell begins with a quotation mark that is never closed, so the rows after it cannot be told apart",
    );
  const [header, ...rows] = lines;
  if (!header) return { rows: [], problems: [], notes: [] };
  const columns = columnsOf(header.record, asked);
  const table = { name, header: header.record, delimiter, emails: columns.of.get("email") ?? [] };
  const swallowed = swallowedRows(header, table);
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
  const reason = differingTwins(record, table, at.get("email") ?? 0) ?? guestReason(row);
  row.problems = [
    ...swallowedRows(line, table),
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

function guestReason({ declared }: RosterRow): string | undefined {
  if (!/#EXT#@/i.test(String(declared.email))) return undefined;
  return "it is what Entra calls a guest, not an address: give the person's own";
}

const FLAGS: Record<string, boolean> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };

/** What is neither a flag nor a number is left as text, for the rules of a declaration to say. */
function typed(property: keyof InviteInputs, text: string): unknown {
  const kind = kindOf(property);
  if (kind === "flag") return FLAGS[text.toLowerCase()] ?? text;
  return kind === "count" && /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
