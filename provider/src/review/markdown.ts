import { markdownTable } from "markdown-table";
import { isOver, standingText } from "../invite/headshots-guard";
import { count } from "../text";
import type { TeamChange } from "./changes";
import type { Finding } from "./classify";
import { PREVIEW_COMMAND } from "./preview-json";
import { areTooMany, type Diagnostic, type Removals, type Review, toHeadline } from "./review";

/** GitHub refuses a longer comment; it counts characters. Some room is left for what a workflow adds. */
const LONGEST_COMMENT = 65_000;

interface Section {
  kinds: Finding["kind"][];
  title: string;
  columns: Column[];
  note?: string;
}
type Column = "person" | "before" | "after" | "status" | "reason";

const MOVED: Column[] = ["person", "before", "after", "status"];

/** The most serious first. */
const SECTIONS: Section[] = [
  { kinds: ["revoked"], title: "Revoked", columns: ["person", "status"] },
  { kinds: ["assigned"], title: "Moved to another team, without an e-mail", columns: MOVED },
  { kinds: ["moved"], title: "Moved to another team: revoked and invited again", columns: MOVED },
  {
    kinds: ["organization"],
    title: "Moved to another organization: invited there, then revoked here",
    columns: MOVED,
  },
  {
    kinds: ["address"],
    title: "Another address: invited there, then revoked here",
    columns: ["before", "after", "status"],
  },
  {
    kinds: ["invited"],
    title: "Invited",
    columns: ["person", "after"],
    note: "If already invited: adopted without an e-mail.",
  },
  { kinds: ["renewed", "resent"], title: "Sent again", columns: ["person", "reason"] },
  {
    kinds: ["released"],
    title: "No longer managed, left as they are",
    columns: ["person", "status", "reason"],
  },
  { kinds: ["kept"], title: "Kept", columns: ["person", "status", "reason"] },
  { kinds: ["settings"], title: "Settings only: nothing is sent", columns: ["person", "reason"] },
];

/** A review as Markdown for a pull request's comment. What does not fit is cut, and the text says how much. */
export function toMarkdown(review: Review): string {
  for (let rows = 2048; ; rows = Math.floor(rows / 2)) {
    const text = render(review, rows);
    if (text.length <= LONGEST_COMMENT || rows === 0) return text;
  }
}

function render(review: Review, rows: number): string {
  const { findings, errors, warnings } = review;
  const parts = [
    `### HeadshotPro: ${toHeadline(review)}`,
    ...diagnosticTable("Errors: `pulumi up` would not get through", errors, rows),
    ...(errors.length > 0 ? ["Deletions come last in a preview, so one that failed may not show them."] : []),
    ...lostHeadshots(findings, rows),
    ...explainRemovals(review.removals),
    ...teamTable(review.teams, rows),
    ...SECTIONS.flatMap((section) => toSection(section, findings, rows)),
    ...review.starters.map(toCode),
    ...(review.hidesReplacements ? [HIDDEN_REPLACEMENTS] : []),
    ...diagnosticTable("Warnings", warnings, rows),
    ...footer(review),
  ];
  return `${parts.join("\n\n")}\n`;
}

const HIDDEN_REPLACEMENTS =
  "The preview leaves out the steps of replacements, so it does not show whom an earlier `pulumi up` left to be revoked: " +
  `\`${PREVIEW_COMMAND}\` does.`;

function lostHeadshots(findings: readonly Finding[], rows: number): string[] {
  const lost = findings.filter(({ headshots }) => headshots === "lost");
  if (lost.length === 0) return [];
  const people = lost.map(({ before, kind, person, status }) => [
    `**${toCode((kind === "address" ? before : person) ?? "") || NOT_SHOWN}**`,
    toCode(status ?? ""),
  ]);
  return [
    "**This cannot be undone: the headshots and the model of these people are deleted.**",
    table(["person", "status"], people, rows),
  ];
}

function toSection(
  { kinds, title, columns, note }: Section,
  findings: readonly Finding[],
  rows: number,
): string[] {
  // People with headshots come first, so that they are not cut; unknown addresses come last.
  const order = ({ headshots, person = "\uffff" }: Finding) => `${headshots ? 0 : 1} ${person}`;
  const found = findings
    .filter(({ kind }) => kinds.includes(kind))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const several = found.some(({ organization }) => organization !== undefined);
  const heads = [...columns.map((column) => toHead(column, kinds)), ...(several ? ["provider"] : [])];
  const cells = found.map((finding) => [
    ...columns.map((column) => toCell(finding, column)),
    ...(several ? [toCode(finding.organization ?? "")] : []),
  ]);
  return titledTable(title, heads, cells, rows, note);
}

function toHead(column: Column, kinds: Finding["kind"][]): string {
  if (column === "status") return "status, as of the last refresh";
  if (column === "before" || column === "after") {
    if (kinds.includes("invited")) return "team";
    return column === "before" ? "from" : "to";
  }
  return column === "reason" ? "why" : "person";
}

const NOT_SHOWN = "*not known before `pulumi up`, or secret*";

function toCell(finding: Finding, column: Column): string {
  const value = finding[column];
  if (value === null) return NOT_SHOWN;
  const text = value ?? "";
  if (column === "status")
    return [toCode(standingText({ ...finding, status: text })), toFate(finding)].filter(Boolean).join(": ");
  if (column === "person") return toCode(text) || NOT_SHOWN;
  if (column === "before" && text === "") return "no team";
  if (column === "reason" && finding.headshots) return `**${toCode(text)}**`;
  // Plain words need no code span.
  return column === "reason" && /^[\p{L}\p{N} ,.:;-]*$/u.test(text) ? text : toCode(text);
}

function toFate({ headshots, kind, status = "", stays }: Finding): string {
  if (stays) return "stays as it is";
  if (headshots === "stay") return "headshots stay";
  if (headshots === "lost") return "**headshots are deleted for good**";
  if (kind === "revoked" && isOver(status)) return "nothing is left to revoke";
  if (headshots === undefined || kind === "kept") return "";
  return "**has headshots: `pulumi up` stops here, unless the configuration or the environment sets `forceDestroy`: then they are deleted for good**";
}

/** Teams come before the people in them. */
function teamTable(teams: readonly TeamChange[], rows: number): string[] {
  const cells = teams.map((team) => [toCode(team.name ?? "") || NOT_SHOWN, toTeamFate(team)]);
  return titledTable("Teams", ["team", "what happens"], cells, rows);
}

function toTeamFate({
  kind,
  before = "",
  people = 0,
  staying = 0,
  declared = 0,
  refused,
}: TeamChange): string {
  if (kind === "made") return "made, or adopted if there is one of this name";
  if (kind === "renamed") return `renamed from ${toCode(before)}: nobody moves`;
  if (kind === "kept")
    return refused
      ? "**`pulumi up` will stop**: another resource declares it, and `adopt: false` does not allow that one to adopt it"
      : "kept: another resource declares it";
  if (declared > 0)
    return `**\`pulumi up\` will stop**: the program declares ${count(declared, "person", "people")} in it, so it is not removed`;
  const are = `${count(people, "person", "people")} of this stack ${people === 1 ? "is" : "are"} in it`;
  const stay = staying === 1 ? "1 of them stays" : `${staying} of them stay`;
  const here = `: ${are}, as of the last refresh, and ${staying === 0 ? "none of them stays" : stay} without a team`;
  // A preview asks the provider nothing about a resource that is removed.
  const others =
    "`pulumi up` says how many others are in it, whom this stack does not have: they stay, without a team";
  return `**removed**${people > 0 ? here : ""}. ${others}`;
}

function diagnosticTable(title: string, diagnostics: readonly Diagnostic[], rows: number): string[] {
  const cells = diagnostics.map(({ resource, message }) => [toCode(resource ?? ""), toCode(message)]);
  return titledTable(title, ["resource", "message"], cells, rows);
}

/** A table below a heading that counts its rows; nothing if there are none. */
export function titledTable(
  title: string,
  heads: string[],
  rows: readonly string[][],
  most: number,
  note?: string,
): string[] {
  if (rows.length === 0) return [];
  return [`#### ${title} (${rows.length})`, ...(note ? [note] : []), table(heads, rows, most)];
}

/** @param most rows; how many are left out is said below. */
export function table(heads: string[], rows: readonly string[][], most = Infinity): string {
  const left = rows.length - most;
  const text = markdownTable([heads, ...rows.slice(0, most)], { alignDelimiters: false });
  return left > 0 ? `${text}\n\n… and ${left} more` : text;
}

function footer({ others, pending: { added, removed } }: Review): string[] {
  const lines: string[] = [];
  if (added + removed > 0)
    lines.push(
      `Pending invites: +${added} −${removed}. HeadshotPro caps them at twice the credits. No credit is spent by ` +
        "this change: one is taken when somebody uploads photos.",
    );
  if (others > 0) lines.push(`And ${count(others, "other resource changes", "other resources change")}.`);
  return lines;
}

/** Why a human has to look at the removals, and how to let them pass: paragraphs of Markdown. */
export function explainRemovals(removals: Removals): string[] {
  if (!areTooMany(removals)) return [];
  const { leaving, had, allowed, unseen, destroyed, rosters } = removals;
  const removed = destroyed
    ? ["The whole stack is destroyed."]
    : rosters.map((name) => `The roster ${toCode(name)} is removed.`);
  const people = unseen > 0 ? "people whom this preview shows" : "people of this stack";
  const decides = removed.length > 0 ? ", so a human decides." : `; more than ${allowed} need a human.`;
  const loss = `${leaving} of the ${had} ${people} ${leaving === 1 ? "loses" : "lose"} an unused invite${decides}`;
  const hint = `\`${PREVIEW_COMMAND}\` shows whom the stack keeps, so that they count as well.`;
  return [
    `**${[...removed, loss].join(" ")}** If that is meant: \`review --max-removals ${leaving}\`.`,
    ...(unseen > 0 && removed.length === 0 ? [`The preview leaves out what does not change. ${hint}`] : []),
  ];
}

/** Longer than any message of ours; a stack's whole output would be longer. */
const LONGEST_CODE = 600;

/**
 * A text that others wrote (an address, a team, an error) as a code span for a cell of a Markdown table, so that it makes
 * no link, no HTML and no mention.
 *
 * @example
 * toCode("ada@acme.com"); // "`ada@acme.com`"
 * toCode("a|b"); // "`a\\|b`"
 */
export function toCode(text: string): string {
  // Control, invisible and right-to-left characters could make a line read as another one.
  const line = text.replace(/[\s\p{C}\p{Zl}\p{Zp}]+/gu, " ").trim();
  const points = [...line];
  const cut = points.length > LONGEST_CODE ? `${points.slice(0, LONGEST_CODE).join("")}…` : line;
  if (cut === "") return "";
  const longest = Math.max(0, ...(cut.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  // In a table a pipe ends the cell even in code, and whether a backslash escapes one before it, renderers disagree.
  const safe = cut.replace(/\\+(?=\|)/g, (run) => "⧵".repeat(run.length)).replaceAll("|", "\\|");
  return `${fence}${pad}${safe}${pad}${fence}`;
}
