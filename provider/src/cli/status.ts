import { readFile, stat } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { mayHaveHeadshots } from "../invite/headshots-guard";
import { countByStatus, type ListedPerson, unreadableRows } from "../invite/people";
import { nowIn } from "../roster/starts-on";
import { count } from "../text";
import { writeNew } from "./export";
import {
  choosePeople,
  everyoneIn,
  type FilterFlags,
  type OrganizationFlags,
  withFilters,
  withOrganization,
} from "./organization";
import {
  DAY_MS,
  isHtmlReport,
  olderThan,
  parseAge,
  toHtmlReport,
  toMarkdownReport,
  toStatusReport,
} from "./status-report";
import { CommandError, colours, EXIT, print, printJson, printTable, report, usageError } from "./terminal";

export function define(command: Command): void {
  withFilters(command)
    .option(
      "--older-than <age>",
      "only who is pending for so long: 14d, 2w; ends with 1 if anybody is",
      parseDays,
    )
    .option("--json", "as JSON, for programs")
    .option("--markdown", "as a report: by team, and who has not answered")
    .option("--html <file>", "writes the report to a file, as one page", parseFile)
    .option("--force", "overwrite the file, though it is no such report");
  withOrganization(command, EXAMPLES, TODAY).action(status);
}

const TODAY = `
Ages count to this machine's time, or to the end of the day that HEADSHOTPRO_TODAY=2026-12-15 says, in UTC: so a report
can be tried on an emulator whose clock is ahead.`;

const EXAMPLES = `
Examples:
  pulumi-headshotpro status
  pulumi-headshotpro status --status pending --team team_xyz789
  pulumi-headshotpro status --older-than 14d --markdown
  pulumi-headshotpro status --html status.html
  pulumi-headshotpro status --json | jq -r '.[] | select(.status == "pending") | .email'`;

interface StatusFlags extends FilterFlags, OrganizationFlags {
  /** In days. */
  olderThan?: number;
  json?: true;
  markdown?: true;
  html?: string;
  force?: true;
}

async function status(flags: StatusFlags): Promise<void> {
  if (flags.json && flags.markdown) throw usageError("give one of --json and --markdown.");
  const { olderThan: days } = flags;
  const { people: everyone, unreadable } = await everyoneIn(flags);
  const chosen = choosePeople(everyone, flags);
  const now = nowIn(process.env);
  const people = days === undefined ? chosen : olderThan(chosen, days, now);
  const isNobodyLate = days !== undefined && people.length === 0 && chosen.length > 0;
  const headline = isNobodyLate
    ? `nobody of ${chosen.length} has waited ${count(days, "day", "days")}`
    : toSummaryLine(people, now);
  const content = toStatusReport(people, now);
  if (flags.html !== undefined) {
    const force = flags.force || (await isReport(flags.html));
    await writeNew(flags.html, toHtmlReport(content, headline, now), force);
  }
  if (flags.json) printJson(people);
  else if (flags.markdown) print(toMarkdownReport(content, headline));
  else if (flags.html !== undefined) report(`${flags.html} was written`);
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
  if (days !== undefined && people.length > 0)
    throw new CommandError(
      `${count(people.length, "person has", "people have")} not answered for ${count(days, "day", "days")} or more.`,
      EXIT.no,
    );
}

/** Whether a file is a report that was written before: a schedule overwrites it each week. */
async function isReport(file: string): Promise<boolean> {
  // Reading a pipe or a terminal would never end.
  const isFile = await stat(file).then(
    (one) => one.isFile(),
    () => false,
  );
  return isFile && isHtmlReport(await readFile(file, "utf8").catch(() => ""));
}

function parseFile(file: string): string {
  if (file === "-") throw new InvalidArgumentError("Expected a file: - is none.");
  return file;
}

function parseDays(text: string): number {
  const days = parseAge(text);
  if (days === undefined) throw new InvalidArgumentError("Expected an age such as 14d or 2w.");
  return days;
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
