import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { argumentProblems } from "./arguments";
import { firstProblemLines, validateCommand } from "./problem-lines";
import {
  formatOf,
  type RosterFormat,
  type RosterReading,
  readDefaults,
  readMembers,
  readRoster,
} from "./read";
import type { AskedColumns, RosterMember } from "./types";

/** What a program gives a roster, with `UNKNOWN` for whatever is known only later. */
export interface RosterArguments {
  file?: string | null;
  members?: unknown[] | null;
  format?: RosterFormat | null;
  defaults?: Record<string, unknown> | null;
  allowEmpty?: boolean | null;
  columns?: AskedColumns | null;
}

/** A roster that cannot be used; the message says everything that is wrong with it, a line each. */
export class RosterRefusal extends Error {}

/**
 * Everyone whom a roster declares, each as their own row has it, and notes on what was ignored. A file's path is
 * relative to this process's folder.
 *
 * @param name the roster's, for messages.
 * @throws RosterRefusal
 */
export function rosterMembers(
  name: string,
  args: RosterArguments,
): { members: RosterMember[]; notes: string[] } {
  const wrong = argumentProblems(args);
  if (wrong.length) throw refusal(name, wrong, wrong.length);
  const reading = readingOf(name, args);
  const problems = readDefaults({ ...args.defaults }, "defaults").concat(reading.problems);
  const tellAll = args.file ? validateCommand(args.file, args.columns ?? undefined) : undefined;
  if (problems.length) throw refusal(name, firstProblemLines(problems, tellAll), problems.length);
  return reading;
}

function readingOf(name: string, args: RosterArguments): RosterReading {
  const { file, members } = args;
  const options = { allowEmpty: args.allowEmpty ?? false };
  if (typeof file === "string" && !members) {
    const format = args.format ?? formatOf(file);
    if (format)
      return readRoster(bytesOf(name, file), {
        name: file,
        format,
        columns: args.columns ?? undefined,
        ...options,
      });
    throw refusal(name, [`the format of ${file} is not known: give format: "csv" or format: "yaml"`]);
  }
  if (members && typeof file !== "string") return readMembers(members, options);
  throw refusal(name, ["give exactly one of file and members, and members as a list"]);
}

function bytesOf(name: string, file: string): Buffer {
  const path = resolve(file);
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw refusal(name, [code === "ENOENT" ? `there is no file ${path}` : message]);
  }
}

function refusal(name: string, lines: string[], count = 1): RosterRefusal {
  const roster = `The roster ${JSON.stringify(name)}`;
  if (count === 1) return new RosterRefusal(`${roster} cannot be read: ${lines[0]}`);
  return new RosterRefusal(
    `${roster} has ${count.toLocaleString("en-US")} problems; nobody in it is invited or revoked:\n  ${lines.join("\n  ")}`,
  );
}
