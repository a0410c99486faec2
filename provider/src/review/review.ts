import { changesIn, showsReplacements, type TeamChange } from "./changes";
import { classify, type Finding } from "./classify";
import { type Diagnostic, diagnosticsIn, startersIn } from "./diagnostics";
import type { Preview } from "./preview-json";
import { areTooMany, countRemovals, type Removals } from "./removals";

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
 * Works out what a preview means for people. Nothing is asked of the API: statuses are those of the state.
 *
 * @param at the time of the review: what has expired by then is sent again
 * @param maxRemovals how many people may lose their invite before a human decides; undefined: a quarter, and at least 3
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
    emailed === 0
      ? "nobody will be e-mailed"
      : `${emailed === 1 ? "1 person" : `${emailed} people`} will be e-mailed`,
    unused === 0 ? "nobody loses an invite" : `${unused} ${unused === 1 ? "loses" : "lose"} an unused invite`,
    lost === 0 ? "nobody loses headshots" : `**${lost} ${lost === 1 ? "loses" : "lose"} headshots for good**`,
    ...(guarded > 0
      ? [`**${guarded} ${guarded === 1 ? "has" : "have"} headshots that stop \`pulumi up\`**`]
      : []),
  ];
  const sentence = failed + parts.join(", ");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/**
 * Whether a human should look before this is merged: headshots are at stake, too many people lose their invite, or the
 * preview failed.
 */
export function needsHuman({ findings, errors, removals }: Review): boolean {
  const atStake = findings.some(({ headshots }) => headshots === "lost" || headshots === "guarded");
  return errors.length > 0 || areTooMany(removals) || atStake;
}
