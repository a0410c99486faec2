import { Command } from "commander";
import { teamsNow } from "../api/queries";
import { count } from "../invite/listed-people";
import { answerOf, apiKeyEnvOption, ORGANIZATION_HELP, type OrganizationFlags } from "./organization";
import { tableText } from "./table";
import { colours, print, printJson, talk, terminalWidth } from "./terminal";

/** `teams`: the organization's teams, as a table. */
export function teamsCommand(): Command {
  return new Command("teams")
    .description("show the organization's teams")
    .option("--json", "as JSON, for programs")
    .addOption(apiKeyEnvOption())
    .addHelpText("after", `${ORGANIZATION_HELP}\n${EXAMPLES}`)
    .action(teams);
}

const EXAMPLES = `
Examples:
  pulumi-headshotpro teams
  pulumi-headshotpro teams --json | jq -r '.[].name'`;

async function teams(flags: OrganizationFlags & { json?: true }): Promise<void> {
  const { teams: found } = await answerOf(
    flags,
    teamsNow,
    "The teams of the organization could not be listed",
  );
  if (flags.json) printJson(found);
  else if (found.length > 0) {
    const rows = found.map(({ name, id }) => [name, id]);
    print(tableText([HEADINGS.map(colours.dim), ...rows], terminalWidth(), CUTS));
  }
  talk(count(found.length, "team", "teams"));
}

const HEADINGS = ["team", "id"];

/** An id that is cut is of no use. */
const CUTS: [number, number][] = [[0, 8]];
