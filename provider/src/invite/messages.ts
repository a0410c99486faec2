import { type Decision, isRenewalDue, isResendRaised } from "./decide";
import { isOver, mayHaveHeadshots, standingText } from "./headshots-guard";
import { UNKNOWN } from "./inputs";
import { DEFAULT_MAX_RENEWALS, type InviteInputs, type InviteState, type SeenInvite } from "./invite";
import type { Organization } from "./organization";
import { teamText } from "./team";

/**
 * What a preview says of a change beside the properties that it shows: who is e-mailed, who loses an invite, who moves,
 * and why; and why nothing is sent although it may seem due. Nothing for what is only recorded.
 *
 * @param isDirect whether `pulumi do` asks, and does it itself right away.
 */
export function previewLines(
  state: InviteState,
  declared: InviteInputs,
  decision: Decision,
  organization: Organization | undefined,
  now: Date,
  isDirect = false,
): string[] {
  const actor = isDirect ? "this command" : "`pulumi up`";
  switch (decision.kind) {
    case "send":
      return [sendLine(state, declared, actor)];
    case "reissue":
      return [reissueLine(state, declared, decision.reasons, actor)];
    case "assign":
      return [assignLine(state, declared), ...quietLines(state, declared, now)];
    case "replace":
      return decision.properties.includes("__organization") ? [moveLine(state, declared, organization)] : [];
    default:
      return quietLines(state, declared, now);
  }
}

function sendLine({ email, status }: InviteState, { resend }: InviteInputs, actor: string): string {
  if (status === "deleted")
    return `${email} was deleted at HeadshotPro: ${actor} invites them again, with a new e-mail${resendText(resend)}`;
  return `${email}: the invite was revoked and not sent again yet: ${actor} sends it, with a new e-mail`;
}

/** The weightiest reason says what happens; the others happen with it. */
function reissueLine(
  state: InviteState,
  declared: InviteInputs,
  reasons: readonly string[],
  actor: string,
): string {
  const { email, status } = state;
  if (reasons.includes("team"))
    return `${email} moves to ${declaredTeamText(declared)}: ${actor} revokes the invite (${status}) and sends one there, with a new e-mail`;
  if (reasons.includes("expired")) return renewalLine(state, declared.maxRenewals, actor);
  return `${email}: ${actor} revokes the unused invite and sends it again, with a new e-mail${resendText(declared.resend)}`;
}

/** What is due by the program or the calendar, and is not done; a link that was asked for too late. */
function quietLines(state: InviteState, declared: InviteInputs, now: Date): string[] {
  const { email } = state;
  const lines: string[] = [];
  const isNextShoot = state.status === "pending" && mayHaveHeadshots(state);
  if (isResendRaised(state, declared) && !isOver(state.status)) {
    const why = isNextShoot
      ? `has headshots (${standingText(state)})`
      : `has used the invite (${state.status})`;
    lines.push(`${email} ${why}, so \`resend\` sends nothing`);
  } else if (isNextShoot && isRenewalDue(state, declared, state, now))
    lines.push(
      `${email} did not use the invite before it expired (${state.expiresAt}), and has headshots (${standingText(state)}): ` +
        "it is not sent again, because that would delete them",
    );
  const wantsLink = declared.keepLink === true && state.keepLink !== true && state.link === undefined;
  if (wantsLink && state.status === "pending")
    lines.push(
      `${email}: the link of an invite that was sent before is not known; the next \`resend\` records one`,
    );
  return lines;
}

function renewalLine(state: InviteState, maxRenewals: number | undefined, actor: string): string {
  const most = maxRenewals ?? DEFAULT_MAX_RENEWALS;
  const limit = isKnown(most) ? ` of ${most}` : ", if `maxRenewals` allows it";
  return (
    `${state.email} did not use the invite before it expired (${state.expiresAt}): ` +
    `${actor} sends it again, with a new e-mail (renewal ${state.renewals + 1}${limit})`
  );
}

function moveLine(state: InviteState, declared: InviteInputs, organization?: Organization): string {
  const where = organization?.provider
    ? `the organization of provider "${organization.provider}"`
    : "the default organization";
  const other = isKnown(declared.email) ? declared.email : "another address";
  const invites = declared.email === state.email ? "invites there" : `invites ${other} there`;
  return (
    `${state.email} moves to ${where}: \`pulumi up\` ${invites}, with a new e-mail, and then revokes the invite ` +
    `in the organization that they leave (${standingText(state)})`
  );
}

/** What a refresh says of somebody whose turn is over. */
export function deletedLine(email: string): string {
  return (
    `${email} has been deleted at HeadshotPro (retention, or by hand): they stay as they are; ` +
    "raise `resend` to invite them again"
  );
}

/** What is said of somebody whom a create or a lost reply finds invited. */
export function adoptionLine(
  email: string,
  seen: SeenInvite,
  before: InviteInputs,
  { sentNow, ours, isDirect }: { sentNow: boolean; ours?: string; isDirect: boolean },
): string {
  const standing = standingText(seen);
  if (sentNow)
    return `${email}: the reply to the invite was lost; a look-up found it (${standing}), so nothing was sent again`;
  if (ours !== undefined) return `${email} is invited (${standing}) and stays so: ${ours}, no e-mail sent`;
  const adopted = isDirect ? "" : "adopted, ";
  return `${email} was already invited (${standing}): ${adopted}no e-mail sent${otherTeamText(seen.teamId, before, isDirect)}`;
}

function otherTeamText(actual: string | undefined, before: InviteInputs, isDirect: boolean): string {
  if (before.teamId === undefined || before.teamId === actual) return "";
  const move = isDirect ? "`patch` moves them" : "the next preview shows the move";
  return `; the invite is ${actual ? `in team ${actual}` : "without a team"}, so ${move} to ${teamText(before)}`;
}

/** Why `pulumi do patch` must not name another person. The engine would replace the resource. */
export function anotherAddressText(email: string, declared: string): string {
  return (
    `${email} was not changed to ${declared}: another address is another person, who gets an invite of their own. ` +
    `\`create\` invites ${declared}, and \`delete\` takes the invite of ${email} away.`
  );
}

function assignLine(state: InviteState, declared: InviteInputs): string {
  const headshots = mayHaveHeadshots(state) ? "; headshots stay" : "";
  return `${state.email} moves to ${declaredTeamText(declared)}, without an e-mail${headshots}`;
}

function declaredTeamText(declared: InviteInputs): string {
  return isKnown(declared.teamId) ? teamText(declared) : "another team";
}

function resendText(resend: number | undefined): string {
  return isKnown(resend) ? ` (resend ${resend})` : ", if `resend` is raised";
}

/** A preview may not know a value yet. */
function isKnown(value: unknown): boolean {
  return value !== UNKNOWN;
}
