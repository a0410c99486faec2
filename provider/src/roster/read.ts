import { readInputs, UNKNOWN } from "../invite/inputs";
import { readCsv } from "./csv";
import { decode } from "./encoding";
import { readRows } from "./rows";
import {
  type AskedColumns,
  isProperties,
  type RosterProblem,
  type RosterReading,
  type RosterRow,
} from "./types";
import { readYaml } from "./yaml";

export { problemLines } from "./problem-lines";
export type { RosterProblem, RosterReading } from "./types";
export { unmanagedPeople } from "./unmanaged";

export type RosterFormat = "csv" | "yaml";

const FORMATS: [RegExp, RosterFormat][] = [
  [/\.(csv|tsv)$/i, "csv"],
  [/\.(ya?ml|json)$/i, "yaml"],
];

const NO_COLUMNS =
  "columns is for a table, and this is YAML, which has none: give its keys the names of the inputs, and leave columns out";

/** The format that a file's name tells: `.csv` and `.tsv`, or `.yaml`, `.yml` and `.json`. */
export function formatOf(fileName: string): RosterFormat | undefined {
  return FORMATS.find(([ending]) => ending.test(fileName))?.[1];
}

/**
 * Reads a roster: who is declared, and everything that is wrong, each with its line. Nothing is thrown.
 *
 * CSV has a header row that names the columns, in any order and with the names that spreadsheets and identity
 * providers use; commas, semicolons or tabs. YAML has a list of addresses or of maps, or one under `members`.
 *
 * @param bytes the file as it is, which has to be UTF-8.
 * @param options.name the file's name as messages show it.
 * @param options.columns the header of the column that holds an input, for those not known by their names.
 * @param options.allowEmpty whether a roster of nobody is meant; else it is a problem.
 * @example
 * readRoster(Buffer.from("E-mail,Team ID\nAda@acme.com,team_a\n"), { name: "people.csv", format: "csv" }).members;
 * // [{ email: "ada@acme.com", teamId: "team_a", where: "people.csv:2" }]
 */
export function readRoster(
  bytes: Uint8Array,
  {
    name,
    format,
    allowEmpty,
    columns,
  }: { name: string; format: RosterFormat; allowEmpty?: boolean; columns?: AskedColumns },
): RosterReading {
  const { text, problem } = decode(bytes);
  if (problem !== undefined) return { members: [], problems: [{ where: name, reason: problem }], notes: [] };
  if (format !== "csv" && Object.values(columns ?? {}).some((header) => (header ?? undefined) !== undefined))
    return { members: [], problems: [{ where: name, reason: NO_COLUMNS }], notes: [] };
  const rows = format === "csv" ? readCsv(text, name, columns) : readYaml(text, name);
  return readRows(rows, name, allowEmpty);
}

/**
 * Reads the rows of a roster in code: addresses, or objects with the properties of a `HeadshotInvite`.
 *
 * @example
 * readMembers(["ada@acme.com", { email: "grace@acme.com", teamId: "team_a" }]).members.length; // 2
 */
export function readMembers(rows: unknown[], { allowEmpty }: { allowEmpty?: boolean } = {}): RosterReading {
  // A hole in the list is a row, too.
  const found = Array.from(rows, rowInCode);
  return readRows({ rows: found, problems: [], notes: [] }, "members", allowEmpty);
}

/** Checks what a roster gives to everyone who has none of their own; `where` names it in messages. */
export function readDefaults(defaults: Record<string, unknown>, where: string): RosterProblem[] {
  const { email, ...others } = defaults;
  const failures = readInputs({ ...others, email: UNKNOWN }).failures;
  if (email !== undefined && email !== null)
    failures.unshift({ property: "email", reason: "everybody has an address of their own: leave it out" });
  return failures.map(({ property, reason }) => ({ where, column: property, reason }));
}

function rowInCode(row: unknown, index: number): RosterRow {
  const declared = isProperties(row) ? row : { email: row };
  return { where: `members[${index}]`, declared, cells: {} };
}
