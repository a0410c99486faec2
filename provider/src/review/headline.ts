import { areTooMany } from "./removals";
import type { Review } from "./review";

/**
 * A review in one sentence.
 *
 * @example
 * headlineOf(review); // "2 people will be e-mailed, 1 loses an unused invite, nobody loses headshots"
 */
export function headlineOf({ findings, errors, others }: Review): string {
  const failed = errors.length > 0 ? "The preview failed. As far as it came: " : "";
  if (findings.length === 0 && errors.length > 0) return "The preview failed; nothing is known about people";
  if (findings.length === 0) return others > 0 ? "Nobody's invite changes" : "No changes";
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
 * Whether somebody should look before this is merged: headshots are at stake, too many people lose their invite, or
 * the preview failed.
 */
export function needsHuman({ findings, errors, removals }: Review): boolean {
  return (
    errors.length > 0 || areTooMany(removals) || findings.some(({ headshots }) => headshots !== undefined)
  );
}
