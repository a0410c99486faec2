import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { InviteInputs } from "../invite/invite";
import { quote } from "../text";
import { UserError } from "../user-error";
import { argumentProblems } from "./arguments";
import { decode, findFormat, type RosterFormat } from "./format";
import { type Day, ROW_PROPERTIES, todayIn } from "./starts-on";
import {
  type AskedColumns,
  defaultsProblems,
  firstProblemLines,
  isOfNewcomer,
  isProperties,
  type RosterMember,
  type RosterReading,
  type RosterRow,
  type RosterRows,
  requireSomebody,
  rosterProblems,
  unreadable,
  validateCommand,
  validateRows,
} from "./validate";

/** What a program gives a roster, with `UNKNOWN` for each value that is known only later. */
export interface RosterArguments {
  file?: string | null;
  files?: string | null;
  members?: unknown[] | null;
  format?: RosterFormat | null;
  defaults?: Partial<InviteInputs> | null;
  allowEmpty?: boolean | null;
  columns?: AskedColumns | null;
  timeZone?: string | null;
}

/** One person of a roster: what to declare of them, and where they stand in it. */
export interface RosterEntry<Options = Partial<InviteInputs>> {
  email: string;
  /** `people.csv:3` or `members[2]`. */
  where: string;
  startsOn: string | undefined;
  /** Whether that is after today. */
  isLater: boolean;
  /** The team of their own row. */
  team: string | undefined;
  teamId: string | undefined;
  /** With the defaults. */
  options: Options;
}

interface LoadedRoster extends Pick<RosterReading, "problems" | "notes"> {
  members: RosterEntry[];
}

const NO_COLUMNS =
  "columns is for a table, and this is YAML, which has none: give its keys the names of the inputs, and leave columns out";

/**
 * Loads the people of a roster, with the defaults. A file's path is relative to this process's folder. Problems that
 * are none for people whom the state has are left to the preflight.
 *
 * @param name the roster's, for messages.
 * @param isStateless whether there is no state, as in a unit test: then everybody is a newcomer.
 * @throws UserError that says everything that is wrong with the roster, a line each.
 */
export function loadRoster(name: string, args: RosterArguments, isStateless = false): LoadedRoster {
  const wrong = argumentProblems(args);
  if (wrong.length) throw refusal(name, wrong, wrong.length);
  const today = todayIn(args.timeZone, process.env);
  const reading = readArguments(name, args, today);
  const problems = defaultsProblems({ ...args.defaults }).concat(reading.problems);
  if (problems.length === 0 || (!isStateless && problems.every(isOfNewcomer)))
    return { ...reading, members: reading.members.map((one) => toEntry(one, args.defaults, today)) };
  const command = args.file ?? args.files;
  const commandForAll = command ? validateCommand(command, args.columns ?? undefined) : undefined;
  throw refusal(name, firstProblemLines(problems, commandForAll), problems.length);
}

function readArguments(name: string, args: RosterArguments, today: Day): RosterReading {
  const { file, files, members } = args;
  if ([file, files, members].filter((one) => (one ?? undefined) !== undefined).length !== 1)
    throw refusal(name, ["give exactly one of file, files and members, and members as a list"]);
  const { columns, allowEmpty } = args;
  if (members) return readMembers(members, { allowEmpty });
  const paths = file ? [file] : filesLike(name, files ?? "");
  const all = paths.map((path) => {
    const format = args.format ?? findFormat(path);
    if (!format)
      throw refusal(name, [`the format of ${path} is not known: give format: "csv" or format: "yaml"`]);
    const bytes = readFrom(name, "file", path, (at) => readFileSync(at));
    const { notes, ...found } = readRows(bytes, { name: path, format, columns, today, allowEmpty });
    return { ...found, notes: file ? notes : notes.map((note) => `${path}: ${note}`) };
  });
  return validateRows({
    rows: all.flatMap(({ rows }) => rows),
    problems: all.flatMap(({ problems }) => problems),
    notes: all.flatMap(({ notes }) => notes),
  });
}

/** The files of a folder whose names are like a pattern, sorted. A pattern that none is like would remove everybody. */
function filesLike(name: string, pattern: string): string[] {
  const folder = dirname(pattern);
  if (folder.includes("*"))
    throw refusal(name, [
      `files: ${quote(pattern)} has a * in the name of a folder: it may stand for names of files`,
    ]);
  const escaped = basename(pattern).replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  const isLike = new RegExp(`^${escaped.replaceAll("*", ".*")}$`);
  const found = readFrom(name, "folder", folder, (at) => readdirSync(at, { withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => entry.name)
    .filter((file) => isLike.test(file) && !file.startsWith("."));
  if (found.length === 0)
    throw refusal(name, [`files: there is no file ${quote(pattern)} in ${resolve(folder)}`]);
  return found.sort().map((file) => (folder === "." ? file : `${folder}/${file}`));
}

function readFrom<T>(name: string, what: "file" | "folder", path: string, read: (at: string) => T): T {
  try {
    return read(resolve(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw refusal(name, [code === "ENOENT" ? `there is no ${what} ${resolve(path)}` : message]);
  }
}

function refusal(name: string, lines: string[], count?: number): UserError {
  return new UserError(rosterProblems(name, lines, count));
}

interface FileOptions {
  /** The file's name as messages show it. */
  name: string;
  format: RosterFormat;
  /** The header of the column that holds an input, for those not known by their names. */
  columns?: AskedColumns | null | undefined;
  /** Default: as {@link todayIn} says for UTC. */
  today?: Day;
  /** Whether a file of nobody is meant; else it is a problem. */
  allowEmpty?: boolean | null | undefined;
}

/**
 * Reads a roster's file: who is declared, and everything that is wrong, each with its line. Nothing is thrown.
 *
 * @param bytes the file as it is, which has to be UTF-8.
 * @example
 * readRoster(Buffer.from("E-mail,Team ID\nAda@acme.com,team_a\n"), { name: "people.csv", format: "csv" }).members;
 * // [{ email: "ada@acme.com", teamId: "team_a", where: "people.csv:2" }]
 */
export function readRoster(bytes: Uint8Array, options: FileOptions): RosterReading {
  return validateRows(readRows(bytes, options));
}

/** Loads the library of the format that is read, and not the other one. */
function readRows(bytes: Uint8Array, { name, format, columns, today, allowEmpty }: FileOptions): RosterRows {
  const asked = columns ?? {};
  const { text, problem } = decode(bytes, format);
  if (problem !== undefined) return unreadable(name, problem);
  if (format === "csv") {
    const { readCsv }: typeof import("./csv") = require("./csv");
    const found = readCsv(text, name, asked, today ?? todayIn(undefined, process.env));
    return requireSomebody(found, name, allowEmpty);
  }
  if (Object.values(asked).some((header) => (header ?? undefined) !== undefined))
    return unreadable(name, NO_COLUMNS);
  const { readYaml }: typeof import("./yaml") = require("./yaml");
  return requireSomebody(readYaml(text, name), name, allowEmpty);
}

/**
 * Reads the rows of a roster in code: addresses, or objects with the properties of a `HeadshotInvite`.
 *
 * @example
 * readMembers(["ada@acme.com", { email: "grace@acme.com", teamId: "team_a" }]).members.length; // 2
 */
export function readMembers(
  members: unknown[],
  { allowEmpty }: Pick<FileOptions, "allowEmpty"> = {},
): RosterReading {
  // `Array.from` also visits the holes of a list.
  const rows = Array.from(members, (row, index): RosterRow => {
    const declared = isProperties(row) ? withInputNames(row) : { email: row };
    return { where: `members[${index}]`, declared, cells: {}, problems: [] };
  });
  return validateRows(requireSomebody({ rows, problems: [], notes: [] }, "members", allowEmpty));
}

/** HCL hands rows over as they are written, and there names are in snake case: `team_id`. */
function withInputNames(row: Record<string, unknown>): Record<string, unknown> {
  const named = Object.entries(row).map(([name, value]) => {
    const input = ROW_PROPERTIES.find(
      (one) => one.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) === name,
    );
    return [input === undefined || input in row ? name : input, value];
  });
  return Object.fromEntries(named);
}

/** A person's own inputs come before the defaults. A team is one input, whether it is given by its name or its id. */
function toEntry(
  { email, where, startsOn, ...own }: RosterMember,
  defaults: RosterArguments["defaults"],
  today: Day,
): RosterEntry {
  const isLater = startsOn !== undefined && startsOn > today;
  const { team, teamId, ...others } = { ...defaults };
  const hasOwnTeam = (own.team ?? own.teamId) !== undefined;
  const options = { ...(hasOwnTeam ? others : defaults), ...own };
  return { email, where, startsOn, isLater, team: own.team, teamId: own.teamId, options };
}
