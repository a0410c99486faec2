/**
 * What is declared of a person in a roster: what their row says comes before what everybody gets. A team is one thing,
 * whether it is given by its name or its id.
 *
 * @example
 * withDefaults({ teamId: "team_xyz789" }, { team: "Engineering" }); // { team: "Engineering" }
 */
export function withDefaults<T extends { team?: unknown; teamId?: unknown }>(
  defaults: T | null | undefined,
  own: T,
): T {
  const { team, teamId, ...others } = { ...defaults };
  const hasOwnTeam = (own.team ?? own.teamId ?? undefined) !== undefined;
  return { ...(hasOwnTeam ? others : { ...defaults }), ...own };
}
