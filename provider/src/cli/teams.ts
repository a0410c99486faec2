import type { Command } from "commander";
import { count } from "../text";
import { askOrganization, type OrganizationFlags, withOrganization } from "./organization";
import { printJson, printTable, report } from "./terminal";

export function define(command: Command): void {
  command.option("--json", "as JSON, for programs");
  withOrganization(command, EXAMPLES).action(teams);
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
  else if (found.length > 0)
    printTable(
      ["team", "id"],
      found.map(({ name, id }) => [name, id]),
      // An id that is cut is of no use.
      [[0, 8]],
    );
  report(count(found.length, "team", "teams"));
}
