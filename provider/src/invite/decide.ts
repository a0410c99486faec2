import { hasSignedUp, isOver, mayHaveHeadshots, refusalToAdopt, refusalToReplace } from "./headshots-guard";
import { INPUTS, UNKNOWN } from "./inputs";
import {
  DEFAULT_MAX_RENEWALS,
  expiryOf,
  type InviteInputs,
  type InviteState,
  isLater,
  type ReplacedProperty,
  SAME_INVITE_MS,
  type SeenInvite,
} from "./invite";
import { compareOrganizations, type Organization, unreachableText } from "./organization";

/** Why an invite is sent, or sent again in its place. */
export type SendReason =
  /** Nobody has it: it is new, or was revoked. */
  | "missing"
  /** Another team is declared. */
  | "team"
  /** It expired unused. */
  | "expired"
  /** `resend` was raised. */
  | "resend";

/** What becomes of a person. */
export type Decision =
  | { kind: "nothing" }
  /** Only what the state records differs: nothing is revoked or sent. */
  | { kind: "record" }
  /** Nobody is invited: one e-mail. */
  | { kind: "send"; reasons: SendReason[] }
  /** The unused invite is revoked, and one is sent in its place: one e-mail. */
  | { kind: "reissue"; reasons: SendReason[] }
  /** Moved to the declared team by HeadshotPro: no e-mail, and the headshots stay. */
  | { kind: "assign" }
  /** Somebody who is invited already is taken over: no e-mail. */
  | { kind: "adopt" }
  /** Another address or another organization: invited there first, then revoked here. */
  | { kind: "replace"; properties: ReplacedProperty[] }
  | { kind: "refuse"; why: string };

/** What a program declares of a person, and what holds if it does not say. */
export interface Declaration {
  inputs: InviteInputs;
  byDefault: { adopt?: boolean; forceDestroy: boolean };
  /** Where the person is declared; undefined while the configuration cannot be used. */
  organization?: Organization;
  /** Our own invite to them was sent a moment ago, and its reply was lost. */
  replyLost?: boolean;
  /** `pulumi do` asks: there is neither a program nor a state. */
  isDirect?: boolean;
}

/** What is recorded as the program says it, without a request: all but who is invited, and into which team. */
export const FLAGS = INPUTS.filter((name) => !["email", "teamId", "team"].includes(name));

/**
 * Decides what becomes of one person. This is the only place that does: a preview asks with the state as what is seen,
 * and an `up` asks again with a fresh look, so that both decide alike.
 *
 * @param known the state; undefined for somebody new to the stack.
 * @param seen the person at HeadshotPro; undefined if nobody has invited them. A `createdAt` only if it is sure.
 */
export function decide(
  known: InviteState | undefined,
  declaration: Declaration,
  seen: SeenInvite | undefined,
  now: Date,
): Decision {
  const { inputs, organization, byDefault } = declaration;
  if (known === undefined) return decideNewcomer(declaration, seen);
  const where = compareOrganizations(known.__organization, organization);
  if (where === "unreachable" && organization) return refuse(unreachableText(organization));
  const properties: ReplacedProperty[] = [];
  if (inputs.email !== known.email) properties.push("email");
  if (where === "other") properties.push("__organization");
  if (properties.length > 0) {
    const why = refusalToReplace(
      { ...known, ...standingOf(seen) },
      inputs,
      properties,
      byDefault.forceDestroy,
    );
    return why === undefined ? { kind: "replace", properties } : refuse(why);
  }
  if (seen === undefined || seen.status === "revoked") return { kind: "send", reasons: ["missing"] };
  const resend = isResendDue(known, inputs, seen);
  if (seen.status === "deleted" && resend) return { kind: "send", reasons: ["resend"] };
  const otherTeam = inputs.teamId !== undefined && inputs.teamId !== seen.teamId;
  if (hasSignedUp(seen) && otherTeam) return { kind: "assign" };
  if (seen.status === "pending" && !mayHaveHeadshots(seen)) {
    const reasons: SendReason[] = [];
    if (otherTeam) reasons.push("team");
    if (isRenewalDue(known, inputs, seen, now)) reasons.push("expired");
    if (resend) reasons.push("resend");
    if (resend && (known.createdAt === undefined || seen.createdAt === undefined))
      return refuse(undated(known, declaration.isDirect));
    if (reasons.length > 0) return { kind: "reissue", reasons };
  }
  const differs = where === "renamed" || FLAGS.some((flag) => inputs[flag] !== known[flag]);
  return { kind: differs ? "record" : "nothing" };
}

function decideNewcomer(
  { inputs, byDefault, replyLost = false, isDirect }: Declaration,
  seen: SeenInvite | undefined,
): Decision {
  if (seen === undefined || isOver(seen.status)) return { kind: "send", reasons: ["missing"] };
  const why = refusalToAdopt(inputs.email, seen, inputs.adopt ?? byDefault.adopt, replyLost, isDirect);
  return why === undefined ? { kind: "adopt" } : refuse(why);
}

/** Whether an invite has expired unused, and renewals are left. */
export function isRenewalDue(known: InviteState, inputs: InviteInputs, seen: SeenInvite, now: Date): boolean {
  const expired = Date.parse(expiryOf(seen.createdAt) ?? "") <= now.getTime();
  return (
    seen.status === "pending" &&
    expired &&
    known.renewals < asItMayBe(inputs.maxRenewals ?? DEFAULT_MAX_RENEWALS)
  );
}

/**
 * Whether a raised `resend` is still to be carried out. A run that was stopped between sending the invite and recording
 * that leaves a trace at HeadshotPro: a later invite than the known one, or one where the known one was over.
 */
function isResendDue(known: InviteState, inputs: InviteInputs, seen: SeenInvite): boolean {
  const carriedOut =
    (isOver(known.status) && !isOver(seen.status)) ||
    isLater(seen.createdAt, known.createdAt, SAME_INVITE_MS);
  return isResendRaised(known, inputs) && !carriedOut;
}

export function isResendRaised(known: InviteState, inputs: InviteInputs): boolean {
  return asItMayBe(inputs.resend ?? 0) > (known.resend ?? 0);
}

/** A number that a preview does not know yet may be so high that something is sent: then that is announced. */
function asItMayBe(count: number): number {
  return (count as unknown) === UNKNOWN ? Infinity : count;
}

function standingOf(seen: SeenInvite | undefined): { status: string; modelId?: string } {
  return { status: seen?.status ?? "revoked", modelId: seen?.modelId };
}

function refuse(why: string): Decision {
  return { kind: "refuse", why };
}

function undated({ email }: InviteState, isDirect = false): string {
  return (
    `${email}: it is not known when the invite was sent, so it is not clear whether \`resend\` was carried out ` +
    `already. Run ${isDirect ? "the same command again" : "`pulumi refresh` first"}.`
  );
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
