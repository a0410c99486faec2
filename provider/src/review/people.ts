import { isOver } from "../invite/guard";
import type { InviteState } from "../invite/invite";
import type { Change } from "./change";

/** Whom the steps of a preview are about: it goes by persons and not by resources. */
export interface People {
  /** Keys of everybody whom a step declares. */
  declared: ReadonlySet<string>;
  /** The last state of everybody whom a step takes out of it. */
  removed: ReadonlyMap<string, InviteState>;
  /** Whether somebody has an invite that another resource leaves to them, so that none is sent. */
  isKept(key: string | undefined): boolean;
}

export function peopleOf(changes: readonly Change[]): People {
  const removed = new Map(
    changes.flatMap(({ was }) => (was?.key === undefined ? [] : [[was.key, was.state] as const])),
  );
  return {
    declared: new Set(changes.flatMap(({ now }) => now?.key ?? [])),
    removed,
    isKept: (key) => {
      const state = removed.get(key ?? "");
      return state !== undefined && !isOver(state.status);
    },
  };
}
