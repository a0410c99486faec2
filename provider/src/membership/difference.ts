import { UNKNOWN } from "./inputs";
import { type InviteInputs, type InviteState, needsRenewal } from "./invite";
import { hasHeadshots } from "./status";

/** What an `up` has to do about one person. */
export type Difference =
  | { kind: "none" }
  /** Only flags differ: recorded, nothing is sent. */
  | { kind: "flags" }
  /** The invite has expired and is to be sent again. */
  | { kind: "renewal" }
  /** Another e-mail or another team: the old invite is revoked, a new one is sent. */
  | { kind: "replacement"; properties: ("email" | "teamId")[]; oldFirst: boolean };

/**
 * Compares the state with a checked declaration. An undeclared team is not a difference.
 *
 * A change of team takes the old invite away first, since the API refuses a second one for the same address; a
 * change of address invites the new one first, so that a failure leaves the old one in place.
 */
export function differenceOf(state: InviteState, declared: InviteInputs, now: Date): Difference {
  const properties: ("email" | "teamId")[] = [];
  if (declared.email !== state.email) properties.push("email");
  if (declared.teamId !== undefined && declared.teamId !== state.teamId) properties.push("teamId");
  if (properties.length > 0)
    return { kind: "replacement", properties, oldFirst: !properties.includes("email") };
  if (needsRenewal(state, declared.maxRenewals, now)) return { kind: "renewal" };
  const flagsDiffer = (["adopt", "forceDestroy", "maxRenewals"] as const).some(
    (flag) => declared[flag] !== state[flag],
  );
  return { kind: flagsDiffer ? "flags" : "none" };
}

/**
 * The team to put into the checked inputs where the program names none: the one that the state has, so that
 * leaving `teamId` out never shows as a difference. Not for another person: she is invited as declared.
 */
export function carriedTeam(
  previous: Record<string, unknown>,
  declared: Record<string, unknown>,
): string | undefined {
  const samePerson = declared.email !== UNKNOWN && declared.email === previous.email;
  return samePerson && declared.teamId === undefined && typeof previous.teamId === "string"
    ? previous.teamId
    : undefined;
}

/**
 * Why a replacement must not happen, or undefined where it may. The old invite is destroyed by what the *state*
 * says, so a `forceDestroy` that arrives in the same `up` comes too late for it.
 */
export function refusalToReplace(
  state: InviteState,
  declared: InviteInputs,
  change: { properties: readonly ("email" | "teamId")[] },
  forced: boolean,
): string | undefined {
  if (forced || !hasHeadshots(state.status)) return undefined;
  // A preview may not know a value yet: it shows the replacement as possible, and the `up` decides.
  if (change.properties.every((property) => declared[property] === UNKNOWN)) return undefined;
  const otherPerson = change.properties.includes("email");
  const what = otherPerson ? "inviting another address in that place" : `a move to team ${declared.teamId}`;
  const wayOut = declared.forceDestroy
    ? "forceDestroy is new in this program: run `pulumi up` with it alone first, then make this change."
    : "To delete them: set forceDestroy: true, run `pulumi up`, then make this change.";
  const keep = otherPerson ? "declare the new address as another resource" : "leave teamId out";
  return (
    `${state.email} has headshots (${state.status}); ${what} would delete them for good. ` +
    `${wayOut} To keep them: undo the change, or ${keep}.`
  );
}
