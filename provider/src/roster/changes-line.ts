import { type Decision, decide } from "../invite/decide";
import { isOver, mayHaveHeadshots } from "../invite/headshots-guard";
import { UNKNOWN } from "../invite/inputs";
import { type InviteInputs, type InviteState, type StoredState, stateOf } from "../invite/invite";
import { isInOrganization, type Organization } from "../invite/organization";
import { isNamed, type Team } from "../invite/team";
import { count } from "../text";
import {
  invitedMembers,
  leavingMembers,
  type RosterInState,
  type RosterPlan,
  recordedMembers,
} from "./preflight";

/** A roster that nothing stands in the way of, with all that decides what becomes of its people. */
interface AdmittedRoster extends RosterInState, Pick<RosterPlan, "declared" | "teams"> {
  /** With the defaults; a value that is known only later counts as it was. */
  members: readonly { email: string; where: string; options: object }[];
  /** Undefined: the configuration cannot be used. */
  organization: Organization | undefined;
  /** The configuration's, for whoever's state does not say. */
  forceDestroy: boolean;
  /** `retainOnDelete` of the roster, as this program has it. */
  isRetained: boolean;
  now: Date;
}

/** What becomes of one person, and how the line says it; an e-mail stands before all of them. */
const FATES = {
  loses: ["loses their invite", "lose their invite"],
  lost: ["loses headshots for good", "lose headshots for good"],
  guarded: ["has headshots that stop `pulumi up`", "have headshots that stop `pulumi up`"],
  // The engine goes by the option as the state has it, which nobody tells a program.
  retained: [
    "leaves, and stays invited if the last `up` had `retainOnDelete`, too",
    "leave, and stay invited if the last `up` had `retainOnDelete`, too",
  ],
  moves: ["moves", "move"],
  adopted: ["is taken over from another resource", "are taken over from another resource"],
  adoptedToBeSent: [
    "is taken over from another resource (moves to its team, with a new e-mail, at the next `up`)",
    "are taken over from another resource (move to their team, with a new e-mail, at the next `up`)",
  ],
  adoptedToMove: [
    "is taken over from another resource (moves to its team at the next `up`)",
    "are taken over from another resource (move to their team at the next `up`)",
  ],
} satisfies Record<string, [one: string, many: string]>;

/** `unclear`: an e-mail only if the declared team is another one, which takes a request to know. */
type Fate = keyof typeof FATES | "emailed" | "unclear";

/**
 * What a run does to the people of a roster, as the state knows them, in one line; undefined if nothing is known to happen
 * to anybody. Each person counts once, an e-mail before all else. The preview has a line of its own about each of them.
 *
 * @example "3 people will be e-mailed, 2 lose their invite, 1 moves"
 */
export function changesLine(admitted: AdmittedRoster): string | undefined {
  const roster = { ...admitted, teams: [...(admitted.teams ?? []), ...teamsInState(admitted)] };
  const had = invitedMembers(roster);
  const elsewhere = new Map(roster.recorded.map((person) => [person.email, person]));
  const fates = roster.members.map(({ email, options }): Fate | undefined => {
    const declared = knownInputs(options);
    const known = had.get(email);
    if (known) return fateOf({ known: stateOf(known), declared }, roster);
    const other = elsewhere.get(email);
    const isHere = other && isInOrganization(other.__organization, roster.organization);
    return isHere ? fateOfAdopted({ known: stateOf(other), declared }, roster) : "emailed";
  });
  for (const [, person] of leavingMembers(roster, recordedMembers(roster)))
    fates.push(fateOfLeaving(stateOf(person), roster));
  return toLine((fate) => fates.filter((one) => one === fate).length);
}

function knownInputs(declared: object): Partial<InviteInputs> {
  const isKnown = (value: unknown) => value !== null && value !== UNKNOWN && typeof value !== "object";
  return Object.fromEntries(Object.entries(declared).filter(([, value]) => isKnown(value)));
}

/** Somebody whom the state has, and what the roster says of them. */
interface Member {
  known: InviteState;
  declared: Partial<InviteInputs>;
}

function fateOf(member: Member, roster: AdmittedRoster): Fate | undefined {
  const { teamId, isClear } = declaredTeam(member, roster);
  const fate = fateInTeam(member, teamId, roster);
  return isClear || fateInTeam(member, UNKNOWN, roster) !== "emailed" ? fate : (fate ?? "unclear");
}

function fateInTeam(member: Member, teamId: string | undefined, roster: AdmittedRoster): Fate | undefined {
  const { kind } = decideInTeam(member, teamId, roster);
  if (kind === "assign") return "moves";
  return kind === "send" || kind === "reissue" || kind === "replace" ? "emailed" : undefined;
}

function decideInTeam(
  { known, declared }: Member,
  teamId: string | undefined,
  { organization, forceDestroy, now }: AdmittedRoster,
): Decision {
  // A transform of the program may have changed the address.
  const inputs = { ...declared, email: known.email, teamId };
  return decide(known, { inputs, byDefault: { forceDestroy }, organization }, known, now);
}

/** Nothing is sent now: the resource is new, and takes over the invite as it is. The next `up` finds the other team. */
function fateOfAdopted(member: Member, roster: AdmittedRoster): Fate {
  const next = decideInTeam(member, declaredTeam(member, roster).teamId, roster);
  if (next.kind === "assign") return "adoptedToMove";
  return next.kind === "reissue" && next.reasons.includes("team") ? "adoptedToBeSent" : "adopted";
}

function fateOfLeaving(known: InviteState, { isRetained, forceDestroy }: AdmittedRoster): Fate | undefined {
  if (isOver(known.status)) return undefined;
  if (isRetained) return "retained";
  if (!mayHaveHeadshots(known)) return "loses";
  return (known.forceDestroy ?? forceDestroy) ? "lost" : "guarded";
}

/**
 * The id of the declared team, as far as it is known here. A name that is neither the recorded one nor listed is another
 * team if the state has a name, or no team; else only a request tells, and the person counts as one who stays.
 */
function declaredTeam(
  { known, declared: { team, teamId } }: Member,
  { teams = [] }: AdmittedRoster,
): { teamId: string | undefined; isClear: boolean } {
  if (team === undefined || teamId !== undefined) return { teamId, isClear: true };
  const found = [...namesOf(known), ...teams].find((one) => isNamed(team, one));
  if (found) return { teamId: found.id, isClear: true };
  const isNameless = known.teamId !== undefined && (known.team ?? known.teamName) === undefined;
  return isNameless ? { teamId: known.teamId, isClear: false } : { teamId: UNKNOWN, isClear: true };
}

/** The teams that the people of the organization are in, each once by each of its names. */
function teamsInState({ recorded, organization }: AdmittedRoster): Team[] {
  const here = recorded.filter(({ __organization: mark }) => isInOrganization(mark, organization));
  return [...new Map(here.flatMap(namesOf).map((team) => [JSON.stringify(team), team])).values()];
}

/** The team that somebody is in, by each of its names that the state has. */
function namesOf({ teamId, team, teamName }: StoredState): Team[] {
  const names = [team, teamName].filter((name) => (name ?? undefined) !== undefined) as string[];
  // Without a name it may still be meant by its id.
  return teamId ? [...names, teamId].map((name) => ({ id: teamId, name })) : [];
}

function toLine(number: (fate: Fate) => number): string | undefined {
  const emailed = number("emailed");
  const isUnclear = number("unclear") > 0;
  const others = (Object.keys(FATES) as (keyof typeof FATES)[])
    .filter((fate) => number(fate) > 0)
    .map((fate) => count(number(fate), ...FATES[fate]));
  if (emailed + others.length === 0) return undefined;
  const people = `${isUnclear ? "at least " : ""}${count(emailed, "person", "people")} will be e-mailed`;
  // Nothing is said of e-mails if it is not known whether there are any.
  const nobody = isUnclear ? [] : ["nobody will be e-mailed"];
  return [...(emailed > 0 ? [people] : nobody), ...others].join(", ");
}
