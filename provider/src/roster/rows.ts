import { readInputs, UNKNOWN } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import type { RosterMember, RosterProblem, RosterReading, RosterRow, RosterRows } from "./types";

const EMAIL_LATER =
  "it is known only later (an output or a promise), but the address names the resource: give it as text";

/**
 * Checks every row by the rules of a declaration. A person who stands in two rows is a problem of the second.
 *
 * @param name what to call the whole of it in a message.
 * @param allowEmpty whether nobody at all is what the roster may mean.
 */
export function readRows(found: RosterRows, name: string, allowEmpty: boolean | undefined): RosterReading {
  const members: RosterMember[] = [];
  const problems = [...found.problems];
  const places = new Map<string, string>();
  for (const row of found.rows) {
    const { inputs, problems: inRow } = readRow(row);
    const { email } = inputs;
    if (typeof email === "string") {
      const other = places.get(email);
      if (other !== undefined) inRow.push(problemOf(row, "email", `${email} is in ${other} already`));
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
function readRow(row: RosterRow): { inputs: Record<string, unknown>; problems: RosterProblem[] } {
  if (row.declared.email === UNKNOWN) {
    const { email, ...declared } = row.declared;
    return { inputs: {}, problems: [problemOf({ ...row, declared }, "email", EMAIL_LATER)] };
  }
  const { inputs, failures } = readInputs(row.declared);
  const own = row.problems ?? [];
  const explained = new Set(own.map(({ column }) => column));
  const others = failures.map(({ property, reason }) => problemOf(row, property, reason));
  return { inputs, problems: [...own, ...others.filter(({ column }) => !explained.has(column))] };
}

function problemOf(row: RosterRow, property: string, reason: string): RosterProblem {
  const value = row.declared[property];
  const written = value === undefined || value === null ? {} : { value: textOf(value) };
  return { where: row.where, column: property, ...written, ...row.cells[property], reason };
}

function textOf(value: unknown): string {
  return typeof value === "object" ? typeof value : String(value);
}
