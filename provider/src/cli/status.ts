import { Command } from "commander";
import { mayHaveHeadshots } from "../invite/guard";
import { expiryState, type ListedPerson, summaryLine, unreadableRows } from "../invite/listed-people";
import { chosen, type FilterFlags, withFilters } from "./filters";
import { apiKeyEnvOption, everyoneIn, ORGANIZATION_HELP, type OrganizationFlags } from "./organization";
import { tableText } from "./table";
import { colours, print, printJson, talk, terminalWidth } from "./terminal";

/** `status`: everyone who is invited, as a table. */
export function statusCommand(): Command {
  return withFilters(new Command("status").description("show everyone who is invited"))
    .option("--json", "as JSON, for programs")
    .addOption(apiKeyEnvOption())
    .addHelpText("after", `${ORGANIZATION_HELP}\n${EXAMPLES}`)
    .action(status);
}

const EXAMPLES = `
Examples:
  pulumi-headshotpro status
  pulumi-headshotpro status --status pending --team team_xyz789
  pulumi-headshotpro status --json | jq -r '.[] | select(.status == "pending") | .email'`;

async function status(flags: FilterFlags & OrganizationFlags & { json?: true }): Promise<void> {
  const { people: everyone, unreadable } = await everyoneIn(flags);
  const people = chosen(everyone, flags);
  const now = new Date();
  if (flags.json) printJson(people);
  else if (people.length > 0) {
    const rows = people.map((person) => rowOf(person, now));
    print(tableText([HEADINGS.map(colours.dim), ...rows], terminalWidth(), CUTS));
  }
  const total = people.length < everyone.size ? ` (of ${everyone.size})` : "";
  talk(summaryLine(people, now) + total);
  const rows = unreadableRows(unreadable);
  if (rows) talk(`${rows}: whoever is in such a row is missing here`);
}

const HEADINGS = ["email", "status", "team", "sent", "expires"];

/** An address tells more than a team's name does, but one long address must not cost everybody's team. */
const CUTS: [number, number][] = [
  [0, 30],
  [2, 8],
  [0, 8],
];

function rowOf(person: ListedPerson, now: Date): string[] {
  const { email, status, teamName, teamId, createdAt, expiresAt } = person;
  const ends = expiryState(person, now);
  const inHaste = ends === "expired" || ends === "soon" ? colours.red : String;
  return [
    email,
    colourOf(person)(status),
    teamName ?? teamId ?? "",
    createdAt?.slice(0, 10) ?? "",
    inHaste(expiresAt?.slice(0, 10) ?? ""),
  ];
}

function colourOf(person: ListedPerson): (text: string) => string {
  if (mayHaveHeadshots(person)) return colours.green;
  return person.status === "pending" ? colours.yellow : String;
}
