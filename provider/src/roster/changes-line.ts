import { type Declaration, decide } from "../invite/decide";
import { personOf } from "../invite/email";
import { isOver } from "../invite/headshots-guard";
import { UNKNOWN } from "../invite/inputs";
import { type InviteInputs, type InviteState, stateOf } from "../invite/invite";
import { isInOrganization, type Organization } from "../invite/organization";
import { plainName } from "../invite/team";
import { count } from "../text";
import { withDefaults } from "./load";
import { leavingMembers, type RosterPlan, recordedMembers } from "./preflight";

/** A roster that nothing stands in the way of, with all that decides what becomes of its people. */
interface AdmittedRoster extends Pick<RosterPlan, "name" | "formerNames" | "recorded" | "declared"> {
  defaults?: object | null;
  /** Rows as the program has them; a value that is known only later counts as it was. */
  members: readonly { email: string; where: string }[];
  /** By address, the resource that a person was before. */
  aliases?: Record<string, unknown> | null;
  /** Undefined: the configuration cannot be used. */
  organization: Organization | undefined;
  now: Date;
}

/** What becomes of one person. */
type Fate = "emailed" | "loses" | "moves" | "adopted";

/**
 * What a run does to the people of a roster, as the state knows them, in one line; undefined if nothing happens to
 * anybody. Each person counts once, an e-mail before all else. The preview has a line of its own about each of them.
 *
 * @example "3 people will be e-mailed, 2 lose their invite, 1 moves"
 */
export function changesLine(roster: AdmittedRoster): string | undefined {
  const had = recordedMembers(roster);
  const elsewhere = new Map(roster.recorded.map((person) => [person.email, person]));
  const aliased = new Set(Object.keys(roster.aliases ?? {}).map(personOf));
  const fates = roster.members.map(({ where, ...row }): Fate | undefined => {
    const inputs = knownInputs(withDefaults<object>(roster.defaults, row));
    const known =
      had.get(row.email) ?? (aliased.has(personOf(row.email)) ? elsewhere.get(row.email) : undefined);
    if (known) return fateOf(stateOf(known), inputs, roster);
    const other = elsewhere.get(row.email)?.__organization;
    return elsewhere.has(row.email) && isInOrganization(other, roster.organization) ? "adopted" : "emailed";
  });
  for (const [, { status = "unknown" }] of leavingMembers(roster, had))
    if (!isOver(status)) fates.push("loses");
  return toLine((fate) => fates.filter((one) => one === fate).length);
}

function knownInputs(declared: object): Partial<InviteInputs> {
  const isKnown = (value: unknown) => value !== null && value !== UNKNOWN && typeof value !== "object";
  return Object.fromEntries(Object.entries(declared).filter(([, value]) => isKnown(value)));
}

function fateOf(
  known: InviteState,
  declared: Partial<InviteInputs>,
  { organization, now }: AdmittedRoster,
): Fate | undefined {
  const declaration: Declaration = {
    // A transform of the program may have changed the address.
    inputs: { ...declared, email: known.email, teamId: declaredTeam(known, declared) },
    byDefault: { forceDestroy: false },
    organization,
  };
  const { kind } = decide(known, declaration, known, now);
  if (kind === "assign") return "moves";
  return kind === "send" || kind === "reissue" || kind === "replace" ? "emailed" : undefined;
}

/** Another name than the recorded one is another team, as far as is known here: only the list of teams tells its id. */
function declaredTeam(known: InviteState, { team, teamId }: Partial<InviteInputs>): string | undefined {
  if (team === undefined || teamId !== undefined) return teamId;
  const names = [known.team, known.teamName].map((name) => plainName(name ?? ""));
  return names.includes(plainName(team)) ? known.teamId : UNKNOWN;
}

function toLine(number: (fate: Fate) => number): string | undefined {
  const [emailed, loses, moves, adopted] = [
    number("emailed"),
    number("loses"),
    number("moves"),
    number("adopted"),
  ];
  if (emailed + loses + moves + adopted === 0) return undefined;
  return [
    emailed === 0 ? "nobody will be e-mailed" : `${count(emailed, "person", "people")} will be e-mailed`,
    ...(loses === 0 ? [] : [count(loses, "loses their invite", "lose their invite")]),
    ...(moves === 0 ? [] : [count(moves, "moves", "move")]),
    ...(adopted === 0
      ? []
      : [
          `${count(adopted, "is", "are")} taken over from another resource (another team comes with the next \`up\`)`,
        ]),
  ].join(", ");
}
