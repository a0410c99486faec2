import { type Decision, decide, FLAGS, type SendReason } from "../invite/decide";
import { UNKNOWN } from "../invite/inputs";
import type { InviteState } from "../invite/invite";
import { parseOrganization } from "../invite/organization";
import type { Changed } from "./changes";
import { visibleOrNull } from "./preview-json";

/** The last moment that a date can hold: every invite has expired by then. */
const LAST_MS = 8.64e15;

/**
 * What `pulumi up` does about a person, by the provider's own rule, and not by the words of a preview, which another
 * version may change.
 *
 * @param at the time of the review. The preview was earlier, and the `up` that decides comes later.
 */
export function decideChange(change: Changed, at: Date): Decision {
  const { was, now } = change;
  const moves = movesTeam(change);
  const state = {
    ...was.state,
    // Two secrets look alike, so whether they differ is decided before.
    ...(moves && { teamId: undefined }),
    // The preview refuses a resend of an invite without a date.
    createdAt: was.state.createdAt ?? at.toISOString(),
    // The steps say whose organization it is.
    __organization: undefined,
  };
  const inputs = {
    email: state.email,
    teamId: moves ? now.inputs.teamId : undefined,
    maxRenewals: toNumber(now.inputs.maxRenewals),
    resend: mayBeRaised(change) ? Number.POSITIVE_INFINITY : toNumber(now.inputs.resend),
  };
  return decide(state, { inputs, byDefault: { forceDestroy: false } }, state, at);
}

/** The same for an update by the engine, which has a reason even if the preview does not show it. */
export function decideUpdate(change: Changed, at: Date): Decision {
  const decision = decideChange(change, at);
  const isQuiet = decision.kind === "nothing" || decision.kind === "record";
  if (!isQuiet || !isUnexplained(change)) return decision;
  if (isHidden(change.now.inputs.teamId))
    return decideChange({ ...change, differing: [...change.differing, "teamId"] }, at);
  // Nothing else is left, so the clock that previewed is ahead of this one.
  return decideChange(change, new Date(LAST_MS));
}

/** The engine compares values that a preview does not show, and names the properties that differ. */
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

/** Whether nothing that the preview shows explains the update, so that it is a hidden value, or the time. */
function isUnexplained(change: Changed): boolean {
  const { was, now, differing } = change;
  const { __organization: recorded } = was.state;
  const renamed = recorded !== undefined && parseOrganization(recorded).provider !== (now.provider ?? "");
  return !renamed && changedFlags(change).length === 0 && differing.length === 0;
}

/** The flags that the program declares in another way than the state has them. */
export function changedFlags({ was, now }: Changed): (typeof FLAGS)[number][] {
  return FLAGS.filter((flag) => was.state[flag] !== (now.inputs[flag] ?? undefined));
}

/** Why an invite is sent, or sent again. @param reasons not empty */
export function explainSending(reasons: readonly SendReason[], state: InviteState, resend: unknown): string {
  if (reasons.includes("missing")) return "revoked by an earlier run, and not sent again yet";
  if (reasons.includes("expired"))
    return `expired unused on ${state.expiresAt?.slice(0, 10)}; renewal ${state.renewals + 1}`;
  return typeof resend === "number" ? `resend: ${resend}` : "resend is not known before the up, or secret";
}
