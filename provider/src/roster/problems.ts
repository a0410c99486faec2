import type { RowProperty } from "./starts-on";

/** One thing wrong with a roster. */
export interface RosterProblem {
  /** `people.csv:3`, `members[2]`; the file's name alone if all of it is meant. */
  where: string;
  /** The column as its header has it; a property's name in YAML and in code. */
  column?: string;
  /** The cell as it is written. */
  value?: string;
  reason: string;
}

/** The header of the column that holds an input, where a program says it. */
export type AskedColumns = Partial<Record<RowProperty, string | null>>;

/**
 * The problems as a person reads them: one line each, in columns.
 *
 * @example
 * problemLines(readRoster(Buffer.from("email\nada(at)acme.com\n"), { name: "people.csv", format: "csv" }).problems);
 * // ['people.csv:2  email  "ada(at)acme.com" is not an e-mail address: it has no @']
 */
export function problemLines(problems: RosterProblem[]): string[] {
  const columns = problems.map(({ column }) => oneLine(column ?? ""));
  const whereWidth = longest(problems.map(({ where }) => where));
  const columnWidth = longest(columns);
  return problems.map(({ where, reason }, index) =>
    [
      where.padEnd(whereWidth),
      ...(columnWidth ? [columns[index]?.padEnd(columnWidth)] : []),
      oneLine(reason),
    ].join("  "),
  );
}

/** How many problems a message has: all of thousands would bury everything else. */
const SHOWN = 50;

/**
 * The first problems, and how many more there are.
 *
 * @param commandForAll the command that prints all of them, if there is one.
 */
export function firstProblemLines(problems: RosterProblem[], commandForAll?: string): string[] {
  const lines = problemLines(problems.slice(0, SHOWN));
  if (problems.length <= SHOWN) return lines;
  const more = `… and ${(problems.length - SHOWN).toLocaleString("en-US")} more`;
  return [...lines, commandForAll === undefined ? more : `${more}: run ${commandForAll}`];
}

/**
 * The command that reads a roster's file as the roster does.
 *
 * @example
 * validateCommand("our people.csv", { team: "Department" });
 * // 'npx pulumi-headshotpro validate "our people.csv" --column team=Department'
 */
export function validateCommand(file: string, columns: AskedColumns = {}): string {
  const flags = Object.entries(columns).flatMap(([input, header]) =>
    typeof header === "string" ? ["--column", shellWord(`${input}=${header}`)] : [],
  );
  return ["npx pulumi-headshotpro validate", shellWord(file), ...flags].join(" ");
}

/** In quotes where any shell needs them. */
function shellWord(text: string): string {
  return /^[\p{L}\p{N}\\/._@%+=:,~-]+$/u.test(text) ? text : `"${text}"`;
}

function longest(texts: string[]): number {
  return texts.reduce((width, text) => Math.max(width, text.length), 0);
}

/** A spreadsheet's header may have line breaks in it. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ");
}
