import { VERBS, type Verb } from "./routes";

/** An answer with this status; `body` is an error envelope (`json`) by default. */
export interface StatusFault {
  status: number;
  body?: "json" | "html" | "empty" | "text";
  code?: string;
  headers?: Record<string, string>;
  /** Seconds, or an HTTP date. */
  retryAfter?: number | string;
}

/** The proper answer, late. */
export interface DelayFault {
  delayMs: number;
}

const NAMED = [
  "reset",
  "hang",
  "truncated",
  "oversized",
  "redirect",
  "html",
  "empty",
  "success-false",
  "slow-drip",
  "somebody-else",
  "unreadable-rows",
  "no-effect",
] as const;

/**
 * What goes wrong.
 *
 * | kind | what the client sees |
 * | --- | --- |
 * | `reset` | the connection is reset, without an answer |
 * | `hang` | no answer until the emulator closes |
 * | `truncated` | half of the announced body, then the connection ends |
 * | `oversized` | HTTP 200 and `bytes` of valid JSON |
 * | `redirect` | 302 to `to` |
 * | `html`, `empty` | HTTP 200 without JSON |
 * | `success-false` | HTTP 200 `{success: false, error, code?}` |
 * | `slow-drip` | the body, one byte each `everyMs` |
 * | `somebody-else` | on `get`, `create` or `revoke`: a success about another person, `about` |
 * | `unreadable-rows` | on `list`: the proper list, behind so many `rows` that make no sense |
 * | `no-effect` | on `revoke`, `assign` or `deleteTeam`: the usual success, and nothing has happened |
 * | {@link StatusFault} | that status |
 * | {@link DelayFault} | the proper answer, late |
 */
export type FaultKind = (typeof NAMED)[number] | StatusFault | DelayFault;

/**
 * Something that goes wrong, for which requests and how often. One fault hits a request: the first
 * of the queue that matches; the others do not count it.
 *
 * @example
 * emulator.fault({ on: "create", when: "after", kind: "reset" }); // invited and e-mailed, reply lost
 */
export interface FaultSpec {
  on: Verb | "any";
  /** Relative to the effect: `before` (the default) nothing happens, `after` it has happened. */
  when?: "before" | "after";
  kind: FaultKind;
  /** How many requests it hits: 1, or Infinity for all. */
  times?: number;
  /** Only requests about this person, in upper or lower case. */
  email?: string;
  /** Lets so many matching requests pass first. */
  after?: number;
  /** The size of an `oversized` answer: 32 MiB. */
  bytes?: number;
  /** Where a `redirect` leads: a name that never resolves. */
  to?: string;
  /** The pace of a `slow-drip`: 100. */
  everyMs?: number;
  /** The code of a `success-false`. */
  code?: string;
  /** Whom `somebody-else` is about; by default a stranger. The answer says what is true of them. */
  about?: string;
  /** How many `unreadable-rows`: 1. They count in `pagination`. */
  rows?: number;
}

/** Takes a fault out of the queue again. */
export interface FaultHandle {
  remove(): void;
}

interface Queued {
  spec: FaultSpec;
  toSkip: number;
  left: number;
}

/** The faults that wait for their requests, in the order in which they were given. */
export class Faults {
  #queue: Queued[] = [];

  /** Throws an Error that says what is wrong with the specification. */
  add(spec: FaultSpec): FaultHandle {
    checkFault(spec);
    const queued: Queued = { spec, toSkip: spec.after ?? 0, left: spec.times ?? 1 };
    this.#queue.push(queued);
    return { remove: () => this.#remove(queued) };
  }

  /** Those that wait, with how many requests each still hits. */
  waiting(): FaultSpec[] {
    return this.#queue.map(({ spec, toSkip, left }) => ({ ...spec, after: toSkip, times: left }));
  }

  clear(): void {
    this.#queue = [];
  }

  /** The fault that hits this request about these people, counted. */
  take(verb: Verb, emails: readonly string[]): FaultSpec | undefined {
    for (const queued of this.#queue) {
      if (!matches(queued.spec, verb, emails)) continue;
      if (queued.toSkip > 0) {
        queued.toSkip -= 1;
        continue;
      }
      queued.left -= 1;
      if (queued.left <= 0) this.#remove(queued);
      return queued.spec;
    }
    return undefined;
  }

  #remove(queued: Queued): void {
    this.#queue = this.#queue.filter((other) => other !== queued);
  }
}

function matches(
  { on, kind, about, email: person }: FaultSpec,
  verb: Verb,
  emails: readonly string[],
): boolean {
  if (on !== "any" && on !== verb) return false;
  const isAbout = (person: string) => emails.some((email) => email.toLowerCase() === person.toLowerCase());
  // Nobody is somebody else to themselves: the answer would be a lie that no client can see.
  if (kind === "somebody-else" && about !== undefined && isAbout(about)) return false;
  return person === undefined || isAbout(person);
}

/** The name of a fault in the request log. */
export function faultName({ kind }: FaultSpec): string {
  if (typeof kind === "string") return kind;
  return "delayMs" in kind ? "delay" : String(kind.status);
}

const ONLY_ON: Partial<Record<string, FaultSpec["on"][]>> = {
  "somebody-else": ["create", "get", "revoke"],
  "unreadable-rows": ["list"],
  "no-effect": ["revoke", "assign", "deleteTeam"],
};

// Specifications come over HTTP as well, where no compiler has looked at them.
function checkFault({ on, when = "before", kind, times = 1, rows = 1 }: FaultSpec): void {
  if (on !== "any" && !VERBS.includes(on)) throw new Error(`no such verb: ${on}`);
  if (!["before", "after"].includes(when)) throw new Error(`when is before or after, not ${when}`);
  if (typeof times !== "number" || !(times > 0)) throw new Error(`times must be above 0, not ${times}`);
  if (!(Number.isInteger(rows) && rows > 0)) throw new Error(`rows is a whole number above 0, not ${rows}`);
  const verbs = (typeof kind === "string" && ONLY_ON[kind]) || [on];
  if (!verbs.includes(on)) throw new Error(`${kind} is a fault of ${verbs.join(", ")}, not of ${on}`);
  if (typeof kind === "string" ? NAMED.includes(kind) : isMeasured(kind)) return;
  throw new Error(
    `no such kind of fault: ${JSON.stringify(kind)}; it is ${NAMED.join(", ")}, {status} or {delayMs}`,
  );
}

function isMeasured(kind: StatusFault | DelayFault | undefined): boolean {
  if (typeof kind !== "object" || kind === null) return false;
  if ("delayMs" in kind) return typeof kind.delayMs === "number" && kind.delayMs >= 0;
  return Number.isInteger(kind.status) && kind.status >= 200 && kind.status <= 599;
}
