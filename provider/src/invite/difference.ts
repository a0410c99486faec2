import { INPUTS, UNKNOWN } from "./inputs";
import { type InviteInputs, type InviteState, needsRenewal, needsResend } from "./invite";
import { compareMarks, markText, type OrganizationMark } from "./organization-mark";
import { isOver } from "./status";

/** Why an invite is to be sent again in its place. */
export type SendReason =
  /** An earlier run took it away and was not able to send the next one. */
  | "revoked"
  /** Another team is declared. */
  | "team"
  /** It expired unused. */
  | "expired"
  /** `resend` was raised. */
  | "resend";

/** What an `up` has to do about one person. */
export type Difference =
  | { kind: "none" }
  /** Only what the state records differs: nothing is sent. */
  | { kind: "record" }
  /** The invite is taken away and sent again, or just sent if there is none. */
  | { kind: "send"; reasons: SendReason[] }
  /** Another address or another organization: invited there first, then revoked here. */
  | { kind: "replacement"; properties: ReplacedProperty[] };

/** What makes an invite another one; the name as the state has it. */
export type ReplacedProperty = "email" | "__organization";

/** What is recorded as the program says it, without a request: all but who is invited, and into which team. */
export const FLAGS = INPUTS.filter((name) => !["email", "teamId", "team"].includes(name));

/**
 * Compares the state with a checked declaration. An undeclared team is not a difference, and neither is a state that
 * does not say whose organization it is.
 *
 * A change of team is no replacement: the API refuses a second invite for an address, so the old one goes first, and
 * only the one verb that does both can record how far it came.
 *
 * @param organization where the person is declared now; undefined while the configuration cannot be used.
 */
export function differenceOf(
  state: InviteState,
  declared: InviteInputs,
  now: Date,
  organization?: OrganizationMark,
): Difference {
  const marks = compareMarks(state.__organization, organization);
  const properties: ReplacedProperty[] = [];
  if (declared.email !== state.email) properties.push("email");
  if (marks === "other") properties.push("__organization");
  if (properties.length > 0) return { kind: "replacement", properties };
  const reasons = sendReasons(state, declared, now);
  if (reasons.length > 0) return { kind: "send", reasons };
  const differs = marks === "renamed" || FLAGS.some((flag) => declared[flag] !== state[flag]);
  return { kind: differs ? "record" : "none" };
}

/** Why the invite has to be sent again as things stand; nothing if it has not. */
export function sendReasons(state: InviteState, declared: InviteInputs, now: Date): SendReason[] {
  if (isOver(state.status)) return ["revoked"];
  const reasons: SendReason[] = [];
  if (declared.teamId !== undefined && declared.teamId !== state.teamId) reasons.push("team");
  if (needsRenewal(state, asItMayBe(declared.maxRenewals), now)) reasons.push("expired");
  if (needsResend(state, asItMayBe(declared.resend))) reasons.push("resend");
  return reasons;
}

/** A number that a preview does not know yet may be so high that something is sent: then that is announced. */
function asItMayBe(count: number | undefined): number | undefined {
  return (count as unknown) === UNKNOWN ? Infinity : count;
}

/**
 * Why a pending invite must not be sent again on request, or undefined if it may. A run that was stopped between
 * sending it again and recording that leaves a trace only in the invite's date.
 */
export function refusalToResend(state: InviteState, reasons: readonly SendReason[]): string | undefined {
  if (!reasons.includes("resend") || state.createdAt !== undefined) return undefined;
  return (
    `${state.email}: it is not known when the invite was sent, so it is not clear whether \`resend\` was carried out ` +
    "already. Run `pulumi refresh` first."
  );
}

/** The state of a person who is recorded under the provider that manages them now. What says so already stays. */
export function marked(state: InviteState, organization: OrganizationMark): InviteState {
  const { __organization: mark } = state;
  const isRecorded = mark !== undefined && compareMarks(mark, organization) === "same";
  return isRecorded ? state : { ...state, __organization: markText(organization) };
}

/**
 * The team to put into the checked inputs if the program names none: the one that the state has, so that
 * leaving the team out never shows as a difference. Not for another person: they are invited as declared.
 */
export function carriedTeam(
  previous: Record<string, unknown>,
  declared: Record<string, unknown>,
): string | undefined {
  const names = declared.teamId ?? declared.team;
  const samePerson = declared.email !== UNKNOWN && declared.email === previous.email;
  return samePerson && names === undefined && typeof previous.teamId === "string"
    ? previous.teamId
    : undefined;
}
