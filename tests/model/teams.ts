import type { Declared, TeamId } from "./script";

/** A team that no organization has. */
export const NO_TEAM = "T9";

/** What the teams of each organization are called at first, and once they are renamed. */
const NAMES: Record<TeamId, [string, string]>[] = [
  { T1: ["One", "First"], T2: ["Two", "Second"] },
  { T1: ["Two", "Second"], T2: ["One", "First"] },
];

const namesIn = (org: number) => Object.entries(NAMES[org] ?? {});
const plain = (name: string) => name.trim().toUpperCase();

/** The teams that an organization starts with: names by id. */
export const firstTeams = (org: number) =>
  Object.fromEntries(namesIn(org).map(([id, [name]]) => [id, name] as const));

/** What a team is renamed to. @param now what it is called */
export const otherName = (org: number, team: TeamId, now: string | undefined) =>
  NAMES[org]?.[team].find((name) => name !== now) ?? "";

/**
 * The team that a declaration means, by whichever of its names; NO_TEAM if that is none, undefined if none is declared.
 */
export function teamMeant(org: number, { team, teamId }: Pick<Declared, "team" | "teamId">) {
  if (team === undefined) return teamId;
  const [id = NO_TEAM] =
    namesIn(org).find(([id, names]) => [id, ...names].some((one) => plain(one) === plain(team))) ?? [];
  return teamId === undefined || teamId === id ? id : NO_TEAM;
}

/** Whether two declarations give the same name. */
export const isSameName = (one: unknown, other: string) => plain(String(one ?? "")) === plain(other);
