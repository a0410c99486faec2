import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { RosterReading } from "../membership/roster";
import { plainError } from "./plain-error";
import type { HeadshotRosterArgs, RosterDefaults } from "./roster-args";

/** One person of a roster: what to declare of her, and where she stands in it. */
export interface RosterEntry {
  email: string;
  options: RosterDefaults;
  /** `people.csv:3` or `members[2]`. */
  where: string;
}

/**
 * Everyone whom a roster declares, with her own options before the defaults, and notes on what was ignored.
 *
 * @throws RunError that says all that is wrong with the roster, a line each.
 */
export function rosterRows(
  name: string,
  args: HeadshotRosterArgs = {},
): { entries: RosterEntry[]; notes: string[] } {
  // Loaded late: a program without a roster needs neither zod nor the readers of CSV and YAML.
  const rules = require("../membership/roster") as typeof import("../membership/roster");
  const { UNKNOWN } = require("../membership/inputs") as typeof import("../membership/inputs");
  const known = (row: object) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        // The address names the resource, so that it cannot be left for later.
        key !== "email" && isLater(value) ? UNKNOWN : value,
      ]),
    );
  const wrong = rules.argumentProblems(args);
  if (wrong.length) throw refusal(name, ...wrong);
  const { file, members, allowEmpty } = args;
  let reading: RosterReading;
  if (file !== undefined && members === undefined) {
    const format = args.format ?? rules.formatOf(file);
    if (format !== "csv" && format !== "yaml")
      throw refusal(name, `the format of ${file} is not known: give format: "csv" or format: "yaml"`);
    reading = rules.readRoster(bytesOf(name, file), { name: file, format, allowEmpty });
  } else if (file === undefined && Array.isArray(members)) {
    const rows = members.map((row) => (typeof row === "object" && row !== null ? known(row) : row));
    reading = rules.readMembers(rows, { allowEmpty });
  } else throw refusal(name, "give exactly one of file and members, and members as a list");
  const problems = [...rules.readDefaults(known(args.defaults ?? {}), "defaults"), ...reading.problems];
  if (problems.length) throw refusal(name, ...rules.problemLines(problems));
  const entries = reading.members.map(({ email, where, ...checked }, index) => {
    const row = members?.[index];
    const own = typeof row === "object" ? { ...checked, ...onlyLater(row) } : checked;
    return { email, where, options: { ...args.defaults, ...own } };
  });
  return { entries, notes: reading.notes };
}

function bytesOf(name: string, file: string): Buffer {
  const path = resolve(file);
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw refusal(name, code === "ENOENT" ? `there is no file ${path}` : message);
  }
}

function refusal(name: string, ...lines: string[]): pulumi.RunError {
  const roster = `The roster ${JSON.stringify(name)}`;
  if (lines.length === 1) return plainError(`${roster} cannot be read: ${lines[0]}`);
  return plainError(
    `${roster} has ${lines.length} problems; nobody of it is invited or revoked:\n  ${lines.join("\n  ")}`,
  );
}

function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

function onlyLater(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => isLater(value)));
}
