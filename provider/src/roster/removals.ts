import type { RecordedPerson } from "../invite/recorded-people";
import { nameOf, ROSTER_TYPE, typesOf } from "../invite/urn";

/** A roster as it is about to be applied. */
export interface RosterChange {
  name: string;
  /** What it was called before, if it was renamed. */
  formerNames: readonly string[];
  /** Whom the stack has, in any resource. */
  recorded: readonly RecordedPerson[];
  /** Whom the program declares in the roster's organization, in any resource. */
  declared: ReadonlySet<string>;
  /** Undefined: a quarter of whom it had, and at least 3. */
  maxRemovals: number | undefined;
}

/** In a roster of a few people, a quarter is nobody. */
const AT_LEAST = 3;

/** How many people a message names. */
const NAMED = 10;

/**
 * How many people may leave at once if nobody says otherwise: a quarter, and at least 3.
 *
 * @param had how many people there were
 * @example
 * usualRemovals(60); // 15
 */
export function usualRemovals(had: number): number {
  return Math.max(AT_LEAST, Math.floor(had / 4));
}

/**
 * Why a roster must not be applied: more people leave it than may. Undefined if nobody stands in its way. Whoever the
 * program declares elsewhere does not leave.
 */
export function refusalToRemove(change: RosterChange): string | undefined {
  const members = membersOf(change);
  const leaving = members.filter((email) => !change.declared.has(email)).sort();
  const most = change.maxRemovals ?? usualRemovals(members.length);
  if (leaving.length <= most) return undefined;
  const more = leaving.length > NAMED ? `, and ${leaving.length - NAMED} more` : "";
  return (
    `Nobody in the roster ${JSON.stringify(change.name)} is invited or revoked, because ${leaving.length} of the ` +
    `${members.length} people whom it had would lose their invite, and maxRemovals allows ${most}: ` +
    `${leaving.slice(0, NAMED).join(", ")}${more}. ` +
    `If that is meant: maxRemovals: ${leaving.length} in the roster, or HEADSHOTPRO_MAX_REMOVALS=${leaving.length} ` +
    "for this run."
  );
}

function membersOf({ name, formerNames, recorded }: RosterChange): string[] {
  const prefixes = [name, ...formerNames].map((one) => `${one}/`);
  const members = recorded.filter(
    ({ urn }) =>
      typesOf(urn).at(-2) === ROSTER_TYPE && prefixes.some((prefix) => nameOf(urn).startsWith(prefix)),
  );
  return [...new Set(members.map(({ email }) => email))];
}

/**
 * How many people may leave a roster: what the environment says for this run, or else the program.
 *
 * @throws Error that says what is wrong, as a sentence
 */
export function maxRemovalsOf(
  declared: number | null | undefined,
  env: Readonly<Record<string, string | undefined>>,
): number | undefined {
  const text = env.HEADSHOTPRO_MAX_REMOVALS?.trim();
  if (!text) return declared ?? undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`HEADSHOTPRO_MAX_REMOVALS is ${JSON.stringify(text)}: expected a whole number.`);
}
