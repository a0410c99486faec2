import { INPUTS } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import { count, firstOf, quote } from "../text";
import { UserError } from "../user-error";
import { plainHeader } from "./email-headers";

/** What a row of a roster may say: the inputs of an invite, and the day from which on the person is declared. */
export type RowProperty = keyof InviteInputs | "startsOn";
export const ROW_PROPERTIES: readonly RowProperty[] = [...INPUTS, "startsOn"];

/** A day: `2026-12-01`. Days compare as text. */
export type Day = string;

/** How many people a line names. */
const NAMED = 10;

/**
 * Reads the day from which on somebody is declared.
 *
 * @returns the day, undefined if none is given; or what is wrong, as messages have it.
 * @example
 * readStartsOn("1.12.2026"); // { reason: '"1.12.2026" is not a day: write it as 2026-12-01 (year, month, day)' }
 */
export function readStartsOn(value: unknown): { day?: Day; reason?: string } {
  if (value === undefined || value === null || value === "") return {};
  const day = typeof value === "string" ? value.trim() : "";
  return isDay(day)
    ? { day }
    : { reason: `${quote(value)} is not a day: write it as 2026-12-01 (year, month, day)` };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // Date.parse makes the 3rd of March of a 31st of February.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * The day that it is for a roster: `HEADSHOTPRO_TODAY`, so that a preview and its `up` agree, or this machine's.
 *
 * @param timeZone an IANA name, checked by {@link isTimeZone}; left out: UTC.
 * @throws UserError if the environment's is no day.
 */
export function todayIn(
  timeZone: string | null | undefined,
  env: Readonly<Record<string, string | undefined>>,
  now = new Date(),
): Day {
  const { day, reason } = readStartsOn(env.HEADSHOTPRO_TODAY);
  if (reason !== undefined) throw new UserError(`HEADSHOTPRO_TODAY: ${reason}.`);
  // Sweden writes days as ISO 8601 does.
  return day ?? new Intl.DateTimeFormat("sv-SE", { timeZone: timeZone ?? "UTC" }).format(now);
}

/**
 * The time that it is for a report: the end of the day that `HEADSHOTPRO_TODAY` says, in UTC, or this machine's.
 *
 * @throws UserError if the environment's is no day.
 */
export function nowIn(env: Readonly<Record<string, string | undefined>>): Date {
  return env.HEADSHOTPRO_TODAY ? new Date(`${todayIn("UTC", env)}T23:59:59.999Z`) : new Date();
}

export function isTimeZone(name: unknown): boolean {
  try {
    return typeof name === "string" && new Intl.DateTimeFormat("sv-SE", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** Somebody in a roster, and from which day on. */
interface Starter {
  email: string;
  startsOn?: Day | undefined;
}

/**
 * What is said of people who start later, a line each for those who wait and for those who are invited already.
 *
 * @param invited whom the stack has already: they stay.
 * @example
 * laterLines([{ email: "ada@acme.com", startsOn: "2026-12-01" }], new Set());
 * // ["1 person starts later: ada@acme.com (2026-12-01)"]
 */
export function laterLines(later: readonly Starter[], invited: Pick<ReadonlySet<string>, "has">): string[] {
  const named = later.map(({ email, startsOn }) => ({ email, text: `${email} (${startsOn})` }));
  const waiting = named.filter(({ email }) => !invited.has(email)).map(({ text }) => text);
  const staying = named.filter(({ email }) => invited.has(email)).map(({ text }) => text);
  const lines: string[] = [];
  if (waiting.length > 0)
    lines.push(`${count(waiting.length, "person starts", "people start")} later: ${firstOf(waiting, NAMED)}`);
  if (staying.length > 0)
    lines.push(
      `${count(staying.length, "person", "people")} invited already, though they start later: ` +
        `${firstOf(staying, NAMED)}. They stay invited`,
    );
  return lines;
}

/** What the provider is told of somebody who starts later, whose team must not go until then. */
export function toLaterPerson<T>({
  email,
  startsOn,
  options: { team, teamId },
}: Starter & { options: { team?: T; teamId?: T } }) {
  return { email, team, teamId, startsOn };
}

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

/** A month by its English name, as spreadsheets write it: `1-Dec-26`, `December 1, 2026`. */
const MONTH =
  /\b(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)\b/i;

/**
 * Whether a cell has a day after today. Where two orders of day and month are in use, either may be meant: a person who
 * is invited too early cannot be called back.
 *
 * @example
 * isStillToCome("1/12/2026", "2026-11-30"); // true: the first of December, or the twelfth of January
 */
export function isStillToCome(cell: string, today: Day): boolean {
  const written = cell.trim().replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  const [, a = "", separator, b = "", c = ""] =
    /^(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})(?:[T ].*)?$/.exec(written) ?? [];
  if (separator === undefined) {
    const time = MONTH.test(written) ? Date.parse(`${written} UTC`) : Number.NaN;
    return !Number.isNaN(time) && new Date(time).toISOString().slice(0, today.length) > today;
  }
  const year = c.length === 2 ? `20${c}` : c;
  const readings =
    a.length === 4 ? [[a, b, c]] : [[year, b, a], ...(separator === "." ? [] : [[year, a, b]])];
  return readings.some((parts) => {
    const { day } = readStartsOn(parts.map((part) => part.padStart(2, "0")).join("-"));
    return day !== undefined && day > today;
  });
}
