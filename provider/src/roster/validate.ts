import { readInputs, UNKNOWN } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import type { RosterProblem } from "./problems";
import { readStartsOn } from "./starts-on";

/** One row as a format's reader found it, not checked yet. */
export interface RosterRow {
  where: string;
  declared: Record<string, unknown>;
  /** Where a property comes from, as far as the row itself does not say. */
  cells: Record<string, Partial<Pick<RosterProblem, "where" | "column" | "value">>>;
  /** What only the format's reader can see to be wrong. */
  problems?: RosterProblem[];
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

/** What a roster says. Where there are problems, `members` are those rows that have none. */
export interface RosterReading {
  members: RosterMember[];
  problems: RosterProblem[];
  /** What a reader should know though nothing is wrong: columns ignored, aliases taken. */
  notes: string[];
}

const EMAIL_LATER =
  "it is known only later (an output or a promise), but the address names the resource: give it as text";

/** A roster that cannot be read at all, for one reason. */
export function unreadable(where: string, reason: string): RosterRows {
  return { rows: [], problems: [{ where, reason }], notes: [] };
}

/** Whether a value has properties, as no list, map, set or date does. */
export function isProperties(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === "[object Object]";
}

/**
 * Checks every row by the rules of a declaration. A person who stands in two rows is a problem of the second.
 *
 * @param name what messages call the whole roster.
 * @param allowEmpty whether a roster of nobody is meant.
 */
export function validateRows(
  found: RosterRows,
  name: string,
  allowEmpty: boolean | undefined,
): RosterReading {
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
    if (inRow.length === 0) members.push({ ...(inputs as unknown as InviteInputs), where: row.where });
  }
  if (found.rows.length === 0 && problems.length === 0 && !allowEmpty)
    problems.push({
      where: name,
      reason:
        "nobody is in it, and everyone who was would lose the invite. If that is meant: allowEmpty: true",
    });
  return { members, problems, notes: found.notes };
}

/** What the format's reader has seen of a cell explains what else is wrong with it. */
function validateRow(row: RosterRow): { inputs: Record<string, unknown>; problems: RosterProblem[] } {
  if (row.declared.email === UNKNOWN) {
    const { email, ...declared } = row.declared;
    return { inputs: {}, problems: [toProblem({ ...row, declared }, "email", EMAIL_LATER)] };
  }
  const { startsOn, ...declared } = row.declared;
  const { inputs, failures } = readInputs(declared);
  const { day, reason } = readStartsOn(startsOn);
  if (day !== undefined) inputs.startsOn = day;
  if (reason !== undefined) failures.push({ property: "startsOn", reason });
  const own = row.problems ?? [];
  const explained = new Set(own.map(({ column }) => column));
  const others = failures.map(({ property, reason }) => toProblem(row, property, reason));
  return { inputs, problems: [...own, ...others.filter(({ column }) => !explained.has(column))] };
}

function toProblem(row: RosterRow, property: string, reason: string): RosterProblem {
  const value = row.declared[property];
  const written = value === undefined || value === null ? {} : { value: toText(value) };
  return { where: row.where, column: property, ...written, ...row.cells[property], reason };
}

function toText(value: unknown): string {
  return typeof value === "object" ? typeof value : String(value);
}

/** Checks what a roster gives to everyone whose row does not have it; `where` names it in messages. */
export function defaultsProblems(defaults: Record<string, unknown>, where: string): RosterProblem[] {
  const { email, ...others } = defaults;
  const failures = readInputs({ ...others, email: UNKNOWN }).failures;
  if (email !== undefined && email !== null)
    failures.unshift({ property: "email", reason: "everybody has an address of their own: leave it out" });
  return failures.map(({ property, reason }) => ({ where, column: property, reason }));
}
