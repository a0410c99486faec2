import { markdownTable } from "markdown-table";
import { hasSignedUp } from "../invite/headshots-guard";
import { countByStatus, type ListedPerson } from "../invite/people";
import { toCode } from "../review/markdown";
import { count } from "../text";

const DAY_MS = 24 * 60 * 60 * 1000;

/** What a report shows of an organization's people. */
export interface StatusReport {
  /** How many people there are in each team, by status: the largest team first. */
  teams: { team: string; people: number; statuses: Record<string, number> }[];
  /** Who has not answered, the longest waiting first, and for how many days. */
  waiting: { email: string; team: string; sent: string; days: number }[];
  people: number;
}

/**
 * Reads an age: `14d`, `2w` or a number of days.
 *
 * @returns days; undefined if it is none.
 * @example
 * parseAge("2w"); // 14
 */
export function parseAge(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,4})\s*([dw]?)$/i.exec(text.trim()) ?? [];
  return number === undefined ? undefined : Number(number) * (unit?.toLowerCase() === "w" ? 7 : 1);
}

/**
 * Who has been pending for at least so many days, by the date of the invite. Whoever has used an invite before, and is
 * invited to another shoot, waits as well; somebody without a date does not.
 */
export function olderThan(people: readonly ListedPerson[], days: number, now: Date): ListedPerson[] {
  return people.filter((person) => person.status === "pending" && (ageOf(person, now) ?? -1) >= days);
}

/** Whole days since the invite was sent. */
function ageOf({ createdAt }: ListedPerson, now: Date): number | undefined {
  const sent = Date.parse(createdAt ?? "");
  return Number.isNaN(sent) ? undefined : Math.max(0, Math.floor((now.getTime() - sent) / DAY_MS));
}

/** @param people all whom the filters have let pass. */
export function toStatusReport(people: readonly ListedPerson[], now: Date): StatusReport {
  const byTeam = new Map<string, string[]>();
  for (const person of people) {
    const team = toTeam(person);
    byTeam.set(team, [...(byTeam.get(team) ?? []), person.status]);
  }
  const teams = [...byTeam].map(([team, statuses]) => ({
    team,
    people: statuses.length,
    statuses: countByStatus(statuses),
  }));
  const waiting = people
    .filter((person) => person.status === "pending" && !hasSignedUp(person))
    .flatMap((person) => {
      const days = ageOf(person, now);
      const { email, createdAt = "" } = person;
      return days === undefined ? [] : [{ email, team: toTeam(person), sent: createdAt.slice(0, 10), days }];
    });
  return {
    teams: teams.sort((a, b) => b.people - a.people || (a.team < b.team ? -1 : 1)),
    waiting: waiting.sort((a, b) => b.days - a.days || (a.email < b.email ? -1 : 1)),
    people: people.length,
  };
}

function toTeam({ teamName, teamId }: ListedPerson): string {
  return teamName ?? teamId ?? "";
}

/** GitHub refuses a longer comment. */
const MOST_ROWS = 500;

/**
 * A report for an issue, a chat or a job's summary. What others wrote stands in code spans, so that nobody is called by
 * an `@` and nothing is a link.
 */
export function toMarkdownReport({ teams, waiting, people }: StatusReport, headline: string): string {
  const rows = waiting
    .slice(0, MOST_ROWS)
    .map(({ email, team, sent, days }) => [toCode(email), toCode(team), sent, count(days, "day", "days")]);
  const left = waiting.length - rows.length;
  const teamRows = teams.map(({ team, people, statuses }) => [
    team === "" ? "*no team*" : toCode(team),
    String(people),
    Object.entries(statuses)
      .map(([status, number]) => `${number} ${toCode(status)}`)
      .join(", "),
  ]);
  const table = (cells: string[][]) => markdownTable(cells, { alignDelimiters: false });
  const parts = [
    `### HeadshotPro: ${headline}`,
    ...(people > 0 ? [table([["team", "people", "statuses"], ...teamRows])] : []),
    ...(rows.length > 0
      ? [`#### Not answered (${waiting.length})`, table([["person", "team", "sent", "waits"], ...rows])]
      : []),
    ...(left > 0 ? [`… and ${left} more`] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}
