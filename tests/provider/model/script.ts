import type { FaultSpec, Scope } from "headshotpro-emulator";
import { parse } from "yaml";

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
  teamId?: string;
  adopt?: boolean;
  forceDestroy?: boolean;
  maxRenewals?: number;
  resend?: number;
  retainOnDelete?: boolean;
  deleteBeforeReplace?: boolean;
}

/** How a command is disturbed, and what it is told beside. */
export interface Disturbance {
  faults?: (FaultSpec & { org?: number })[];
  /** kill -9 of the command when this request is about to be sent, or when its effect has happened. */
  kill?: { request: number; when: "before" | "after" };
  /** The same for the provider process that sends it; the others and the engine go on. */
  crash?: { request: number; when: "before" | "after" };
  /** kill -9 after so many operations, the last one's result not written; or Ctrl-C, and it is. */
  stop?: { operations: number; written: boolean };
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

type OfThemselves = "accept" | "upload" | "complete" | "leave" | "become strange";
type ByTheVendor = "get a retry" | `${"come" | "be invited"} to the next shoot`;
type ByAnAdmin = `${"revoke" | "invite"} by hand` | `move to ${"T1" | "T2" | "no team"}`;
export type Action =
  | OfThemselves
  | ByTheVendor
  | ByAnAdmin
  | `get ${"an older completed" | "a newer pending"} entry`;

/** What the lines of a script say, by what they do. */
interface Lines {
  declare: [slot: string, as: Declared];
  /** The same declaration at another provider. */
  move: [slot: string, at: ProviderLetter];
  /** Another `resend` in a declaration that stays as it is. */
  raise: [slot: string, resend: number];
  /** Another team in a declaration that stays as it is. */
  team: [slot: string, teamId: string];
  /** The person of one resource is declared by another, at a provider of its own. */
  give: [from: string, to: string, at: ProviderLetter];
  remove: [slot: string];
  taint: [slot: string];
  swap: [one: string, other: string];
  rename: [provider: ProviderLetter];
  rotate: [provider: ProviderLetter];
  /** From now on the key of a provider may do all but this, or all. */
  scope: [provider: ProviderLetter, without?: Withheld];
  /** From now on HeadshotPro deletes everybody's data so many days after the shoot; without a number, nobody's. */
  retain: [days?: number, org?: number];
  act: [who: Who, action: Action, org?: number];
  wait: [days: number];
  credits: [left: number];
  up: [disturbed?: Disturbance];
  refresh: [disturbed?: Disturbance];
  destroy: [disturbed?: Disturbance];
  settle: [];
}

/** One line of a script. */
export type Line = { [Name in keyof Lines]: [Name, ...Lines[Name]] }[keyof Lines];

/** Which of the API's ways the emulators take, where they differ in what they do. */
export interface Styles {
  codes: "seed" | "specific";
  revoked: "forgotten" | "kept";
  getAnswers: "newest" | "oldest";
  pageSize?: number | undefined;
}

/**
 * A script as it is written by hand, and as random testing prints it: YAML, and first the styles, if there are any.
 *
 * @example readScript("{codes: seed}, [declare, a, {who: ada}], up").lines // [["declare", "a", { who: "ada" }], ["up"]]
 */
export function readScript(text: string): { lines: Line[]; styles: Partial<Styles> } {
  const parts = parse(`[${text}]`) as (Line | string | Partial<Styles>)[];
  const isStyles = (one: unknown): one is Partial<Styles> => typeof one === "object" && !Array.isArray(one);
  const lines = parts.filter((one) => !isStyles(one)).map((one) => [one].flat() as Line);
  return { lines, styles: parts.find(isStyles) ?? {} };
}

/** A script as text that can be pasted into model.spec.ts. */
export function scriptText(lines: readonly Line[], styles: Partial<Styles> = {}): string {
  return [styles, ...lines].map((one) => `  ${JSON.stringify(one)},`).join("\n");
}
