import { kindOf } from "../invite/inputs";
import { plainName } from "../invite/team";
import { count, cut, quote } from "../text";
import { type Columns, findColumns, headerProblems } from "./csv-columns";
import {
  type CsvLine,
  DELIMITERS,
  likelyDelimiters,
  parseLines,
  type Table,
  unbalancedQuotes,
  withoutDelimiterLine,
} from "./csv-lines";
import { type Cells, holdsAddresses, pickEmailColumn, rivalColumn, unlikelyFallback } from "./email-headers";
import { type Day, isStillToCome, meansFirstDay, type RowProperty } from "./starts-on";
import {
  type AskedColumns,
  noRows,
  type RosterProblem,
  type RosterRow,
  type RosterRows,
  unreadable,
} from "./validate";

/** How many rows are read to find out how a table is written. */
const SAMPLE = 100;

/** How many lines a hint looks down for the header. */
const TITLE_LINES = 20;

/** How many columns a hint names. */
const HINTED = 3;

/** Reads a table with a header row. @param asked the headers that a program gives for inputs. */
export function readCsv(text: string, name: string, asked: AskedColumns, today: Day): RosterRows {
  const { table: cells, delimiter: written } = withoutDelimiterLine(text);
  const delimiter = written ?? chooseDelimiter(cells, asked);
  const { lines, unclosed } = parseLines(cells, delimiter);
  if (unclosed !== undefined)
    return unreadable(
      `${name}:${unclosed}`,
      "a cell begins with a quotation mark that is never closed, so the rows after it cannot be told apart",
    );
  const [header, ...rows] = lines;
  if (!header) return noRows();
  const columns = findColumns(header.record, toRecords(rows), asked);
  const emails = columns.emails.read.map(({ position }) => position);
  const table = { name, header: header.record, delimiter, emails };
  const quotes = unbalancedQuotes(header, table);
  if (quotes.length) return noRows(quotes);
  const where = `${name}:${header.line}`;
  const hint = emails.length ? "" : layoutHint(cells, asked) || columnHint(header.record, rows, columns);
  const problems = headerProblems(header.record, columns, asked).map((reason) => reason + hint);
  if (problems.length) return noRows(problems.map((reason) => ({ where, reason })));
  const found = rows.map((row) => toRow(row, columns, table));
  noteRivals(rows, found, columns, header.record);
  noteFirstDay(rows, found, columns, header.record, today);
  return { rows: found, problems: [], notes: columns.notes };
}

/**
 * Where delimiters compete, as in `Last name, first name;E-mail`, the one that yields a column of addresses. Of two that
 * do, as in `E-mail;Manager, e-mail`, the one that is seldom in a text.
 */
function chooseDelimiter(table: string, asked: AskedColumns): string {
  const likely = likelyDelimiters(table);
  const candidates = ["\t", ";", ","].filter((delimiter) => likely.includes(delimiter));
  const found = candidates.find((delimiter) =>
    yieldsAddresses(parseLines(table, delimiter, SAMPLE).lines, asked),
  );
  return found ?? likely[0] ?? ",";
}

function yieldsAddresses([header, ...rows]: CsvLine[], asked: AskedColumns): boolean {
  const records = toRecords(rows);
  if (header === undefined) return false;
  const { read, rivals } = findColumns(header.record, records, asked).emails;
  return holdsAddresses(records, [...read, ...rivals.filter(({ rank }) => rank === "unknown")]);
}

function toRecords(lines: readonly CsvLine[]): string[][] {
  return lines.map(({ record }) => record);
}

/** How to make a table readable in which no column of addresses was found: the end of its problem, or nothing. */
function layoutHint(table: string, asked: AskedColumns): string {
  for (const { text, delimiter, remedy } of layouts(table)) {
    const { lines } = parseLines(text, delimiter, SAMPLE);
    const titles = lines.slice(0, TITLE_LINES);
    const at = titles.findIndex((_, index) => yieldsAddresses(lines.slice(index), asked));
    if (at === 0) return remedy;
    if (at > 0)
      return `. Line ${lines[at]?.line} looks like the header: delete what stands above it${remedy}`;
  }
  return "";
}

/** The ways in which a table may be written, and what to do about those that are not read. */
function layouts(table: string): { text: string; delimiter: string; remedy: string }[] {
  const unquoted = table.replace(/^"((?:[^"\n]|"")*)"[ \t]*$/gm, (_, row) => row.replaceAll('""', '"'));
  return [
    ...DELIMITERS.map((delimiter) => ({ text: table, delimiter, remedy: "" })),
    ...["|", "^", ":"].map((delimiter) => ({
      ...{ text: table, delimiter },
      remedy: `. Its cells are separated by "${delimiter}": write sep=${delimiter} as the first line`,
    })),
    {
      ...{ text: table.replace(/ {2,}/g, "\t"), delimiter: "\t" },
      remedy: ". Its cells are separated by blanks: separate them by commas",
    },
    ...DELIMITERS.map((delimiter) => ({
      ...{ text: unquoted, delimiter },
      remedy: ". Each of its rows is in quotation marks as a whole, which makes it one cell: remove them",
    })),
  ].filter(
    // A file that is no table may have many megabytes, which each of them reads.
    ({ text, delimiter, remedy }) =>
      remedy === "" || (text.includes(delimiter) && (text !== table || !DELIMITERS.includes(delimiter))),
  );
}

/** Where addresses stand though the header does not say whose, as the end of the same problem. */
function columnHint(header: Cells, rows: readonly CsvLine[], { emails }: Columns): string {
  const best = emails.rivals.find(({ rank }) => rank !== "further");
  if (best === undefined) return "";
  const alike = emails.rivals.filter(({ rank }) => rank === best.rank).slice(0, HINTED);
  const names = alike.map(({ position }) => quote(header[position]?.trim()));
  const first = rows.find(({ record }) => holdsAddresses([record], [best]));
  const example = first && `as ${quote(first.record[best.position]?.trim())} in line ${first.line}`;
  const whose = best.rank === "unknown" ? `, ${example}, and may be somebody else's` : "";
  const one = names.length === 1 ? "it" : "the one that is meant";
  return `. Addresses stand in ${names.join(" and ")}${whose}: rename ${one}${asColumns(names, ", or say ")}`;
}

/** @param names in quotes; an empty one cannot be asked for. */
function asColumns(names: readonly string[], before: string): string {
  const asked = names.filter((name) => name !== '""').map((name) => `columns: { email: ${name} }`);
  return asked.length === 0 ? "" : before + asked.join(" or ");
}

function toRow(line: CsvLine, { emails, others }: Columns, table: Table): RosterRow {
  const { record } = line;
  const row: RosterRow = {
    where: `${table.name}:${line.line}`,
    declared: {},
    cells: {},
    problems: [...unbalancedQuotes(line, table), ...extraCells(line, table)],
  };
  const email = pickEmailColumn(record, emails);
  const positions = new Map<RowProperty, number>();
  if (email) positions.set("email", email.position);
  for (const [property, [position = 0]] of others) positions.set(property, position);
  for (const [property, position] of positions) {
    const value = unprotectedCell(record[position]?.trim() ?? "");
    row.cells[property] = { column: cut(table.header[position]?.trim() ?? ""), value };
    row.declared[property] = value === "" ? undefined : typed(property, value);
  }
  const unlikely = email && unlikelyFallback(record, emails, email);
  if (unlikely !== undefined) {
    const best = quote(table.header[emails.read[0]?.position ?? 0]?.trim());
    const reason =
      `the column ${best} is empty here, and ${quote(row.declared.email)} looks like ${unlikely}: ` +
      `write the one that is meant into ${best}, or say in columns which one is to be read`;
    row.problems.push({ where: row.where, ...row.cells.email, reason });
  }
  return row;
}

/**
 * Adds a problem to the first row in which two columns disagree about who is meant, and says in how many more they do:
 * the mistake is the table's, not the row's.
 */
function noteRivals(lines: CsvLine[], rows: RosterRow[], { emails }: Columns, header: Cells): void {
  const found = lines.flatMap(({ record }, index) => {
    const read = pickEmailColumn(record, emails);
    const rival = read && rivalColumn(record, emails, read);
    return read && rival ? [{ row: rows[index], record, pair: [read.position, rival.position] }] : [];
  });
  const [first, ...others] = found;
  if (!first?.row) return;
  const { row, record, pair } = first;
  const quoted = pair.map((position) => quote(header[position]?.trim()));
  const [mine, theirs] = quoted.map((name, index) => `${name} (${(pair[index] ?? 0) + 1})`);
  const [here, there] = pair.map((position) => quote(record[position]?.trim()));
  const more = others.length ? ` (and in ${count(others.length, "more row", "more rows")})` : "";
  const names = new Set(pair.map((position) => plainName(header[position] ?? "")));
  const wayOut =
    names.size === 1
      ? "Remove one of the two columns, or make them equal"
      : `Say which one is meant${asColumns(quoted, ": ")}`;
  const reason = `the columns ${mine} and ${theirs} may both be meant, and differ: ${here} and ${there}${more}. ${wayOut}`;
  row.problems.push({ where: row.where, ...row.cells.email, reason });
}

/**
 * Adds a problem to the first row with a first day that is still to come, in a column that is not read. One column is told:
 * asking for it is the way out for all of them.
 */
function noteFirstDay(
  lines: CsvLine[],
  rows: RosterRow[],
  { others, ignored }: Columns,
  header: Cells,
  today: Day,
): void {
  if (others.has("startsOn")) return;
  for (const position of ignored) {
    const column = header[position]?.trim() ?? "";
    const day = (row?: CsvLine) => row?.record[position]?.trim() ?? "";
    const index = meansFirstDay(column) ? lines.findIndex((line) => isStillToCome(day(line), today)) : -1;
    const row = rows[index];
    if (!row) continue;
    const reason =
      `the column ${quote(column)} has a day that is still to come, and nobody waits for it: ` +
      `write days as 2026-12-01 and say columns: { startsOn: ${quote(column)} }, or rename the column`;
    row.problems.push({ where: row.where, column: cut(column), value: day(lines[index]), reason });
    return;
  }
}

function extraCells({ record, line }: CsvLine, { name, header }: Table): RosterProblem[] {
  const value = record.slice(header.length).find((cell) => cell.trim() !== "");
  const counts = `${record.length} cells for ${count(header.length, "column", "columns")}`;
  const reason = `it has ${counts}: put text with a delimiter in quotes, and each address in a row of its own`;
  return value === undefined ? [] : [{ where: `${name}:${line}`, value, reason }];
}

const FLAGS: Record<string, boolean> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };

/** A cell as its property's type. Any other text stays, and is a problem of the row. */
function typed(property: RowProperty, text: string): unknown {
  const kind = property === "startsOn" ? "text" : kindOf(property);
  if (kind === "flag") return FLAGS[text.toLowerCase()] ?? text;
  return kind === "count" && /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** What a cell begins with that a spreadsheet runs as a formula, as it is and in the wide forms of East Asia. */
const SIGN = "[=+\\-@\\t\\r\\uFF1D\\uFF0B\\uFF0D\\uFF20]";

// Apostrophes that stand before a sign already count, or the reader would take one away that nobody put there.
const RISKY = new RegExp(`^'*${SIGN}`);
const PROTECTED = new RegExp(`^'+${SIGN}`);

/** A cell that no spreadsheet runs as a formula. @example protectedCell("+ada@acme.com"); // "'+ada@acme.com" */
export function protectedCell(cell: string): string {
  return RISKY.test(cell) ? `'${cell}` : cell;
}

/** The cell that {@link protectedCell} was given. */
function unprotectedCell(cell: string): string {
  return PROTECTED.test(cell) ? cell.slice(1) : cell;
}
