import type { Command } from "commander";
import type { PeopleFilter } from "../membership/listed-people";

export interface FilterFlags {
  status?: string[];
  team?: string;
}

/** Adds the options that choose among the people of an organization. */
export function withFilters(command: Command): Command {
  return command
    .option("--status <list>", "only these statuses, such as pending,accepted", (text) =>
      text.split(",").map((status) => status.trim().toLowerCase()),
    )
    .option("--team <id>", "only people in this team");
}

export function filterOf({ status, team }: FilterFlags): PeopleFilter {
  return { statuses: status, teamId: team };
}
