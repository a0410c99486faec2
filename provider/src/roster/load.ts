import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { INPUTS } from "../invite/inputs";
import { UserError } from "../user-error";
import { argumentProblems } from "./arguments";
import { decode, formatOf, type RosterFormat } from "./file-format";
import { type AskedColumns, firstProblemLines, validateCommand } from "./problems";
import {
  defaultsProblems,
  isProperties,
  type RosterMember,
  type RosterReading,
  type RosterRow,
  type RosterRows,
  unreadable,
  validateRows,
} from "./validate";

/** What a program gives a roster, with `UNKNOWN` for each value that is known only later. */
export interface RosterArguments {
  file?: string | null;
  members?: unknown[] | null;
  format?: RosterFormat | null;
  defaults?: Record<string, unknown> | null;
  allowEmpty?: boolean | null;
  columns?: AskedColumns | null;
}

const NO_COLUMNS =
  "columns is for a table, and this is YAML, which has none: give its keys the names of the inputs, and leave columns out";

/**
 * Loads the people of a roster, each as their own row has it, and notes on what was ignored. A file's path is relative
 * to this process's folder.
 *
 * @param name the roster's, for messages.
 * @throws UserError that says everything that is wrong with the roster, a line each.
 */
export function loadRoster(
  name: string,
  args: RosterArguments,
): { members: RosterMember[]; notes: string[] } {
  const wrong = argumentProblems(args);
  if (wrong.length) throw refusal(name, wrong, wrong.length);
  const reading = readArguments(name, args);
  const problems = defaultsProblems({ ...args.defaults }, "defaults").concat(reading.problems);
  const commandForAll = args.file ? validateCommand(args.file, args.columns ?? undefined) : undefined;
  if (problems.length) throw refusal(name, firstProblemLines(problems, commandForAll), problems.length);
  return reading;
}

function readArguments(name: string, args: RosterArguments): RosterReading {
  const { file, members } = args;
  const options = { allowEmpty: args.allowEmpty ?? false };
  if (typeof file === "string" && !members) {
    const format = args.format ?? formatOf(file);
    const columns = args.columns ?? undefined;
    if (format) return readRoster(readBytes(name, file), { name: file, format, columns, ...options });
    throw refusal(name, [`the format of ${file} is not known: give format: "csv" or format: "yaml"`]);
  }
  if (members && typeof file !== "string") return readMembers(members, options);
  throw refusal(name, ["give exactly one of file and members, and members as a list"]);
}

function readBytes(name: string, file: string): Buffer {
  const path = resolve(file);
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw refusal(name, [code === "ENOENT" ? `there is no file ${path}` : message]);
  }
}

function refusal(name: string, lines: string[], count = 1): UserError {
  const roster = `The roster ${JSON.stringify(name)}`;
  if (count === 1) return new UserError(`${roster} cannot be read: ${lines[0]}`);
  return new UserError(
    `${roster} has ${count.toLocaleString("en-US")} problems; nobody in it is invited or revoked:\n  ${lines.join("\n  ")}`,
  );
}

/**
 * Reads a roster's file: who is declared, and everything that is wrong, each with its line. Nothing is thrown.
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
  const { text, problem } = decode(bytes, format);
  if (problem !== undefined) return { members: [], ...unreadable(name, problem) };
  if (format !== "csv" && Object.values(columns ?? {}).some((header) => (header ?? undefined) !== undefined))
    return { members: [], ...unreadable(name, NO_COLUMNS) };
  return validateRows(readRows(text, name, format, columns), name, allowEmpty);
}

/** Loads the library of the format that is read, and not the other one. */
function readRows(
  text: string,
  name: string,
  format: RosterFormat,
  columns: AskedColumns | undefined,
): RosterRows {
  if (format === "csv") {
    const { readCsv }: typeof import("./csv") = require("./csv");
    return readCsv(text, name, columns);
  }
  const { readYaml }: typeof import("./yaml") = require("./yaml");
  return readYaml(text, name);
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
  return validateRows({ rows: found, problems: [], notes: [] }, "members", allowEmpty);
}

function rowInCode(row: unknown, index: number): RosterRow {
  const declared = isProperties(row) ? withInputNames(row) : { email: row };
  return { where: `members[${index}]`, declared, cells: {} };
}

/** HCL hands rows over as they are written, and there names are in snake case: `team_id`. */
function withInputNames(row: Record<string, unknown>): Record<string, unknown> {
  const named = Object.entries(row).map(([name, value]) => {
    const input = INPUTS.find(
      (one) => one.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) === name,
    );
    return [input === undefined || input in row ? name : input, value];
  });
  return Object.fromEntries(named);
}

/**
 * What is declared of a person in a roster: what their row says comes before what everybody gets. A team is one thing,
 * whether it is given by its name or its id.
 *
 * @example
 * withDefaults({ teamId: "team_xyz789" }, { team: "Engineering" }); // { team: "Engineering" }
 */
export function withDefaults<T extends { team?: unknown; teamId?: unknown }>(
  defaults: T | null | undefined,
  own: T,
): T {
  const { team, teamId, ...others } = { ...defaults };
  const hasOwnTeam = (own.team ?? own.teamId ?? undefined) !== undefined;
  return { ...(hasOwnTeam ? others : { ...defaults }), ...own };
}
