import type { FaultSpec, Scope } from "headshotpro-emulator";

export const PEOPLE = ["ada", "bob", "cleo", "dora"] as const;
export const SLOTS = ["a", "b", "c"] as const;
export type Who = (typeof PEOPLE)[number];

/** The providers of a program: the default one, another organization's, and two more that reach the first. */
export const PROVIDERS = ["D", "E", "S", "K"] as const;
export type ProviderLetter = (typeof PROVIDERS)[number];

/** The teams of each organization: names by id. Names in a program have tables of their own (`tests/provider/team-names`). */
export const TEAMS = { T1: "One", T2: "Two" };
/** A team that no organization has. */
export const NO_TEAM = "T9";

/** What a key may be without; without `Invites` it could do nothing here. */
export type Withheld = Extract<Scope, "Organization" | "Teams">;

/** What a program says of one person. */
export interface Declared {
  who: Who;
  /** By which provider; left out: the default one. */
  at?: ProviderLetter;
  /** In capitals and with spaces around: no difference. */
  loud?: boolean;
  teamId?: string;
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
  | "get a retry"
  | "be invited to the next shoot"
  | "come to the next shoot"
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
  | { do: "team"; slot: string; teamId: string }
  | { do: "give"; from: string; to: string; at: ProviderLetter }
  | { do: "remove"; slot: string }
  | { do: "swap"; slots: [string, string] }
  | { do: "rename" | "rotate"; provider: ProviderLetter }
  | { do: "scope"; provider: ProviderLetter; without?: Withheld }
  | { do: "retain"; days?: number; org?: number }
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
/** Another team in a declaration that stays as it is. */
export const team = (slot: string, teamId: string): Line => ({ do: "team", slot, teamId });
/** The person of one resource is declared by another, in a provider of its own. */
export const give = (from: string, to: string, at: ProviderLetter): Line => ({ do: "give", from, to, at });
export const remove = (slot: string): Line => ({ do: "remove", slot });
export const swap = (one: string, other: string): Line => ({ do: "swap", slots: [one, other] });
export const rename = (provider: ProviderLetter): Line => ({ do: "rename", provider });
export const rotate = (provider: ProviderLetter): Line => ({ do: "rotate", provider });
/** From now on the key of a provider may do all but this, or all. */
export const scope = (provider: ProviderLetter, without?: Withheld): Line => ({
  ...{ do: "scope" as const, provider },
  ...(without && { without }),
});
/** From now on HeadshotPro deletes everybody's data so many days after the shoot; without a number, nobody's. */
export const retain = (days?: number, org?: number): Line => ({
  ...{ do: "retain" as const },
  ...(days && { days }),
  ...(org && { org }),
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

/** A script as text that can be pasted into regressions.spec.ts. */
export function scriptText(lines: readonly Line[], styles: Partial<Styles> = {}): string {
  const said = Object.entries(styles).filter(([, value]) => value !== undefined);
  const head = said.length > 0 ? `styles: ${text(Object.fromEntries(said))}\n` : "";
  return head + lines.map((line) => `  ${lineText(line)},`).join("\n");
}

function lineText(line: Line): string {
  switch (line.do) {
    case "declare":
      return `declare("${line.slot}", ${text(line.as)})`;
    case "move":
      return `move("${line.slot}", "${line.at}")`;
    case "raise":
      return `raise("${line.slot}", ${line.resend})`;
    case "team":
      return `team("${line.slot}", "${line.teamId}")`;
    case "give":
      return `give("${line.from}", "${line.to}", "${line.at}")`;
    case "remove":
    case "taint":
      return `${line.do}("${line.slot}")`;
    case "swap":
      return `swap("${line.slots.join('", "')}")`;
    case "rename":
    case "rotate":
      return `${line.do}("${line.provider}")`;
    case "scope":
      return `scope("${line.provider}"${line.without ? `, "${line.without}"` : ""})`;
    case "retain":
      return `retain(${line.days}${line.org ? `, ${line.org}` : ""})`;
    case "act":
      return `act("${line.who}", "${line.action}"${line.org ? `, ${line.org}` : ""})`;
    case "wait":
      return `wait(${line.days})`;
    case "credits":
      return `credits(${line.left})`;
    case "settle":
      return "settle()";
    default:
      return `${line.do}(${Object.keys(line.disturbed).length > 0 ? text(line.disturbed) : ""})`;
  }
}

function text(value: unknown): string {
  return JSON.stringify(value)
    .replace(/"(\w+)":/g, " $1: ")
    .replace(/}/g, " }");
}
