import { cut, quote } from "../text";
import { plainHeader } from "./email-column";
import { type Day, readStartsOn } from "./starts-on";
import type { RosterProblem } from "./validate";

/** A header with one of these in it means the day on which somebody begins to work here, if days stand below it. */
const FIRST_DAY =
  /start|hir(?:e|ing)|join(?!t)|^doj$|first(?:work(?:ing)?)?day|onboard|commenc|begin|entrydate|dateofentry|employmentdate|dateofemployment|eintritt|antritt|einstellung|erstertag|entree|embauche|arrivee|debut|premierjour|ingreso|inicio|incorporacion|contratacion|fecha(?:de)?alta|primerdia|inizio|assunzione|admissao|contratacao|indienst|anstallning|tilltrad|rozpocz|zatrudnieni|入社|入职|입사/;

/** What begins for people who work here already. */
const SOMETHING_ELSE =
  /leave|vacation|holiday|absence|sabbatical|urlaub|elternzeit|conge|vacances|vacaciones|training|course|event|session|shoot|project|projekt/;

/** Whether a header means somebody's first day. @example meansFirstDay("Date d'entrée"); // true */
export function meansFirstDay(header: string): boolean {
  const name = plainHeader(header);
  return FIRST_DAY.test(name) && !SOMETHING_ELSE.test(name);
}

/**
 * Whether a cell has a day after today. Where two orders of day and month are in use, either may be meant: a person who
 * is invited too early cannot be called back.
 *
 * @example
 * isStillToCome("1/12/2026", "2026-11-30"); // true: the first of December, or the twelfth of January
 */
export function isStillToCome(cell: string, today: Day): boolean {
  const [, a = "", separator, b = "", c = ""] =
    /^(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})(?:[T ].*)?$/.exec(cell.trim()) ?? [];
  if (separator === undefined) return false;
  const year = c.length === 2 ? `20${c}` : c;
  const readings =
    a.length === 4 ? [[a, b, c]] : [[year, b, a], ...(separator === "." ? [] : [[year, a, b]])];
  return readings.some((parts) => {
    const { day } = readStartsOn(parts.map((part) => part.padStart(2, "0")).join("-"));
    return day !== undefined && day > today;
  });
}

/**
 * The first row of a table with a first day that is still to come, and what is wrong with it. One column is told: asking
 * for it is the way out for all of them.
 *
 * @param ignored the columns that are not read, counted from 0.
 */
export function firstDayToCome(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  ignored: readonly number[],
  today: Day,
): { row: number; problem: Omit<RosterProblem, "where"> } | undefined {
  for (const position of ignored) {
    const column = header[position]?.trim() ?? "";
    const row = meansFirstDay(column)
      ? rows.findIndex((cells) => isStillToCome(cells[position] ?? "", today))
      : -1;
    if (row < 0) continue;
    const reason =
      `the column ${quote(column)} has a day that is still to come, and nobody waits for it: ` +
      `write days as 2026-12-01 and say columns: { startsOn: ${quote(column)} }, or rename the column`;
    return { row, problem: { column: cut(column), value: rows[row]?.[position]?.trim() ?? "", reason } };
  }
  return undefined;
}
