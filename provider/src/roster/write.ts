import { stringify as csvOf } from "csv-stringify/sync";
import { stringify as yamlOf } from "yaml";
import type { ListedPerson } from "../invites/listed-people";
import { protectedCell } from "./formulas";

/** How a roster can be written. */
export const ROSTER_FORMATS = ["csv", "yaml"] as const;

/**
 * People as a roster that declares them: reading it gives the same people in the same teams.
 *
 * A cell that a spreadsheet would run as a formula gets an apostrophe in front; the roster's reader takes it off.
 *
 * @example
 * rosterText([{ email: "ada@acme.com", status: "pending", teamId: "t1" }], "csv"); // "email,teamId\nada@acme.com,t1\n"
 */
export function rosterText(people: readonly ListedPerson[], format: (typeof ROSTER_FORMATS)[number]): string {
  const rows = people.map(({ email, teamId }) => ({ email, ...(teamId ? { teamId } : {}) }));
  if (format === "yaml") return yamlOf(rows);
  return csvOf(rows, { header: true, columns: ["email", "teamId"], cast: { string: protectedCell } });
}
