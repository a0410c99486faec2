import { brokenCell, readInputs, UNKNOWN } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import { type RowProperty, readStartsOn } from "./starts-on";

/** One thing wrong with a roster. */
export interface RosterProblem {
  /** `people.csv:3`, `members[2]`; the file's name alone if all of it is meant. */
  where: string;
  /** The column as its header has it; a property's name in YAML and in code. */
  column?: string;
  /** The cell as it is written. */
  value?: string;
  reason: string;
  /** Of an address that is refused to newcomers only: whose it is. */
  person?: string;
}

/** The header of the column that holds an input, where a program says it. */
export type AskedColumns = Partial<Record<RowProperty, string | null>>;

/**
 * The problems as a person reads them: one line each, in columns.
 *
 * @example
 * problemLines(readRoster(Buffer.from("email\nada(at)acme.com\n"), { name: "people.csv", format: "csv" }).problems);
 * // ['people.csv:2  email  "ada(at)acme.com" is not an e-mail address: it has no @']
 */
export function problemLines(problems: RosterProblem[]): string[] {
  const places = inColumn(problems.map(({ where }) => where));
  const columns = inColumn(problems.map(({ column = "" }) => oneLine(column)));
  return problems.map(({ reason }, index) =>
    [places[index], columns[index], oneLine(reason)].filter(Boolean).join("  "),
  );
}

/** How many problems a message has: all of thousands would bury everything else. */
const SHOWN = 50;

/** The first problems, and how many more there are. @param commandForAll the command that prints all of them. */
export function firstProblemLines(problems: RosterProblem[], commandForAll?: string): string[] {
  const lines = problemLines(problems.slice(0, SHOWN));
  if (problems.length <= SHOWN) return lines;
  const more = `… and ${(problems.length - SHOWN).toLocaleString("en-US")} more`;
  return [...lines, commandForAll === undefined ? more : `${more}: run ${commandForAll}`];
}

/** Why a roster is not read, for its user. */
export function rosterProblems(name: string, lines: readonly string[], count = 1): string {
  const roster = `The roster ${JSON.stringify(name)}`;
  if (count === 1) return `${roster} cannot be read: ${lines[0]}`;
  return `${roster} has ${count.toLocaleString("en-US")} problems; nobody in it is invited or revoked:\n  ${lines.join("\n  ")}`;
}

/**
 * The command that reads a roster's file as the roster does.
 *
 * @example
 * validateCommand("our people.csv", { team: "Department" });
 * // 'npx pulumi-headshotpro validate "our people.csv" --column team=Department'
 */
export function validateCommand(file: string, columns: AskedColumns = {}): string {
  const flags = Object.entries(columns).flatMap(([input, header]) =>
    typeof header === "string" ? ["--column", shellWord(`${input}=${header}`)] : [],
  );
  return ["npx pulumi-headshotpro validate", shellWord(file), ...flags].join(" ");
}

/** In quotes where any shell needs them. */
function shellWord(text: string): string {
  return /^[\p{L}\p{N}\\/._@%+=:,~-]+$/u.test(text) ? text : `"${text}"`;
}

/** Texts of equal length, by blanks at their ends. */
function inColumn(texts: string[]): string[] {
  const width = texts.reduce((longest, text) => Math.max(longest, text.length), 0);
  return texts.map((text) => text.padEnd(width));
}

/** A spreadsheet's header may have line breaks in it. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ");
}

/** One row as the reader of a format found it, not checked yet. */
export interface RosterRow {
  where: string;
  declared: Record<string, unknown>;
  /** Where a property comes from, if the row itself does not say it. */
  cells: Record<string, Partial<Pick<RosterProblem, "where" | "column" | "value">>>;
  /** The problems that only the reader of the format can see. */
  problems: RosterProblem[];
}

/** All rows of a roster. */
export interface RosterRows {
  rows: RosterRow[];
  problems: RosterProblem[];
  notes: string[];
}

/** One person of a roster, checked: the e-mail is canonical. */
export interface RosterMember extends InviteInputs {
  /** Where the person stands: `people.csv:3`, or `members[2]` if the rows are in code. */
  where: string;
  /** From which day on they are declared. */
  startsOn?: string;
}

/** What a roster says. Where there are problems, `members` are those rows that have none but a newcomer's. */
export interface RosterReading {
  members: RosterMember[];
  problems: RosterProblem[];
  /** What a user should know although nothing is wrong: which columns are ignored, say. */
  notes: string[];
}

const EMAIL_LATER =
  "it is known only later (an output or a promise), but the address names the resource: give it as text";

const DAY_LATER =
  "it is known only later (an output or a promise), and the roster is read at once: give it as text";

const EMPTY =
  "nobody is in it, and everyone who was would lose the invite. If that is meant: allowEmpty: true";

/** A roster that is empty, or cannot be read at all. */
export function noRows(problems: RosterProblem[] = []): RosterRows {
  return { rows: [], problems, notes: [] };
}

/** A roster that cannot be read at all, for one reason. */
export function unreadable(where: string, reason: string): RosterRows {
  return noRows([{ where, reason }]);
}

/** Rows of nobody are a problem, unless they are meant. @param name what messages call all of them */
export function requireSomebody(
  found: RosterRows,
  name: string,
  allowEmpty: boolean | null = false,
): RosterRows {
  const { rows, problems } = found;
  const isEmpty = rows.length === 0 && problems.length === 0 && !allowEmpty;
  return isEmpty ? { ...found, problems: [{ where: name, reason: EMPTY }] } : found;
}

/** Whether a value has properties, as no list, map, set or date does. */
export function isProperties(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === "[object Object]";
}

/** Checks every row by the rules of a declaration. If a person stands in two rows, the second is a problem. */
export function validateRows(found: RosterRows): RosterReading {
  const members: RosterMember[] = [];
  const problems = [...found.problems];
  const places = new Map<string, string>();
  for (const row of found.rows) {
    const { inputs, problems: inRow } = validateRow(row);
    const { email } = inputs;
    if (typeof email === "string") {
      const other = places.get(email);
      if (other !== undefined) inRow.push(toProblem(row, "email", `${email} is in ${other} already`));
      places.set(email, other ?? row.where);
    }
    // One by one: a call with hundreds of thousands of arguments overflows the stack.
    for (const problem of inRow) problems.push(problem);
    if (inRow.every(isOfNewcomer)) members.push({ ...(inputs as unknown as InviteInputs), where: row.where });
  }
  return { members, problems, notes: found.notes };
}

/** Whether a problem is none for somebody whom the state has. */
export function isOfNewcomer({ person }: RosterProblem): boolean {
  return person !== undefined;
}

/** A column of which the reader of the format reports a problem gets no other. */
function validateRow(row: RosterRow): { inputs: Record<string, unknown>; problems: RosterProblem[] } {
  if (row.declared.email === UNKNOWN) return { inputs: {}, problems: [toProblem(row, "email", EMAIL_LATER)] };
  const { startsOn, ...declared } = row.declared;
  const { inputs, failures } = readInputs(declared);
  const broken = typeof startsOn === "string" ? brokenCell("startsOn", startsOn) : undefined;
  const why = startsOn === UNKNOWN ? DAY_LATER : broken;
  const { day, reason } = why === undefined ? readStartsOn(startsOn) : { reason: why };
  if (day !== undefined) inputs.startsOn = day;
  if (reason !== undefined) failures.push({ property: "startsOn", reason });
  const explained = new Set(row.problems.map(({ column }) => column));
  const others = failures.map(({ property, reason, person }) => {
    if (person !== undefined) inputs.email = person;
    return { ...toProblem(row, property, reason), ...(person !== undefined && { person }) };
  });
  return { inputs, problems: [...row.problems, ...others.filter(({ column }) => !explained.has(column))] };
}

function toProblem(row: RosterRow, property: string, reason: string): RosterProblem {
  const value = row.declared[property];
  const text = typeof value === "object" ? typeof value : String(value);
  const written = (value ?? UNKNOWN) === UNKNOWN ? {} : { value: text };
  return { where: row.where, column: property, ...written, ...row.cells[property], reason };
}

/** What is wrong with the inputs for everyone whose row does not have them. */
export function defaultsProblems({ email, ...others }: Record<string, unknown>): RosterProblem[] {
  const failures = readInputs({ ...others, email: UNKNOWN }).failures;
  if (email !== undefined && email !== null)
    failures.unshift({ property: "email", reason: "everybody has an address of their own: leave it out" });
  return failures.map(({ property, reason }) => ({ where: "defaults", column: property, reason }));
}
