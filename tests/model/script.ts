import type { FaultSpec } from "headshotpro-emulator";

export const PEOPLE = ["ada", "bob", "cleo", "dora"] as const;
export const SLOTS = ["a", "b", "c"] as const;
export type Who = (typeof PEOPLE)[number];

/** The providers of a program: the default one, another organization's, and two more that reach the first. */
export const PROVIDERS = ["D", "E", "S", "K"] as const;
export type ProviderLetter = (typeof PROVIDERS)[number];

/** The teams of each organization, by their ids. */
export const TEAM_IDS = ["T1", "T2"] as const;
export type TeamId = (typeof TEAM_IDS)[number];

/** What a program says of one person. */
export interface Declared {
  who: Who;
  /** By which provider; left out: the default one. */
  at?: ProviderLetter;
  /** In capitals and with spaces around: no difference. */
  loud?: boolean;
  teamId?: string;
  /** By its name. */
  team?: string;
  adopt?: boolean;
  forceDestroy?: boolean;
  maxRenewals?: number;
  resend?: number;
  retainOnDelete?: boolean;
  protect?: boolean;
  deleteBeforeReplace?: boolean;
}

/** How a command is disturbed, and what it is told beside. */
export interface Disturbance {
  faults?: (FaultSpec & { org?: number })[];
  /** kill -9 of the command when this request is about to be sent, or when its effect has happened. */
  kill?: { request: number; when: "before" | "after" };
  /** The same for the provider process that sends it; the others and the engine go on. */
  crash?: { request: number; when: "before" | "after" };
  /** kill -9 after so many verbs, the last one's result not written; or Ctrl-C, and it is. */
  stop?: { verbs: number; written: boolean };
  /** Somebody acts just before this request. */
  meanwhile?: { request: number; action: Action; who: Who; org?: number };
  /** Whether the state is written after each step, or at the end only. */
  noCheckpoints?: boolean;
  parallel?: boolean;
  /** HEADSHOTPRO_FORCE_DESTROY=true */
  force?: boolean;
  /** `--target` and `--replace` */
  target?: string[];
  replace?: string[];
}

export type Action =
  | "accept"
  | "upload"
  | "complete"
  | "leave"
  | "become strange"
  | "revoke by hand"
  | "invite by hand"
  | "move to T1"
  | "move to T2"
  | "move to no team"
  | "get an older completed entry"
  | "get a newer pending entry";

/** One line of a script. */
export type Line =
  | { do: "declare"; slot: string; as: Declared }
  | { do: "move"; slot: string; at: ProviderLetter }
  | { do: "raise"; slot: string; resend: number }
  | { do: "give"; from: string; to: string; at: ProviderLetter }
  | { do: "remove"; slot: string }
  | { do: "swap"; slots: [string, string] }
  | { do: "rename" | "rotate"; provider: ProviderLetter }
  | { do: "rename team"; team: TeamId; org?: number }
  | { do: "allow"; domain?: string }
  | { do: "limit"; removals?: number }
  | { do: "taint"; slot: string }
  | { do: "act"; action: Action; who: Who; org?: number }
  | { do: "wait"; days: number }
  | { do: "credits"; left: number }
  | { do: "up" | "refresh" | "destroy"; disturbed: Disturbance }
  | { do: "settle" };

/** Which of the API's styles the emulators play. */
export interface Styles {
  envelope: "flat" | "data" | "bare";
  errors: "documented" | "nested" | "message";
  codes: "seed" | "specific";
  revoked: "forgotten" | "kept";
  getAnswers: "newest" | "oldest";
  pageSize?: number | undefined;
}

export const declare = (slot: string, as: Declared): Line => ({ do: "declare", slot, as });
export const move = (slot: string, at: ProviderLetter): Line => ({ do: "move", slot, at });
/** Another `resend` in a declaration that stays as it is. */
export const raise = (slot: string, resend: number): Line => ({ do: "raise", slot, resend });
/** The person of one resource is declared by another, in a provider of its own. */
export const give = (from: string, to: string, at: ProviderLetter): Line => ({ do: "give", from, to, at });
export const remove = (slot: string): Line => ({ do: "remove", slot });
export const swap = (one: string, other: string): Line => ({ do: "swap", slots: [one, other] });
export const rename = (provider: ProviderLetter): Line => ({ do: "rename", provider });
export const rotate = (provider: ProviderLetter): Line => ({ do: "rotate", provider });
/** A team gets its other name, at the dashboard. */
export const renameTeam = (team: TeamId, org?: number): Line => ({
  ...{ do: "rename team" as const, team },
  ...(org && { org }),
});
/** From now on nobody outside of this domain may be invited; without one, everybody may. */
export const allow = (domain?: string): Line => ({ do: "allow", ...(domain && { domain }) });
/** From now on the roster has this `maxRemovals`, or none. */
export const limit = (removals?: number): Line => ({
  do: "limit",
  ...(removals !== undefined && { removals }),
});
export const act = (who: Who, action: Action, org?: number): Line => ({
  ...{ do: "act" as const, action, who },
  ...(org && { org }),
});
export const wait = (days: number): Line => ({ do: "wait", days });
export const credits = (left: number): Line => ({ do: "credits", left });
export const up = (disturbed: Disturbance = {}): Line => ({ do: "up", disturbed });
export const refresh = (disturbed: Disturbance = {}): Line => ({ do: "refresh", disturbed });
export const destroy = (disturbed: Disturbance = {}): Line => ({ do: "destroy", disturbed });
export const settle = (): Line => ({ do: "settle" });
