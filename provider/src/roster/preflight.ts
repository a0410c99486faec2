import { type AllowedDomains, outsideDomain } from "../invite/allowed-domains";
import { personOf } from "../invite/email";
import { isOver } from "../invite/guard";
import { UNKNOWN } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import { unreadableRows } from "../invite/listed-people";
import { plainName, type Team, teamNamed } from "../invite/team";
import { count, firstOf } from "../text";
import { nameOf, ROSTER_TYPE, typesOf } from "../urn";
import { UserError } from "../user-error";
import { firstProblemLines, type RosterProblem } from "./problems";
import type { RecordedPerson } from "./recorded-people";

/** Somebody in a roster: canonical address, place in the roster, and the team of their own row. */
interface Listed {
  email: string;
  where: string;
  team?: string | undefined;
  teamId?: string | undefined;
}

/** A roster as it is about to be applied, and all that decides whether it may be. */
export interface RosterPlan {
  name: string;
  /** What it was called before, if it was renamed. */
  formerNames: readonly string[];
  members: readonly Listed[];
  /** What everybody gets whose row does not have it. */
  defaults?: Partial<InviteInputs> | null;
  /** Whom the stack's state has, in any resource. */
  recorded: readonly RecordedPerson[];
  /** Whom the program declares in the roster's organization, in any resource, by canonical address. */
  declared: ReadonlySet<string>;
  /** Whether `declared` has only people who are declared before the roster. */
  declaredSoFar?: boolean;
  /** Undefined allows all. */
  allowedDomains: AllowedDomains | undefined;
  /** Undefined: {@link usualRemovals}. */
  maxRemovals: number | undefined;
  /** Undefined if they were not asked for: then the check of each person looks up the team. */
  teams?: readonly Team[] | undefined;
}

/** How many people a message names. */
const NAMED = 10;

/** In a roster of a few people, a quarter is nobody. */
const AT_LEAST = 3;

/** What to do where the provider does not know the end of the program. */
const DECLARED_LATER =
  " People whom the program declares elsewhere count if the roster comes after them (`dependsOn`).";

/** Why a roster must not be applied. */
export interface Refusal {
  /** All of it, for the user. */
  message: string;
  /** Who would leave the roster, as they are called in it: `ROSTER/ADDRESS` is the name of their resource. */
  leaving: readonly string[];
}

/**
 * Why a roster must not be applied; undefined if nothing stands in its way. Both faces ask this before anybody is
 * touched.
 *
 * The order: an address outside of the allowed domains, a name that is no team's, too many who leave.
 */
export function preflight(plan: RosterPlan): Refusal | undefined {
  const had = recordedMembers(plan);
  const leaving = leavingMembers(plan, had);
  const message = domainRefusal(plan, had) ?? teamRefusal(plan) ?? removalRefusal(plan, had.size, leaving);
  return message === undefined ? undefined : { message, leaving: leaving.map(([name]) => name) };
}

function domainRefusal(plan: RosterPlan, had: ReadonlyMap<string, RecordedPerson>): string | undefined {
  const { name, members, allowedDomains, recorded } = plan;
  const known = new Set([...recorded.map(({ email }) => email), ...had.keys()]);
  const problems = domainProblems(members, allowedDomains, known);
  if (problems.length === 0) return undefined;
  const addresses = count(problems.length, "address is", "addresses are");
  return (
    `${nobodyIn(name)} ${addresses} outside of the allowed domains:\n  ${firstProblemLines(problems).join("\n  ")}\n` +
    "Correct the roster, or add the domain to allowedDomains."
  );
}

function teamRefusal(plan: RosterPlan): string | undefined {
  const { teams } = plan;
  const problems = teams === undefined ? [] : teamProblems(newTeamNames(plan), teams);
  if (problems.length === 0) return undefined;
  const places = count(problems.length, "place", "places");
  return `${nobodyIn(plan.name)} it is not clear which team is meant in ${places}:\n  ${firstProblemLines(problems).join("\n  ")}`;
}

function removalRefusal(
  plan: RosterPlan,
  had: number,
  leaving: readonly (readonly [string, RecordedPerson])[],
): string | undefined {
  const most = plan.maxRemovals ?? usualRemovals(had);
  if (leaving.length <= most) return undefined;
  const people = leaving.map(([, { email }]) => email).sort();
  return (
    `${nobodyIn(plan.name)} ${people.length} of the ${had} people whom it had would lose their invite, and ` +
    `maxRemovals allows ${most}: ${firstOf(people, NAMED)}. ` +
    `If that is meant: maxRemovals: ${people.length} in the roster, or HEADSHOTPRO_MAX_REMOVALS=${people.length} ` +
    `for this run.${plan.declaredSoFar ? DECLARED_LATER : ""}`
  );
}

function nobodyIn(name: string): string {
  return `Nobody in the roster ${JSON.stringify(name)} is invited or revoked, because`;
}

/**
 * Who of a roster must not be invited, because their domain is not allowed.
 *
 * @param recorded whom the stack has already, by canonical address: they are invited, and may stay.
 */
export function domainProblems(
  members: readonly Listed[],
  allowed: AllowedDomains | undefined,
  recorded: ReadonlySet<string> = new Set(),
): RosterProblem[] {
  return members.flatMap(({ email, where }) => {
    const outside = recorded.has(email) ? undefined : outsideDomain(email, allowed);
    return outside === undefined ? [] : [{ where, value: email, reason: `${email}: ${outside}` }];
  });
}

/**
 * The names of teams in a roster that the state does not have for the same person. An earlier run has found the others,
 * and they are not looked up again.
 */
export function newTeamNames(
  plan: Pick<RosterPlan, "name" | "formerNames" | "members" | "defaults" | "recorded">,
): { where: string; team: string }[] {
  const { members, defaults, recorded } = plan;
  const known = new Set(recorded.map(({ email, team }) => toKey(email, team)));
  for (const [name, { team }] of recordedMembers(plan)) known.add(toKey(name, team));
  const byDefault = defaults?.team ?? undefined;
  const isNew = (email: string, team: string | undefined) =>
    team !== undefined && team !== UNKNOWN && !known.has(toKey(email, team));
  const rows = members.flatMap(({ email, team, where }) =>
    team !== undefined && isNew(email, team) ? [{ where, team }] : [],
  );
  const needsDefault = members.some(
    ({ email, team, teamId }) => team === undefined && teamId === undefined && isNew(email, byDefault),
  );
  return byDefault !== undefined && needsDefault ? [{ where: "defaults", team: byDefault }, ...rows] : rows;
}

/** Which of these names mean no team, or more than one. */
function teamProblems(
  named: readonly { where: string; team: string }[],
  teams: readonly Team[],
): RosterProblem[] {
  return named.flatMap(({ where, team }) => {
    const { problem } = teamNamed(team, teams);
    return problem === undefined ? [] : [{ where, column: "team", value: team, reason: problem }];
  });
}

function toKey(email: string, team: string | undefined): string {
  return JSON.stringify([email, plainName(team ?? "")]);
}

/**
 * Whom the state has in this roster, under its name and its former ones, by what they are called in it. That is their
 * address as the roster has it, and not always the one they are invited by: a transform of the program may change it.
 */
export function recordedMembers({
  name,
  formerNames,
  recorded,
}: Pick<RosterPlan, "name" | "formerNames" | "recorded">): Map<string, RecordedPerson> {
  const prefixes = [name, ...formerNames].map((one) => `${one}/`);
  const members = new Map<string, RecordedPerson>();
  for (const person of recorded) {
    const resource = nameOf(person.urn);
    const prefix = prefixes.find((one) => resource.startsWith(one));
    if (prefix !== undefined && typesOf(person.urn).at(-2) === ROSTER_TYPE)
      members.set(resource.slice(prefix.length), person);
  }
  return members;
}

/** A person stays if the roster still has the name, or if the program declares either address elsewhere. */
export function leavingMembers(
  { members, declared }: Pick<RosterPlan, "members" | "declared">,
  had: ReadonlyMap<string, RecordedPerson>,
): (readonly [name: string, person: RecordedPerson])[] {
  const staying = new Set([...members.map(({ email }) => email), ...declared]);
  return [...had].filter(([name, { email }]) => !staying.has(name) && !declared.has(email));
}

/**
 * How many people may leave at once if nobody says otherwise: a quarter, and at least 3.
 *
 * @param had how many people there were.
 * @example
 * usualRemovals(60); // 15
 */
export function usualRemovals(had: number): number {
  return Math.max(AT_LEAST, Math.floor(had / 4));
}

/**
 * How many people may leave a roster: what the environment says for this run, or else the program.
 *
 * @throws UserError if the environment's is not a whole number.
 */
export function readMaxRemovals(
  declared: number | null | undefined,
  env: Readonly<Record<string, string | undefined>>,
): number | undefined {
  const text = env.HEADSHOTPRO_MAX_REMOVALS?.trim();
  if (!text) return declared ?? undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UserError(`HEADSHOTPRO_MAX_REMOVALS is ${JSON.stringify(text)}: expected a whole number.`);
}

/** The people of an organization, at the API, in the program and in the state. */
interface Everyone {
  /** The API's list. */
  invites: readonly { email: string; status: string }[];
  /** How many rows of it cannot be read. */
  unreadable: number;
  /** By canonical address. */
  declared: Iterable<string>;
  declaredSoFar?: boolean;
  /** Whom the stack has: they are declared still, or about to be revoked. */
  recorded: readonly RecordedPerson[];
}

/**
 * Reports people who are invited to the organization but not declared, and rows of the list that cannot be read, which
 * may hold such people. Undefined if there are none.
 */
export function unmanagedReport(everyone: Everyone): string | undefined {
  const { declared, recorded, invites, unreadable } = everyone;
  const people = unmanagedPeople(invites, new Set([...declared, ...recorded.map(({ email }) => email)]));
  const lines = [undeclaredLine(people, everyone.declaredSoFar), unreadableLine(unreadable)];
  return lines.filter(Boolean).join("\n") || undefined;
}

function unmanagedPeople(invites: Everyone["invites"], declared: ReadonlySet<string>): string[] {
  const live = invites.filter(({ status }) => !isOver(status)).map(({ email }) => personOf(email));
  return [...new Set(live)].filter((email) => !declared.has(email)).sort();
}

function undeclaredLine(people: readonly string[], declaredSoFar = false): string | undefined {
  if (people.length === 0) return undefined;
  return (
    `${count(people.length, "person is", "people are")} invited to the organization, but not declared here: ` +
    `${firstOf(people, NAMED)}. To manage them: add them to the roster (an unused invite is adopted without an ` +
    `e-mail). To leave them alone: unmanaged: "ignore".${declaredSoFar ? DECLARED_LATER : ""}`
  );
}

function unreadableLine(unreadable: number): string | undefined {
  const rows = unreadableRows(unreadable);
  return (
    rows &&
    `${rows}, so whether everybody in the organization is declared here is not known. Look at HeadshotPro's own page ` +
      'of the team, or for a later version of pulumi-headshotpro. To go on without knowing: unmanaged: "ignore".'
  );
}
