import type { RosterProblem } from "./roster";

/**
 * The problems as a person reads them: one line each, in columns.
 *
 * @example
 * problemLines(readRoster(Buffer.from("email\nada(at)acme.com\n"), { name: "people.csv", format: "csv" }).problems);
 * // ['people.csv:2  email  "ada(at)acme.com" is not an e-mail address: it has no @']
 */
export function problemLines(problems: RosterProblem[]): string[] {
  const columns = problems.map(({ column }) => oneLine(column ?? ""));
  const whereWidth = Math.max(0, ...problems.map(({ where }) => where.length));
  const columnWidth = Math.max(0, ...columns.map((column) => column.length));
  return problems.map(({ where, reason }, index) =>
    [
      where.padEnd(whereWidth),
      ...(columnWidth ? [columns[index]?.padEnd(columnWidth)] : []),
      oneLine(reason),
    ].join("  "),
  );
}

/** A spreadsheet's header may have line breaks in it. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ");
}
