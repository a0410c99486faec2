import type { InviteInputs } from "../invite/invite";

/** One person of a roster, checked: the e-mail is canonical. */
export interface RosterMember extends InviteInputs {
  /** Where the person stands: `people.csv:3`, or `members[2]` if the rows are in code. */
  where: string;
}

/** One thing wrong with a roster. */
export interface RosterProblem {
  /** `people.csv:3`, `members[2]`; the file's name alone if all of it is meant. */
  where: string;
  /** The column as its header has it; a property's name in YAML and in code. */
  column?: string;
  /** The cell as it is written. */
  value?: string;
  reason: string;
}

/** What a roster says. Where there are problems, `members` are those rows that have none. */
export interface RosterReading {
  members: RosterMember[];
  problems: RosterProblem[];
  /** What a reader should know though nothing is wrong: columns ignored, aliases taken. */
  notes: string[];
}

/** One row as a format's reader found it, not checked yet. */
export interface RosterRow {
  where: string;
  declared: Record<string, unknown>;
  /** Where a property comes from, as far as the row itself does not tell. */
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

/** The header of the column that holds an input, where a program says it. */
export type AskedColumns = Partial<Record<keyof InviteInputs, string | null>>;

/** Rows that could not be made out at all, for one reason. */
export function unreadable(where: string, reason: string): RosterRows {
  return { rows: [], problems: [{ where, reason }], notes: [] };
}

/** Whether a value names properties, as no list, map, set or date does. */
export function isProperties(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === "[object Object]";
}

/** What is said of an output or a promise if the roster cannot wait for it. */
export const LATER =
  "it is known only later (an output or a promise), and the roster is read at once: give it as it is";
