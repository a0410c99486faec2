import { markdownTable } from "markdown-table";
import { code } from "./code";
import type { Finding } from "./finding";
import { headlineOf } from "./headline";
import type { Remark } from "./remarks";
import { whyTooMany } from "./removals";
import type { Review } from "./review";

/** Sorts after every address. */
const LAST = "\uffff";

/** GitHub refuses a longer comment; it counts characters. Some room is left for what a workflow adds. */
const LONGEST_COMMENT = 65_000;

interface Section {
  kinds: Finding["kind"][];
  title: string;
  columns: Column[];
  note?: string;
}
type Column = "person" | "before" | "after" | "status" | "reason";

/** In the order of what matters most to whom it happens. */
const SECTIONS: Section[] = [
  { kinds: ["revoked"], title: "Revoked", columns: ["person", "status"] },
  {
    kinds: ["moved"],
    title: "Moved to another team: revoked and invited again",
    columns: ["person", "before", "after", "status"],
  },
  {
    kinds: ["organization"],
    title: "Moved to another organization: invited there, then revoked here",
    columns: ["person", "before", "after", "status"],
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
  { kinds: ["released"], title: "No longer managed, left as they are", columns: ["person", "status"] },
  { kinds: ["kept"], title: "Kept", columns: ["person", "status", "reason"] },
  { kinds: ["settings"], title: "Settings only: nothing is sent", columns: ["person", "reason"] },
];

/** A review as the Markdown of a pull request's comment. What does not fit is cut, and how much is said. */
export function markdownOf(review: Review): string {
  for (let rows = 2048; ; rows = Math.floor(rows / 2)) {
    const text = render(review, rows);
    if (text.length <= LONGEST_COMMENT || rows === 0) return text;
  }
}

function render(review: Review, rows: number): string {
  const { findings, errors, warnings } = review;
  const parts = [
    `### HeadshotPro: ${headlineOf(review)}`,
    ...remarkTable("Errors: `pulumi up` would not get through", errors, rows),
    ...(errors.length > 0 ? ["Deletions come last in a preview, so one that failed may not show them."] : []),
    ...undoable(findings, rows),
    ...whyTooMany(review.removals),
    ...SECTIONS.flatMap((section) => sectionOf(section, findings, rows)),
    ...remarkTable("Warnings", warnings, rows),
    ...footer(review),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Said before everything else, and in bold. */
function undoable(findings: readonly Finding[], rows: number): string[] {
  const lost = findings.filter(({ headshots }) => headshots === "lost");
  if (lost.length === 0) return [];
  const people = lost.map(({ before, kind, person, status }) => [
    `**${code((kind === "address" ? before : person) ?? "") || UNTOLD}**`,
    code(status ?? ""),
  ]);
  return [
    "**This cannot be undone: the headshots and the model of these people are deleted.**",
    table(["person", "status"], people, rows),
  ];
}

function sectionOf(
  { kinds, title, columns, note }: Section,
  findings: readonly Finding[],
  rows: number,
): string[] {
  // Whoever has headshots must not be among the rows that are cut. The engine tells of people in any order.
  const found = findings
    .filter(({ kind }) => kinds.includes(kind))
    .sort(
      (a, b) =>
        Number(!a.headshots) - Number(!b.headshots) || ((a.person ?? LAST) < (b.person ?? LAST) ? -1 : 1),
    );
  if (found.length === 0) return [];
  const several = found.some(({ organization }) => organization !== undefined);
  const heads = [...columns.map((column) => headOf(column, kinds)), ...(several ? ["provider"] : [])];
  const cells = found.map((finding) => [
    ...columns.map((column) => cell(finding, column)),
    ...(several ? [code(finding.organization ?? "")] : []),
  ]);
  return [`#### ${title} (${found.length})`, ...(note ? [note] : []), table(heads, cells, rows)];
}

function headOf(column: Column, kinds: Finding["kind"][]): string {
  if (column === "status") return "status, as of the last refresh";
  if (column === "before" || column === "after") {
    if (kinds.includes("invited")) return "team";
    return column === "before" ? "from" : "to";
  }
  return column === "reason" ? "why" : "person";
}

const UNTOLD = "*not known before `pulumi up`, or secret*";

function cell(finding: Finding, column: Column): string {
  const value = finding[column];
  if (value === null) return UNTOLD;
  const text = value ?? "";
  if (column === "status") return [code(text), fateOf(finding)].filter(Boolean).join(": ");
  if (column === "person") return code(text) || UNTOLD;
  if (finding.kind === "moved" && column === "before" && text === "") return "no team";
  if (column === "reason" && finding.headshots) return `**${code(text)}**`;
  // Plain words need no code span.
  return column === "reason" && /^[\p{L}\p{N} ,.:;-]*$/u.test(text) ? text : code(text);
}

function fateOf({ headshots, kind, stays }: Finding): string {
  if (stays) return "stays as it is";
  if (headshots === "lost") return "**headshots are deleted for good**";
  if (headshots === undefined || kind === "kept") return "";
  return "**has headshots: `pulumi up` stops here, unless the configuration or the environment sets `forceDestroy`: then they are deleted for good**";
}

function remarkTable(title: string, remarks: readonly Remark[], rows: number): string[] {
  if (remarks.length === 0) return [];
  const cells = remarks.map(({ resource, message }) => [code(resource ?? ""), code(message)]);
  return [`#### ${title} (${remarks.length})`, table(["resource", "message"], cells, rows)];
}

function table(heads: string[], rows: readonly string[][], most: number): string {
  const left = rows.length - most;
  const text = markdownTable([heads, ...rows.slice(0, most)], { alignDelimiters: false });
  return left > 0 ? `${text}\n\n… and ${left} more` : text;
}

function footer({ others, pending }: Review): string[] {
  const { added, removed } = pending;
  const credits =
    added + removed > 0
      ? [
          `Pending invites: +${added} −${removed}. HeadshotPro caps them at twice the credits. No credit is spent by ` +
            "this change: one is taken when somebody uploads photos.",
        ]
      : [];
  const rest = others === 1 ? "1 other resource changes." : `${others} other resources change.`;
  return [...credits, ...(others > 0 ? [`And ${rest}`] : [])];
}
