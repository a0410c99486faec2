import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import type { RosterReading } from "../roster/read";
import { knownNow, onlyLater } from "./known-now";
import type { HeadshotRosterArgs, RosterDefaults } from "./roster-args";
import { plainError } from "./run-error";

/** One person of a roster: what to declare of them, and where they stand in it. */
export interface RosterEntry {
  email: string;
  options: RosterDefaults;
  /** `people.csv:3` or `members[2]`. */
  where: string;
}

/** How deep the values of an argument are: a list or an object, its rows, their properties. */
const LEVELS = 3;

/**
 * Everyone whom a roster declares, with their own options before the defaults, and notes on what was ignored.
 *
 * @throws RunError that says what is wrong with the roster, a line each.
 */
export function rosterRows(
  name: string,
  args: HeadshotRosterArgs = {},
): { entries: RosterEntry[]; notes: string[] } {
  // Loaded late: a program without a roster needs neither zod nor the readers of CSV and YAML.
  const rules = require("../roster/read") as typeof import("../roster/read");
  const { UNKNOWN } = require("../invites/inputs") as typeof import("../invites/inputs");
  const known = knownNow(args, UNKNOWN, LEVELS) as HeadshotRosterArgs;
  const wrong = rules.argumentProblems(known);
  if (wrong.length) throw refusal(name, wrong, wrong.length);
  const file = known.file ?? undefined;
  const reading = readingOf(name, known, rules);
  const problems = rules.readDefaults({ ...known.defaults }, "defaults").concat(reading.problems);
  if (problems.length) throw refusal(name, rules.firstProblemLines(problems, file), problems.length);
  const entries = reading.members.map(({ email, where, ...checked }, index) => {
    const row = args.members?.[index];
    const own = typeof row === "object" ? { ...checked, ...onlyLater(row) } : checked;
    return { email, where, options: { ...args.defaults, ...own } };
  });
  return { entries, notes: reading.notes };
}

function readingOf(
  name: string,
  { file, members, format, allowEmpty }: HeadshotRosterArgs,
  rules: typeof import("../roster/read"),
): RosterReading {
  const options = { allowEmpty: allowEmpty ?? false };
  if (typeof file === "string" && !members) {
    const told = format ?? rules.formatOf(file);
    if (told) return rules.readRoster(bytesOf(name, file), { name: file, format: told, ...options });
    throw refusal(name, [`the format of ${file} is not known: give format: "csv" or format: "yaml"`]);
  }
  if (members && typeof file !== "string") return rules.readMembers(members, options);
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

function refusal(name: string, lines: string[], count = 1): pulumi.RunError {
  const roster = `The roster ${JSON.stringify(name)}`;
  if (count === 1) return plainError(`${roster} cannot be read: ${lines[0]}`);
  return plainError(
    `${roster} has ${count.toLocaleString("en-US")} problems; nobody in it is invited or revoked:\n  ${lines.join("\n  ")}`,
  );
}
