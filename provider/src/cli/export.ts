import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import type { ListedPerson } from "../invite/people";
import { plainName } from "../invite/team";
import { protectedCell } from "../roster/csv";
import { ROSTER_FORMATS, type RosterFormat } from "../roster/format";
import { count } from "../text";
import {
  choosePeople,
  type FilterFlags,
  type OrganizationFlags,
  requireEveryone,
  withFilters,
  withOrganization,
} from "./organization";
import { print, report, usageError } from "./terminal";

interface ExportFlags extends FilterFlags, OrganizationFlags {
  format: RosterFormat;
  teamNames?: true;
  output?: string;
  force?: true;
}

export function define(command: Command): void {
  withFilters(command)
    .addOption(new Option("--format <format>", "how to write it").choices(ROSTER_FORMATS).default("csv"))
    .option("--team-names", "write teams by their names instead of their ids")
    .option("-o, --output <file>", "into this file, which must not exist yet")
    .option("--force", "overwrite the file");
  withOrganization(command, EXAMPLES).action(exportRoster);
}

const EXAMPLES = `
Examples:
  pulumi-headshotpro export --output people.csv
  pulumi-headshotpro export --format yaml --team team_xyz789 > marketing.yaml`;

async function exportRoster(flags: ExportFlags): Promise<void> {
  const people = choosePeople(await requireEveryone(flags), flags);
  const text = rosterText(people, flags.format, flags);
  if (flags.output === undefined) print(text);
  else await writeNew(flags.output, text, flags.force);
  const where = flags.output === undefined ? "" : ` in ${flags.output}`;
  report(`${count(people.length, "person", "people")}${where}`);
}

/** @throws CommandError if the file is there already, and may not be overwritten. */
export async function writeNew(file: string, text: string, force?: boolean): Promise<void> {
  await writeFile(file, text, { flag: force ? "w" : "wx" }).catch(({ code, message }) => {
    const reason = code === "EEXIST" ? "it is there already; overwrite it with --force" : message;
    throw usageError(`${file} is not written: ${reason}.`);
  });
}

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
  if (format === "yaml") {
    const { stringify }: typeof import("yaml") = require("yaml");
    return stringify(rows);
  }
  const { stringify }: typeof import("csv-stringify/sync") = require("csv-stringify/sync");
  return stringify(rows, { header: true, columns: ["email", column], cast: { string: protectedCell } });
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
