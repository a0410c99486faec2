import { nameOf, ROSTER_TYPE, typeOf } from "../invite/urn";
import { usualRemovals } from "../roster/preflight";
import { code } from "./code";
import type { Finding } from "./finding";
import type { Preview } from "./preview";

const STACK_TYPE = "pulumi:pulumi:Stack";

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
 * Counts who loses an invite. If a roster or the stack is removed, nobody may, because nothing in a list of people
 * shows it.
 *
 * @param had how many people the stack has, as far as the preview shows them
 * @param maxRemovals how many may lose their invite, whatever is removed; undefined: {@link usualRemovals}
 */
export function removalsIn(
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

/** Why a human has to look at the removals, and how to let them pass: paragraphs of Markdown. */
export function whyTooMany(removals: Removals): string[] {
  if (!areTooMany(removals)) return [];
  const { leaving, had, allowed, unseen, destroyed, rosters } = removals;
  const removed = destroyed
    ? ["The whole stack is destroyed."]
    : rosters.map((name) => `The roster ${code(name)} is removed.`);
  const people = unseen > 0 ? "people whom this preview shows" : "people of this stack";
  const decides = removed.length > 0 ? ", so a human decides." : `; more than ${allowed} need a human.`;
  const count = `${leaving} of the ${had} ${people} ${leaving === 1 ? "loses" : "lose"} an unused invite${decides}`;
  const hint = "`pulumi preview --show-sames --json` shows whom the stack keeps, so that they count as well.";
  return [
    `**${[...removed, count].join(" ")}** If that is meant: \`review --max-removals ${leaving}\`.`,
    ...(unseen > 0 && removed.length === 0 ? [`The preview leaves out what does not change. ${hint}`] : []),
  ];
}
