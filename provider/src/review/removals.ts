import { usualRemovals } from "../roster/preflight";
import { nameOf, ROSTER_TYPE, typeOf } from "../urn";
import type { Finding } from "./classify";
import type { Preview } from "./preview-json";

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
export function countRemovals(
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
