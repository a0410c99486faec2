import { FLAGS, type SendReason, sendReasons } from "../invite/difference";
import { UNKNOWN } from "../invite/inputs";
import type { InviteState } from "../invite/invite";
import type { Changed } from "./changes";
import { visibleOrNull } from "./preview-json";

/** The last moment that a date can hold: every invite has expired by then. */
const LAST_MS = 8.64e15;

/**
 * Why `pulumi up` sends somebody's invite again, by the rule that the provider itself has; nothing if it does not.
 * What a preview says in words is not asked: another version says it in others.
 *
 * @param at the time of the review. The preview was earlier, and the `up` that decides comes later.
 */
export function sendReasonsIn(change: Changed, at: Date): SendReason[] {
  const { was, now } = change;
  const moves = movesTeam(change);
  // Two secrets look alike, so whether they differ is decided before.
  const state = moves ? { ...was.state, teamId: undefined } : was.state;
  const declared = {
    email: state.email,
    teamId: moves ? now.inputs.teamId : undefined,
    maxRenewals: toNumber(now.inputs.maxRenewals),
    resend: mayBeRaised(change) ? Number.POSITIVE_INFINITY : toNumber(now.inputs.resend),
  };
  return sendReasons(state, declared, at);
}

/** The same for somebody whom the engine updates, which it does for a reason. */
export function updateReasonsIn(change: Changed, at: Date): SendReason[] {
  const reasons = sendReasonsIn(change, at);
  if (reasons.length > 0 || !isUnexplained(change)) return reasons;
  if (isHidden(change.now.inputs.teamId)) return ["team"];
  // Nothing else is left, so the clock that previewed is ahead of this one.
  return sendReasonsIn(change, new Date(LAST_MS));
}

/** Values that a preview does not show are compared by the engine, which tells the names of those that differ. */
function movesTeam({ was, now, differing }: Changed): boolean {
  const { teamId: declared } = now.inputs;
  const { teamId: actual } = was.state;
  if (declared === undefined || declared === null) return false;
  if (!isHidden(declared) && !isHidden(actual)) return declared !== actual;
  return declared === UNKNOWN || actual === undefined || differing.includes("teamId");
}

/** A `resend` that is not shown counts as raised: it may be. */
function mayBeRaised({ now, differing }: Changed): boolean {
  const { resend } = now.inputs as { resend?: unknown };
  return typeof resend === "string" && (resend === UNKNOWN || differing.includes("resend"));
}

function isHidden(value: string | undefined): boolean {
  return visibleOrNull(value) === null;
}

function toNumber(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** Whether the engine updates somebody of whom nothing differs but, as it must be, the time. */
function isUnexplained({ was, now, differing }: Changed): boolean {
  const mark = was.state.__organization;
  const renamed = mark !== undefined && mark.slice(0, mark.lastIndexOf(":")) !== (now.provider ?? "");
  const flags = FLAGS.some((flag) => was.state[flag] !== (now.inputs[flag] ?? undefined));
  return !renamed && !flags && differing.length === 0;
}

/** What is said of an invite that is sent again. @param reasons not empty */
export function explainSending(reasons: readonly SendReason[], state: InviteState, resend: unknown): string {
  if (reasons.includes("revoked")) return "revoked by an earlier run, and not sent again yet";
  if (reasons.includes("expired"))
    return `expired unused on ${state.expiresAt?.slice(0, 10)}; renewal ${state.renewals + 1}`;
  return typeof resend === "number" ? `resend: ${resend}` : "resend is not known before the up, or secret";
}
