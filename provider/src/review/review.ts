import { usualRemovals } from "../roster/preflight";
import { count } from "../text";
import { nameOf, ROSTER_TYPE, typeOf } from "../urn";
import { changesIn, showsReplacements, type TeamChange } from "./changes";
import { classify, type Finding } from "./classify";
import { type Diagnostic, diagnosticsIn, type Preview, STACK_TYPE, startersIn } from "./preview-json";

/** What a preview means for people. */
export interface Review {
  findings: Finding[];
  errors: Diagnostic[];
  warnings: Diagnostic[];
  /** Who of a roster starts later, a line for each roster. */
  starters: string[];
  teams: TeamChange[];
  /** How many resources change that are neither people nor teams. */
  others: number;
  removals: Removals;
  /** Whether the preview has replacements and leaves out their steps: a revoke left over from an earlier one is not shown. */
  hidesReplacements: boolean;
  /** Pending invites that come and go. HeadshotPro caps how many there are at twice the credits. */
  pending: { added: number; removed: number };
}

/**
 * Works out what a preview means for people. The API is not asked: statuses are those of the state.
 *
 * @param at the time of the review: what has expired by then is sent again.
 * @param maxRemovals how many people may lose their invite before a human decides; undefined: {@link usualRemovals}.
 */
export function toReview(preview: Preview, at = new Date(), maxRemovals?: number): Review {
  const changes = changesIn(preview);
  const findings = changes.all.flatMap((change) => classify(change, changes, at) ?? []);
  return {
    findings,
    errors: diagnosticsIn(preview, "error"),
    warnings: diagnosticsIn(preview, "warning"),
    starters: startersIn(preview),
    teams: changes.teams,
    others: changes.others,
    removals: countRemovals(preview, findings, changes.had, maxRemovals),
    hidesReplacements: showsReplacements(preview.steps) === false,
    pending: {
      added: findings.filter(addsPending).length,
      removed: findings.filter(removesPending).length,
    },
  };
}

/** An invite that is sent again in its own place was counted already, unless it was gone. */
function addsPending({ kind, emailed, status }: Finding): boolean {
  const inPlace = (kind === "renewed" || kind === "resent") && status === "pending";
  return emailed && !inPlace;
}

function removesPending({ kind, status, losesInvite, stays }: Finding): boolean {
  const moves = kind === "moved" || (kind === "organization" && !stays);
  return status === "pending" && (losesInvite || moves);
}

/**
 * A review in one sentence.
 *
 * @example
 * toHeadline(review); // "2 people will be e-mailed, 1 loses an unused invite, nobody loses headshots"
 */
export function toHeadline({ findings, errors, others, teams }: Review): string {
  const failed = errors.length > 0 ? "The preview failed. As far as it came: " : "";
  if (findings.length === 0 && errors.length > 0) return "The preview failed; nothing is known about people";
  if (findings.length === 0) return others + teams.length > 0 ? "Nobody's invite changes" : "No changes";
  const emailed = findings.filter((finding) => finding.emailed).length;
  const unused = findings.filter((finding) => finding.losesInvite).length;
  const lost = findings.filter(({ headshots }) => headshots === "lost").length;
  const guarded = findings.filter(({ headshots }) => headshots === "guarded").length;
  const parts = [
    emailed === 0 ? "nobody will be e-mailed" : `${count(emailed, "person", "people")} will be e-mailed`,
    unused === 0 ? "nobody loses an invite" : `${count(unused, "loses", "lose")} an unused invite`,
    lost === 0 ? "nobody loses headshots" : `**${count(lost, "loses", "lose")} headshots for good**`,
  ];
  if (guarded > 0) parts.push(`**${count(guarded, "has", "have")} headshots that stop \`pulumi up\`**`);
  const sentence = failed + parts.join(", ");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Whether a human should look before this is merged. */
export function needsHuman({ findings, errors, removals }: Review): boolean {
  const atStake = findings.some(({ headshots }) => headshots === "lost" || headshots === "guarded");
  return errors.length > 0 || areTooMany(removals) || atStake;
}

/** How many people lose their invite in a stack, and how many may before a human decides. */
export interface Removals {
  leaving: number;
  /** How many people the stack has, as far as the preview shows them. */
  had: number;
  allowed: number;
  /** How many unchanged resources the preview does not show. People may be among them. */
  unseen: number;
  /** Whether the whole stack is destroyed. */
  destroyed: boolean;
  /** The names of rosters that are removed. */
  rosters: string[];
}

/**
 * Counts who loses an invite. Without `maxRemovals`, nobody may if a roster or the whole stack is removed, because no
 * list of people shows such a change.
 */
function countRemovals(
  { steps, changeSummary }: Preview,
  findings: readonly Finding[],
  had: number,
  maxRemovals: number | undefined,
): Removals {
  const removed = steps.filter(({ op }) => op === "delete");
  const destroyed = removed.some(({ urn }) => typeOf(urn) === STACK_TYPE);
  const rosters = removed.filter(({ urn }) => typeOf(urn) === ROSTER_TYPE).map(({ urn }) => nameOf(urn));
  const whole = destroyed || rosters.length > 0;
  return {
    leaving: findings.filter(({ losesInvite }) => losesInvite).length,
    had,
    allowed: maxRemovals ?? (whole ? 0 : usualRemovals(had)),
    unseen: Math.max(0, (changeSummary?.same ?? 0) - steps.filter(({ op }) => op === "same").length),
    destroyed,
    rosters,
  };
}

/** Whether a human decides, because too many people lose their invite. */
export function areTooMany({ leaving, allowed }: Removals): boolean {
  return leaving > allowed;
}
