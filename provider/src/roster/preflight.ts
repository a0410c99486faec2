import { type AllowedDomains, outsideDomain } from "../invite/allowed-domains";
import { personOf } from "../invite/email";
import { isOver } from "../invite/headshots-guard";
import { UNKNOWN } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import { unreadableRows } from "../invite/people";
import { plainName, type Team, teamNamed } from "../invite/team";
import { count, firstOf } from "../text";
import { nameOf, ROSTER_TYPE, typesOf } from "../urn";
import { UserError } from "../user-error";
import type { RecordedPerson } from "./recorded-people";
import { firstProblemLines, type RosterMember, type RosterProblem, rosterProblems } from "./validate";

/** By what the state knows whose people are a roster's. */
export interface RosterInState {
  name: string;
  formerNames: readonly string[];
  /** The people in the stack's state, in any resource. */
  recorded: readonly RecordedPerson[];
  /** By address, the resource that a person was before. */
  aliases?: Record<string, unknown> | null | undefined;
}

/** A roster that is about to be applied, and all that decides whether it may be. */
export interface RosterPlan extends RosterInState {
  members: readonly ({ email: string; isLater?: boolean } & Pick<
    RosterMember,
    "where" | "team" | "teamId"
  >)[];
  /** What is wrong with the addresses of those whom the state does not have. */
  problems?: readonly RosterProblem[];
  /** The inputs for everyone whose row does not have them. */
  defaults?: Partial<InviteInputs> | null;
  /** The people whom the program declares in the roster's organization, in any resource, by canonical address. */
  declared: ReadonlySet<string>;
  /** Whether `declared` has only the people who are declared before the roster. */
  declaredSoFar?: boolean;
  /** Undefined allows all. */
  allowedDomains: AllowedDomains | undefined;
  /** Undefined: {@link usualRemovals}. */
  maxRemovals: number | undefined;
  /** Undefined if they were not asked for: then the check of each person looks up the team. */
  teams?: readonly Team[] | undefined;
  /** Whose names they are looked up for; left out: everybody's. */
  newTeams?: readonly NewTeam[];
}

interface NewTeam {
  where: string;
  team: string;
}

/** How many people a message names. */
const NAMED = 10;

/** For a plugin, which does not know the end of the program. */
const DECLARED_LATER =
  " People whom the program declares elsewhere count if the roster comes after them (`dependsOn`).";

/** Why a roster must not be applied. */
export interface Refusal {
  message: string;
  /** The people who would leave the roster, each by the address in their resource's name `ROSTER/ADDRESS`. */
  leaving: readonly string[];
}

/**
 * Why a roster must not be applied; undefined if it may be. It is asked before anybody is touched: first for newcomers
 * whose address is wrong, then for addresses outside of the allowed domains, then for unknown teams, then for too many
 * people who leave.
 */
export function preflight(plan: RosterPlan): Refusal | undefined {
  const had = recordedMembers(plan);
  const leaving = leavingMembers(plan, had);
  const known = new Set([...plan.recorded.map(({ email }) => email), ...had.keys()]);
  const message =
    addressRefusal(plan, known) ??
    domainRefusal(plan, known) ??
    teamRefusal(plan) ??
    removalRefusal(plan, had.size, leaving);
  return message === undefined ? undefined : { message, leaving: leaving.map(([name]) => name) };
}

function addressRefusal({ name, problems = [] }: RosterPlan, known: ReadonlySet<string>): string | undefined {
  const wrong = problems.filter(({ person = "" }) => !known.has(person));
  return wrong.length === 0 ? undefined : rosterProblems(name, firstProblemLines(wrong), wrong.length);
}

function domainRefusal(
  { name, members, allowedDomains }: RosterPlan,
  known: ReadonlySet<string>,
): string | undefined {
  const problems = domainProblems(members, allowedDomains, known);
  if (problems.length === 0) return undefined;
  const addresses = count(problems.length, "address is", "addresses are");
  return (
    `${nobodyIn(name)} ${addresses} outside of the allowed domains:\n  ${firstProblemLines(problems).join("\n  ")}\n` +
    "Correct the roster, or add the domain to allowedDomains."
  );
}

function teamRefusal(plan: RosterPlan): string | undefined {
  const { teams, newTeams = newTeamNames(plan) } = plan;
  if (teams === undefined) return undefined;
  const problems = newTeams.flatMap(({ where, team }) => {
    const { problem } = teamNamed(team, teams);
    return problem === undefined ? [] : [{ where, column: "team", value: team, reason: problem }];
  });
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
 * The people of a roster whose domain is not allowed.
 *
 * @param recorded the people whom the stack has already, by canonical address: they may stay.
 */
export function domainProblems(
  members: RosterPlan["members"],
  allowed: AllowedDomains | undefined,
  recorded: ReadonlySet<string> = new Set(),
): RosterProblem[] {
  return members.flatMap(({ email, where }) => {
    const outside = recorded.has(email) ? undefined : outsideDomain(email, allowed);
    return outside === undefined ? [] : [{ where, value: email, reason: `${email}: ${outside}` }];
  });
}

/** The names of teams in a roster that the state does not have for the same person: an earlier run has found the others. */
export function newTeamNames(plan: RosterInState & Pick<RosterPlan, "members" | "defaults">): NewTeam[] {
  const { members, defaults, recorded } = plan;
  const known = new Set(recorded.map(({ email, team }) => toKey(email, team)));
  for (const [name, { team }] of recordedMembers(plan)) known.add(toKey(name, team));
  const inUse = new Set(recorded.map(({ team }) => plainName(team ?? "")));
  const added = members.flatMap(({ email, isLater, where, ...own }) => {
    const isOwn = own.team !== undefined || own.teamId !== undefined;
    const team = isOwn ? own.team : (defaults?.team ?? undefined);
    if (team === undefined || team === UNKNOWN || known.has(toKey(email, team))) return [];
    // Nobody else looks up the team of those who start later, and not again once somebody is in it.
    return isLater && inUse.has(plainName(team)) ? [] : [{ where: isOwn ? where : "defaults", team }];
  });
  const rows = added.filter(({ where }) => where !== "defaults");
  // The defaults are one place, however many people have none of their own.
  return [...added.filter(({ where }) => where === "defaults").slice(0, 1), ...rows];
}

function toKey(email: string, team: string | undefined): string {
  return JSON.stringify([email, plainName(team ?? "")]);
}

/**
 * The people whom the state has in this roster, by the address in their resource's name. They may be invited by another
 * address, because a transform of the program may change it.
 */
export function recordedMembers({ name, formerNames, recorded }: RosterInState): Map<string, RecordedPerson> {
  const members = new Map<string, RecordedPerson>();
  for (const person of recorded) {
    const resource = nameOf(person.urn);
    // Another roster's name may begin with this one's and a slash.
    const isElsewhere = (roster: string) =>
      resource.endsWith(`/${person.email}`) && resource !== `${roster}/${person.email}`;
    const roster = [name, ...formerNames].find((one) => resource.startsWith(`${one}/`) && !isElsewhere(one));
    if (roster !== undefined && typesOf(person.urn).at(-2) === ROSTER_TYPE)
      members.set(resource.slice(roster.length + 1), person);
  }
  return members;
}

/** The same, and whom another resource has that is theirs by an alias: they stay invited, whatever their first day is. */
export function invitedMembers(plan: RosterInState): Map<string, RecordedPerson> {
  const members = recordedMembers(plan);
  for (const [address, former] of Object.entries(plan.aliases ?? {})) {
    const email = personOf(address);
    const named = typeof former === "string" ? nameOf(former) || former : (former as { name?: string }).name;
    const resource = named ?? `${plan.name}/${email}`;
    const person = plan.recorded.find((one) => one.email === email && nameOf(one.urn) === resource);
    if (person && !members.has(email)) members.set(email, person);
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

/** How many of the people whom a roster had may leave it at once by default: a quarter, and at least 3. */
export function usualRemovals(had: number): number {
  return Math.max(3, Math.floor(had / 4));
}

/** How many people may leave a roster, by the environment or else by the program. @throws UserError */
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
interface Everyone extends Pick<RosterPlan, "declaredSoFar" | "recorded"> {
  /** The API's list. */
  invites: readonly { email: string; status: string }[];
  /** How many rows of it cannot be read. */
  unreadable: number;
  /** By canonical address. */
  declared: Iterable<string>;
}

/**
 * Reports people who are invited to the organization, but neither declared nor in the state, and rows of the list that
 * cannot be read, which may hold such people. Undefined if there are none.
 */
export function unmanagedReport(everyone: Everyone): string | undefined {
  const { invites, unreadable, declared, recorded, declaredSoFar } = everyone;
  const managed = new Set([...declared, ...recorded.map(({ email }) => email)]);
  const live = invites.filter(({ status }) => !isOver(status)).map(({ email }) => personOf(email));
  const people = [...new Set(live)].filter((email) => !managed.has(email)).sort();
  const rows = unreadableRows(unreadable);
  const lines: string[] = [];
  if (people.length > 0)
    lines.push(
      `${count(people.length, "person is", "people are")} invited to the organization, but not declared here: ` +
        `${firstOf(people, NAMED)}. To manage them: add them to the roster (an unused invite is adopted without an ` +
        `e-mail). To leave them alone: unmanaged: "ignore".${declaredSoFar ? DECLARED_LATER : ""}`,
    );
  if (rows)
    lines.push(
      `${rows}, so whether everybody in the organization is declared here is not known. Look at HeadshotPro's own page ` +
        'of the team, or for a later version of pulumi-headshotpro. To go on without knowing: unmanaged: "ignore".',
    );
  return lines.join("\n") || undefined;
}
