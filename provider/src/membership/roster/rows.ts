import { readInputs } from "../inputs";
import type { InviteInputs } from "../invite";
import type { RosterMember, RosterProblem, RosterReading, RosterRow, RosterRows } from "./roster";

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
    const { inputs, failures } = readInputs(row.declared);
    const { email } = inputs;
    const inRow = [...(row.failures ?? []), ...failures].map(({ property, reason }) =>
      problemOf(row, property, reason),
    );
    if (typeof email === "string") {
      const other = places.get(email);
      if (other !== undefined) inRow.push(problemOf(row, "email", `${email} is in ${other} already`));
      places.set(email, other ?? row.where);
    }
    problems.push(...inRow);
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

function problemOf(row: RosterRow, property: string, reason: string): RosterProblem {
  const value = row.declared[property];
  const column = property === "" ? {} : { column: property };
  const written = value === undefined || value === null ? {} : { value: textOf(value) };
  return { where: row.where, ...column, ...written, ...row.cells[property], reason };
}

function textOf(value: unknown): string {
  return typeof value === "object" ? typeof value : String(value);
}
