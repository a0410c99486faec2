import { hasSignedUp } from "../invite/headshots-guard";
import { countByStatus, type ListedPerson } from "../invite/people";
import { table, titledTable, toCode } from "../review/markdown";
import { count } from "../text";

export const DAY_MS = 24 * 60 * 60 * 1000;

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
    waiting: waiting.sort((a, b) => (`${a.sent} ${a.email}` < `${b.sent} ${b.email}` ? -1 : 1)),
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
  const teamRows = teams.map(({ team, people, statuses }) => [
    team === "" ? "*no team*" : toCode(team),
    String(people),
    Object.entries(statuses)
      .map(([status, number]) => `${number} ${toCode(status)}`)
      .join(", "),
  ]);
  const rows = waiting.map(({ email, team, sent, days }) => {
    return [toCode(email), toCode(team), sent, count(days, "day", "days")];
  });
  const parts = [
    `### HeadshotPro: ${headline}`,
    ...(people > 0 ? [table(["team", "people", "statuses"], teamRows)] : []),
    ...titledTable("Not answered", ["person", "team", "sent", "waits"], rows, MOST_ROWS),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** In the order of a bar: what is done comes first. Readable on light ground and on dark. */
const COLOURS: [status: string, colour: string][] = [
  ["completed", "#2f9e63"],
  ["generating", "#a35cc4"],
  ["uploading", "#7a6ad8"],
  ["accepted", "#3b82d6"],
  ["pending", "#d9a514"],
  ["deleted", "#8a8f98"],
];
const OTHER = "#c0563f";

/** From so many days on, somebody who waits stands out. */
const LONG_WAIT = 14;

/** What the title of each report begins with. */
const TITLE = "<title>Headshots: ";

/** How far down a page its title stands, at the most. */
const HEAD = 1_000;

/** Whether a text is a page that {@link toHtmlReport} made. */
export function isHtmlReport(text: string): boolean {
  return text.startsWith("<!doctype html>") && text.slice(0, HEAD).includes(TITLE);
}

/**
 * A report as one page that needs nothing else: no script, and nothing from the network, which its policy forbids, too.
 * What others wrote is text and nothing more.
 *
 * @param headline one line about everybody.
 */
export function toHtmlReport({ teams, waiting, people }: StatusReport, headline: string, now: Date): string {
  const all: Record<string, number> = {};
  for (const { statuses } of teams)
    for (const [status, number] of Object.entries(statuses)) all[status] = (all[status] ?? 0) + number;
  const done = Math.round((100 * (all.completed ?? 0)) / Math.max(1, people));
  const tiles = [
    [String(people), people === 1 ? "person" : "people"],
    [`${done}%`, "have their headshots"],
    [String(waiting.length), waiting.length === 1 ? "has not answered" : "have not answered"],
    ...(waiting[0] ? [[count(waiting[0].days, "day", "days"), "the longest wait"]] : []),
  ].map(([figure, what]) => `<li><b>${figure}</b> ${what}</li>`);
  const legend = inOrder(all).map(
    ([status, number]) =>
      `<li><i style="background:${colourOf(status)}"></i>${escaped(status)} <b>${number}</b></li>`,
  );
  const most = Math.max(1, ...teams.map((team) => team.people));
  const rows = teams.map(
    ({ team, people: members, statuses }) =>
      `<tr><th scope="row">${team === "" ? "<em>no team</em>" : escaped(team)}</th>` +
      `<td>${bar(statuses, members / most)}</td>` +
      `<td class="number">${statuses.completed ?? 0} of ${members}</td></tr>`,
  );
  const longest = Math.max(1, waiting[0]?.days ?? 1);
  const waits = waiting.map(
    ({ email, team, sent, days }) =>
      `<tr><th scope="row">${escaped(email)}</th><td>${escaped(team)}</td><td class="sent">${escaped(sent)}</td>` +
      `<td class="wait${days >= LONG_WAIT ? " long" : ""}"><i style="width:${(100 * days) / longest}%"></i>${count(days, "day", "days")}</td></tr>`,
  );
  const htmlTable = (name: string, head: string, body: string[]) =>
    `<table class="${name}"><thead><tr>${head}</tr></thead>\n<tbody>${body.join("\n")}</tbody></table>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
${TITLE}${escaped(headline)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Headshots</h1>
<p class="quiet">As of ${now.toISOString().slice(0, 16).replace("T", " ")} UTC, ${escaped(headline)}.</p>
${people === 0 ? "" : `<ul class="tiles">${tiles.join("")}</ul>`}
${people === 0 ? "" : `${bar(all, 1)}\n<ul class="legend">${legend.join("")}</ul>`}
${people === 0 ? "" : `<h2>Teams</h2>\n${htmlTable("teams", '<th scope="col">team</th><th scope="col">statuses</th><th scope="col" class="number">completed</th>', rows)}`}
${waits.length === 0 ? "" : `<h2>Not answered</h2>\n${htmlTable("waiting", '<th scope="col">person</th><th scope="col">team</th><th scope="col" class="sent">sent</th><th scope="col">waits</th>', waits)}`}
</main>
</body>
</html>
`;
}

/** How many people stand where, as a bar. @param share of the whole width, 0 to 1 */
function bar(statuses: Record<string, number>, share: number): string {
  const parts = inOrder(statuses);
  const label = parts.map(([status, number]) => `${number} ${escaped(status)}`);
  const pieces = parts.map(
    ([status, number], index) =>
      `<i style="background:${colourOf(status)};flex:${number}" title="${label[index]}"></i>`,
  );
  return `<div class="bar" role="img" aria-label="${label.join(", ")}" style="width:${100 * share}%">${pieces.join("")}</div>`;
}

function colourOf(status: string): string {
  return COLOURS.find(([known]) => known === status)?.[1] ?? OTHER;
}

/** Statuses that this version does not know come last. */
function inOrder(statuses: Record<string, number>): [status: string, number: number][] {
  const order = COLOURS.map(([status]) => status);
  const place = (status: string) => (order.includes(status) ? order.indexOf(status) : order.length);
  return Object.entries(statuses).sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** Also right in an attribute with double quotes. Characters that cannot be seen could make a line read as another one. */
function escaped(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

const STYLE = `
:root { color-scheme: light dark; --ground: #f6f7f9; --card: #fff; --text: #1c2128; --quiet: #5c6570; --line: #dfe3e8; --alarm: #b3401f; --track: #e9edf1; }
@media (prefers-color-scheme: dark) { :root { --ground: #12161b; --card: #1b2128; --text: #e6e9ed; --quiet: #9aa4af; --line: #303842; --alarm: #f0845f; --track: #2a323b; } }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { margin: 0; font-size: 1.6rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
.quiet, thead th { color: var(--quiet); } p { margin: .25rem 0 0; }
ul { list-style: none; padding: 0; margin: 1rem 0; display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .6rem .9rem; color: var(--quiet); }
.tiles b { display: block; font-size: 1.6rem; line-height: 1.25; color: var(--text); }
.legend i { display: inline-block; width: .75rem; height: .75rem; border-radius: .2rem; margin-right: .4rem; }
.bar { display: flex; gap: 1px; height: 1.1rem; min-width: .75rem; border-radius: .3rem; overflow: hidden; }
main > .bar { height: 1.5rem; margin-top: 1.25rem; }
table { border-collapse: separate; border-spacing: 0; width: 100%; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; }
th, td { text-align: left; font-weight: normal; padding: .45rem .75rem; overflow-wrap: anywhere; vertical-align: middle; }
tbody th, tbody td { border-top: 1px solid var(--line); } thead th { font-size: .85rem; }
.teams th:first-child { width: 28%; } .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; width: 5.5rem; }
.sent { white-space: nowrap; } .wait { width: 9rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
.wait i { display: block; height: .3rem; border-radius: .15rem; background: #d9a514; margin-bottom: .15rem; }
.wait.long { color: var(--alarm); font-weight: 600; } .wait.long i { background: var(--alarm); }
@media (max-width: 34rem) { .sent { display: none; } th, td { padding: .4rem .5rem; } .teams th:first-child { width: 34%; } .number { width: 3.5rem; } .tiles { grid-template-columns: 1fr 1fr; }
.waiting thead { display: none; } .waiting tr { display: grid; grid-template-columns: 1fr 5.5rem; border-top: 1px solid var(--line); } .waiting tr:first-child { border: 0; } .waiting tbody > tr > * { border: 0; width: auto; }
.waiting th { padding-bottom: 0; } .waiting td:nth-child(2) { grid-row: 2; padding-top: 0; color: var(--quiet); } .wait { grid-column: 2; grid-row: 1 / 3; } }
`;
