import type { Command } from "commander";
import { type ListedPerson, listedPeople } from "../invite/listed-people";
import { filterProblem } from "../invite/people-filter";
import { Ending, EXIT } from "./exit";

export interface FilterFlags {
  status?: string[];
  team?: string;
}

/** Adds the options that choose among the people of an organization. */
export function withFilters(command: Command): Command {
  return command
    .option("--status <list>", "only these statuses, such as pending,accepted", (text) =>
      text.split(",").map((status) => status.trim()),
    )
    .option("--team <id>", "only people in this team");
}

/** Those whom the flags choose, sorted by address. @throws Ending if they name what nobody has */
export function chosen(everyone: ReadonlyMap<string, ListedPerson>, flags: FilterFlags): ListedPerson[] {
  const filter = { statuses: flags.status, teamId: flags.team };
  const problem = filterProblem(everyone.values(), filter);
  if (problem) throw new Ending(problem, EXIT.usage);
  return listedPeople(everyone, filter);
}
