import type { AskedColumns, RosterProblem } from "./types";

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

/** How many problems are told if the whole of them would bury everything else. */
const SHOWN = 50;

/**
 * The first problems, and how many more there are.
 *
 * @param tellAll the command that tells all of them, if there is one.
 */
export function firstProblemLines(problems: RosterProblem[], tellAll?: string): string[] {
  const lines = problemLines(problems.slice(0, SHOWN));
  if (problems.length <= SHOWN) return lines;
  const more = `… and ${(problems.length - SHOWN).toLocaleString("en-US")} more`;
  return [...lines, tellAll === undefined ? more : `${more}: run ${tellAll}`];
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
    typeof header === "string" ? ["--column", word(`${input}=${header}`)] : [],
  );
  return ["npx pulumi-headshotpro validate", word(file), ...flags].join(" ");
}

/** In quotes where any shell needs them. */
function word(text: string): string {
  return /^[\p{L}\p{N}\\/._@%+=:,~-]+$/u.test(text) ? text : `"${text}"`;
}

function longest(texts: string[]): number {
  return texts.reduce((width, text) => Math.max(width, text.length), 0);
}

/** A spreadsheet's header may have line breaks in it. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ");
}
