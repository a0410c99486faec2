import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { rosterText } from "../roster/export";
import { ROSTER_FORMATS, type RosterFormat } from "../roster/load";
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

/** `export`: the organization as it is, as a roster. */
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
