import { invite, roster } from "./declarations";

/** What happens to people whom a program moves, and whom it does not: rows of the table in docs/organizations.md. */
export interface Move {
  people: string[];
  /** How the first program declares them, and the second. Of providers there are `emea` and those of the row. */
  from: string;
  to: string;
  /** What the preview says. */
  preview?: RegExp;
  /** What `up` says. */
  up?: RegExp;
  /** Who is invited in the end, in the default organization and in the other. */
  ends: [acme: string[], emea: string[]];
  emails: [acme: number, emea: number];
}

/** They are in one program, because each by itself would take the engine four commands. */
export const MOVES: Record<string, Move> = {
  "gets a provider of another organization": {
    people: ["zoe@acme.eu"],
    from: invite("zoe"),
    to: invite("zoe", "{ provider: emea }"),
    preview: /zoe@acme\.eu moves to the organization of provider "emea": .* new e-mail/,
    ends: [[], ["zoe@acme.eu pending"]],
    emails: [1, 1],
  },
  "has headshots, and `forceDestroy: true` is in the state and in the program": {
    people: ["fred@acme.eu"],
    from: invite("fred", "{}", "forceDestroy: true"),
    to: invite("fred", "{ provider: emea }", "forceDestroy: true"),
    ends: [[], ["fred@acme.eu pending"]],
    emails: [1, 1],
  },
  "is invited there already": {
    people: ["ira@acme.eu"],
    from: invite("ira"),
    to: invite("ira", "{ provider: emea }"),
    up: /ira@acme\.eu was already invited \(accepted\): adopted, no e-mail sent/,
    ends: [[], ["ira@acme.eu accepted"]],
    emails: [1, 1],
  },
  "is in a roster that gets a provider": {
    people: ["max@acme.eu", "lea@acme.eu"],
    from: roster("eu", ["max@acme.eu", "lea@acme.eu"]),
    to: roster("eu", ["max@acme.eu", "lea@acme.eu"], "{ provider: emea }"),
    preview: /max@acme\.eu moves to the organization of provider "emea"/,
    ends: [[], ["lea@acme.eu pending", "max@acme.eu pending"]],
    emails: [2, 2],
  },
  "loses an explicit provider": {
    people: ["luc@acme.eu"],
    from: invite("luc", "{ provider: emea }"),
    to: invite("luc"),
    preview: /luc@acme\.eu moves to the default organization/,
    ends: [["luc@acme.eu pending"], []],
    emails: [1, 1],
  },
  "stays with a provider that is renamed": {
    people: ["ren@acme.eu"],
    from: invite("ren", "{ provider: old }"),
    to: invite("ren", "{ provider: renamed }"),
    ends: [[], ["ren@acme.eu pending"]],
    emails: [0, 1],
  },
  "becomes one of a roster under a new provider with the same key": {
    people: ["kim@acme.eu"],
    from: invite("kim"),
    to: roster("same", ["kim@acme.eu"], "{ provider: second }"),
    up: /kim@acme\.eu stays invited: another provider declares them/,
    ends: [["kim@acme.eu pending"], []],
    emails: [1, 0],
  },
  "moves to a provider with another key of the same organization": {
    people: ["tom@acme.eu"],
    from: invite("tom"),
    to: invite("tom", "{ provider: third }"),
    ends: [["tom@acme.eu pending"], []],
    emails: [1, 0],
  },
  "is retained (`retainOnDelete`)": {
    people: ["rita@acme.eu"],
    from: invite("rita", "{ retainOnDelete: true }"),
    to: invite("rita", "{ provider: emea, retainOnDelete: true }"),
    ends: [["rita@acme.eu pending"], ["rita@acme.eu pending"]],
    emails: [1, 1],
  },
};
