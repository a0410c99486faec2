import { writeFile } from "node:fs/promises";
import { Command, Option } from "commander";
import { count } from "../invite/listed-people";
import { rosterText } from "../roster/export";
import { ROSTER_FORMATS, type RosterFormat } from "../roster/file-format";
import { Ending, EXIT } from "./exit";
import { chosen, type FilterFlags, withFilters } from "./filters";
import { allOf, apiKeyEnvOption, ORGANIZATION_HELP, type OrganizationFlags } from "./organization";
import { print, talk } from "./terminal";

interface ExportFlags extends FilterFlags, OrganizationFlags {
  format: RosterFormat;
  teamNames?: true;
  output?: string;
  force?: true;
}

/** `export`: the organization as it is, as a roster. */
export function exportCommand(): Command {
  return withFilters(new Command("export").description("write everyone who is invited as a roster"))
    .addOption(new Option("--format <format>", "how to write it").choices(ROSTER_FORMATS).default("csv"))
    .option("--team-names", "write teams by their names instead of their ids")
    .option("-o, --output <file>", "into this file, which must not exist yet")
    .option("--force", "overwrite the file")
    .addOption(apiKeyEnvOption())
    .addHelpText("after", `${ORGANIZATION_HELP}\n${EXAMPLES}`)
    .action(exportRoster);
}

const EXAMPLES = `
Examples:
  pulumi-headshotpro export --output people.csv
  pulumi-headshotpro export --format yaml --team team_xyz789 > marketing.yaml`;

async function exportRoster(flags: ExportFlags): Promise<void> {
  const people = chosen(await allOf(flags), flags);
  const text = rosterText(people, flags.format, flags);
  if (flags.output === undefined) print(text);
  else await writeNew(flags.output, text, flags.force);
  const where = flags.output === undefined ? "" : ` in ${flags.output}`;
  talk(`${count(people.length, "person", "people")}${where}`);
}

/** @throws Ending if the file is there already, and may not be overwritten. */
export async function writeNew(file: string, text: string, force?: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "EEXIST" ? "it is there already; overwrite it with --force" : message;
    throw new Ending(`${file} is not written: ${reason}.`, EXIT.usage);
  }
}
