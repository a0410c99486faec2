import type { Command } from "commander";
import { count } from "../text";
import { apiKeyEnvOption, askOrganization, ORGANIZATION_HELP, type OrganizationFlags } from "./organization";
import { toTable } from "./table";
import { colours, print, printJson, report, terminalWidth } from "./terminal";

/** `teams`: the organization's teams, as a table. */
export function defineTeams(command: Command): void {
  command
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
  const { teams: found } = await askOrganization(
    flags,
    (session) => session.teams(),
    "The teams of the organization could not be listed",
  );
  if (flags.json) printJson(found);
  else if (found.length > 0) {
    const rows = found.map(({ name, id }) => [name, id]);
    print(toTable([HEADINGS.map(colours.dim), ...rows], terminalWidth(), CUTS));
  }
  report(count(found.length, "team", "teams"));
}

const HEADINGS = ["team", "id"];

/** Names may be cut. An id that is cut is of no use. */
const CUTS: [number, number][] = [[0, 8]];
