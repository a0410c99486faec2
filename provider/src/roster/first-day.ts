import { plainHeader } from "./email-column";
import { type Day, readStartsOn } from "./starts-on";

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
