/**
 * Whom the program of this run declares: `check` tells, `delete` asks.
 *
 * A renamed resource, two that swap their people, a half-done move that is taken back: the engine creates first
 * (which adopts the invite that is there) and then deletes the old resource, and both stand for one person. The
 * invite belongs to the new one by then.
 */
const declared = new Set<unknown>();

/** Who has her team from the state, because the program names none: `check` tells, `diff` asks. */
const carried = new Set<unknown>();

/** Who was looked at for a refresh and not declared since: `read` tells, `diff` asks. */
const looked = new Set<unknown>();

/**
 * @param before who stood in that resource up to now.
 * @param carriesTeam whether her team is only what the state has.
 */
export function noteDeclared(email: unknown, before: unknown, carriesTeam: boolean): void {
  declared.add(email);
  if (carriesTeam) carried.add(email);
  else carried.delete(email);
  looked.delete(before);
}

export function isDeclared(email: string): boolean {
  return declared.has(email);
}

/** Then no team is a difference, not even one that was declared earlier and never came true. */
export function carriesTeam(email: string): boolean {
  return carried.has(email);
}

export function noteLooked(email: string): void {
  looked.add(email);
}

/** A refresh ends in a `diff`, only to show what an `up` would change: nothing is refused or planned by it. */
export function isForRefresh(email: string): boolean {
  return looked.has(email);
}
