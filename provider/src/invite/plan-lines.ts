import type { Difference, SendReason } from "./difference";
import { UNKNOWN } from "./inputs";
import { type InviteInputs, type InviteState, renewalLine } from "./invite";
import type { OrganizationMark } from "./organization-mark";
import { teamText } from "./team";

/**
 * What a preview says of a change beside the properties that it shows: who will be e-mailed, who loses an invite, and
 * why. Nothing for what is only recorded.
 */
export function planLines(
  state: InviteState,
  declared: InviteInputs,
  difference: Difference,
  organization?: OrganizationMark,
): string[] {
  if (difference.kind === "send") return [sendLine(state, declared, difference.reasons)];
  if (difference.kind === "replacement" && difference.properties.includes("__organization"))
    return [moveLine(state, declared, organization)];
  return difference.kind === "record" ? recordLines(state, declared) : [];
}

function recordLines(state: InviteState, declared: InviteInputs): string[] {
  const { email, status } = state;
  const lines: string[] = [];
  if ((declared.resend ?? 0) > (state.resend ?? 0))
    lines.push(`${email} has used the invite (${status}), so \`resend\` sends nothing`);
  const wantsLink = declared.keepLink === true && state.keepLink !== true && state.link === undefined;
  if (wantsLink && status === "pending")
    lines.push(
      `${email}: the link of an invite that was sent before is not known; the next \`resend\` records one`,
    );
  return lines;
}

/** The weightiest reason says what happens; the others happen with it. */
function sendLine(state: InviteState, declared: InviteInputs, reasons: readonly SendReason[]): string {
  const { email, status } = state;
  if (reasons.includes("revoked"))
    return `${email}: the invite was revoked and not sent again yet: \`pulumi up\` sends it, with a new e-mail`;
  if (reasons.includes("team")) {
    const team = isKnown(declared.teamId) ? teamText(declared) : "another team";
    return `${email} moves to ${team}: \`pulumi up\` revokes the invite (${status}) and sends one there, with a new e-mail`;
  }
  if (reasons.includes("expired")) return renewalLine(state, declared.maxRenewals);
  const resend = isKnown(declared.resend) ? ` (resend ${declared.resend})` : ", if `resend` is raised";
  return `${email}: \`pulumi up\` revokes the unused invite and sends it again, with a new e-mail${resend}`;
}

function moveLine(state: InviteState, declared: InviteInputs, organization?: OrganizationMark): string {
  const where = organization?.provider
    ? `the organization of provider "${organization.provider}"`
    : "the default organization";
  const other = isKnown(declared.email) ? declared.email : "another address";
  const invites = declared.email === state.email ? "invites there" : `invites ${other} there`;
  return (
    `${state.email} moves to ${where}: \`pulumi up\` ${invites}, with a new e-mail, and then revokes the invite ` +
    `in the organization that they leave (${state.status})`
  );
}

/** A preview may not know a value yet. */
function isKnown(value: unknown): boolean {
  return value !== UNKNOWN;
}
