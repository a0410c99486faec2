import type { Command } from "commander";
import { mayHaveHeadshots } from "../invite/headshots-guard";
import { countByStatus, type ListedPerson, unreadableRows } from "../invite/people";
import { count } from "../text";
import {
  choosePeople,
  everyoneIn,
  type FilterFlags,
  type OrganizationFlags,
  withFilters,
  withOrganization,
} from "./organization";
import { printTable } from "./table";
import { colours, printJson, report } from "./terminal";

/** `status`: everyone who is invited, as a table. */
export function define(command: Command): void {
  withFilters(command).option("--json", "as JSON, for programs");
  withOrganization(command, EXAMPLES).action(status);
}

const EXAMPLES = `
Examples:
  pulumi-headshotpro status
  pulumi-headshotpro status --status pending --team team_xyz789
  pulumi-headshotpro status --json | jq -r '.[] | select(.status == "pending") | .email'`;

async function status(flags: FilterFlags & OrganizationFlags & { json?: true }): Promise<void> {
  const { people: everyone, unreadable } = await everyoneIn(flags);
  const people = choosePeople(everyone, flags);
  const now = new Date();
  if (flags.json) printJson(people);
  else if (people.length > 0)
    printTable(
      HEADINGS,
      people.map((person) => toRow(person, now)),
      CUTS,
    );
  const total = people.length < everyone.size ? ` (of ${everyone.size})` : "";
  report(toSummaryLine(people, now) + total);
  const rows = unreadableRows(unreadable);
  if (rows) report(`${rows}: whoever is in such a row is missing here`);
}

const HEADINGS = ["email", "status", "team", "sent", "expires"];

/** An address says more than a team's name does, but one long address must not cost everybody's team. */
const CUTS: [column: number, least: number][] = [
  [0, 30],
  [2, 8],
  [0, 8],
];

function toRow(person: ListedPerson, now: Date): string[] {
  const { email, status, teamName, teamId, createdAt, expiresAt } = person;
  const ends = expiryState(person, now);
  const colourEnd = ends === "expired" || ends === "soon" ? colours.red : String;
  const colourUnused = status === "pending" ? colours.yellow : String;
  const colourStatus = mayHaveHeadshots(person) ? colours.green : colourUnused;
  return [
    email,
    colourStatus(status),
    teamName ?? teamId ?? "",
    createdAt?.slice(0, 10) ?? "",
    colourEnd(expiresAt?.slice(0, 10) ?? ""),
  ];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_DAYS = 7;

/** How soon the link of an invite ends; undefined if it does not. */
export function expiryState(
  { expiresAt }: ListedPerson,
  now: Date,
): "expired" | "soon" | "later" | undefined {
  if (expiresAt === undefined) return undefined;
  const left = Date.parse(expiresAt) - now.getTime();
  if (left <= 0) return "expired";
  return left <= SOON_DAYS * DAY_MS ? "soon" : "later";
}

/**
 * One line about many people.
 *
 * @example
 * toSummaryLine(people, new Date()); // "3 people: 2 pending, 1 completed; 1 invite expires within 7 days"
 */
export function toSummaryLine(people: readonly ListedPerson[], now: Date): string {
  const statuses = Object.entries(countByStatus(people.map(({ status }) => status)));
  const counts = statuses.map(([status, number]) => `${number} ${status}`).join(", ");
  const ends = people.map((person) => expiryState(person, now));
  const expired = ends.filter((end) => end === "expired").length;
  const soon = ends.filter((end) => end === "soon").length;
  return [
    `${count(people.length, "person", "people")}${counts && `: ${counts}`}`,
    ...(expired ? [`${count(expired, "invite has", "invites have")} expired`] : []),
    ...(soon ? [`${count(soon, "invite expires", "invites expire")} within ${SOON_DAYS} days`] : []),
  ].join("; ");
}
