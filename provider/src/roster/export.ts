import { stringify as toCsv } from "csv-stringify/sync";
import { stringify as toYaml } from "yaml";
import type { ListedPerson } from "../invite/people";
import { plainName } from "../invite/team";
import { protectedCell } from "./csv";
import type { RosterFormat } from "./load";

/**
 * People as a roster that declares them: reading it gives the same people in the same teams.
 *
 * @param options.teamNames whether teams are written by their names. A team whose name is unknown or ambiguous is
 * written by its id, which a roster reads in that column as well.
 * @example
 * rosterText([{ email: "ada@acme.com", status: "pending", teamId: "t1" }], "csv"); // "email,teamId\nada@acme.com,t1\n"
 */
export function rosterText(
  people: readonly ListedPerson[],
  format: RosterFormat,
  { teamNames = false }: { teamNames?: boolean } = {},
): string {
  const column = teamNames ? "team" : "teamId";
  const names = teamNames ? uniqueNames(people) : new Map<string, string>();
  const rows = people.map(({ email, teamId }) => ({
    email,
    ...(teamId ? { [column]: names.get(teamId) ?? teamId } : {}),
  }));
  if (format === "yaml") return toYaml(rows);
  return toCsv(rows, { header: true, columns: ["email", column], cast: { string: protectedCell } });
}

/** The names that mean one team only, by its id. */
function uniqueNames(people: readonly ListedPerson[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { teamId, teamName } of people)
    if (teamId && teamName && plainName(teamName) !== "") names.set(teamId, teamName.trim());
  const plain = [...names.values()].map(plainName);
  return new Map(
    [...names].filter(([, name]) => plain.filter((one) => one === plainName(name)).length === 1),
  );
}
