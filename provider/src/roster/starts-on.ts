import { INPUTS } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import { count, firstOf, quote } from "../text";
import { UserError } from "../user-error";

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

/** Who of a roster is declared today, and who starts later. */
export function splitByStart<T extends Starter>(members: readonly T[], today: Day): { now: T[]; later: T[] } {
  const isLater = ({ startsOn }: Starter) => startsOn !== undefined && startsOn > today;
  return { now: members.filter((one) => !isLater(one)), later: members.filter(isLater) };
}

/**
 * What is said of people who start later, a line each for those who wait and for those who are invited already.
 *
 * @param invited whom the stack has already: they stay.
 * @example
 * laterLines([{ email: "ada@acme.com", startsOn: "2026-12-01" }], new Set());
 * // ["1 person starts later: ada@acme.com (2026-12-01)"]
 */
export function laterLines(later: readonly Starter[], invited: ReadonlySet<string>): string[] {
  const lineOf = (people: readonly Starter[], text: (who: string) => string) =>
    people.length === 0
      ? []
      : [
          text(
            firstOf(
              people.map(({ email, startsOn }) => `${email} (${startsOn})`),
              NAMED,
            ),
          ),
        ];
  const waiting = later.filter(({ email }) => !invited.has(email));
  const staying = later.filter(({ email }) => invited.has(email));
  return [
    ...lineOf(waiting, (who) => `${count(waiting.length, "person starts", "people start")} later: ${who}`),
    ...lineOf(
      staying,
      (who) =>
        `${count(staying.length, "person", "people")} invited already, though they start later: ${who}. They stay invited`,
    ),
  ];
}
