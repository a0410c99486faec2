import type { RosterArguments } from "../roster/entries";
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
  const { RosterRefusal, rosterMembers } = require("../roster/entries") as typeof import("../roster/entries");
  const { withDefaults } = require("../roster/defaults") as typeof import("../roster/defaults");
  const { UNKNOWN } = require("../invite/inputs") as typeof import("../invite/inputs");
  try {
    const { members, notes } = rosterMembers(name, knownNow(args, UNKNOWN, LEVELS) as RosterArguments);
    const entries = members.map(({ email, where, ...checked }, index) => {
      const row = args.members?.[index];
      const own = typeof row === "object" ? { ...checked, ...onlyLater(row) } : checked;
      return { email, where, options: withDefaults(args.defaults, own) };
    });
    return { entries, notes };
  } catch (error) {
    throw error instanceof RosterRefusal ? plainError(error.message) : error;
  }
}
