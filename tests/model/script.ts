import type { FaultSpec } from "headshotpro-emulator";

export const PEOPLE = ["ada", "bob", "cleo", "dora"] as const;
export const SLOTS = ["a", "b", "c"] as const;
export type Who = (typeof PEOPLE)[number];

/** What a program says of one person. */
export interface Declared {
  who: Who;
  /** In capitals and with spaces around: no difference. */
  loud?: boolean;
  teamId?: string;
  adopt?: boolean;
  forceDestroy?: boolean;
  maxRenewals?: number;
}

/** How a command is disturbed. */
export interface Disturbance {
  faults?: FaultSpec[];
  /** kill -9 when this request is about to be sent, or when its effect has happened. */
  kill?: { request: number; when: "before" | "after" };
  /** kill -9 after so many verbs, the last one's result not written; or Ctrl-C, and it is. */
  stop?: { verbs: number; written: boolean };
  /** Somebody acts just before this request. */
  meanwhile?: { request: number; action: Action; who: Who };
  /** Whether the state is written after each step, or at the end only. */
  noCheckpoints?: boolean;
  parallel?: boolean;
  /** HEADSHOTPRO_FORCE_DESTROY=true */
  force?: boolean;
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
  | "move to no team";

/** One line of a script. */
export type Line =
  | { do: "declare"; slot: string; as: Declared }
  | { do: "remove"; slot: string }
  | { do: "swap"; slots: [string, string] }
  | { do: "act"; action: Action; who: Who }
  | { do: "wait"; days: number }
  | { do: "credits"; left: number }
  | { do: "up" | "refresh" | "destroy"; disturbed: Disturbance }
  | { do: "settle" };

/** Which of the API's styles the emulator plays. */
export interface Styles {
  envelope: "flat" | "data" | "bare";
  errors: "documented" | "nested" | "message";
  codes: "seed" | "specific";
  revoked: "forgotten" | "kept";
  pageSize?: number | undefined;
}

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
    case "remove":
      return `remove("${line.slot}")`;
    case "swap":
      return `swap("${line.slots.join('", "')}")`;
    case "act":
      return `act("${line.who}", "${line.action}")`;
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

export const declare = (slot: string, as: Declared): Line => ({ do: "declare", slot, as });
export const remove = (slot: string): Line => ({ do: "remove", slot });
export const swap = (one: string, other: string): Line => ({ do: "swap", slots: [one, other] });
export const act = (who: Who, action: Action): Line => ({ do: "act", action, who });
export const wait = (days: number): Line => ({ do: "wait", days });
export const credits = (left: number): Line => ({ do: "credits", left });
export const up = (disturbed: Disturbance = {}): Line => ({ do: "up", disturbed });
export const refresh = (disturbed: Disturbance = {}): Line => ({ do: "refresh", disturbed });
export const destroy = (disturbed: Disturbance = {}): Line => ({ do: "destroy", disturbed });
export const settle = (): Line => ({ do: "settle" });
