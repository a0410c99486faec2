import type { FaultSpec, Verb } from "headshotpro-emulator";

/** How the provider has to take a fault, whatever it looks like on the wire. */
type Nature =
  /** No usable answer: whether it was carried out is not known, and it may be tried again. */
  | "lost"
  /** Not now: to be tried again later. */
  | "limited"
  /** The API's own "no", for a reason that no repeat changes. */
  | "final"
  /** The API's "no" to this request, whose reason is not told: to be looked into. */
  | "refused"
  /** Somebody else answered. */
  | "misdirected";

interface Fault {
  name: string;
  nature: Nature;
  spec: Pick<FaultSpec, "kind" | "bytes" | "everyMs" | "code">;
  /** What the user reads where it lasts. */
  message: RegExp;
}

const NO_ANSWER = /HeadshotPro gave no usable answer \(.+\)\. Run the same command again/;
const LIMITED = /HeadshotPro's rate limit is reached \(429.*\)\. Run the same command again/;
const ELSEWHERE = /http:\/\/127\.0\.0\.1:\d+\/api\/v2 does not answer as HeadshotPro's API \(\d+: .+\)/;

const status = (status: number, rest: object = {}) => ({ kind: { status, ...rest } });

export const FAULTS: readonly Fault[] = [
  { name: "reset", nature: "lost", spec: { kind: "reset" }, message: NO_ANSWER },
  { name: "hang", nature: "lost", spec: { kind: "hang" }, message: NO_ANSWER },
  { name: "500", nature: "lost", spec: status(500), message: NO_ANSWER },
  { name: "502 in HTML", nature: "lost", spec: status(502, { body: "html" }), message: NO_ANSWER },
  { name: "503 and empty", nature: "lost", spec: status(503, { body: "empty" }), message: NO_ANSWER },
  { name: "HTML under 200", nature: "lost", spec: { kind: "html" }, message: NO_ANSWER },
  { name: "empty under 200", nature: "lost", spec: { kind: "empty" }, message: NO_ANSWER },
  { name: "truncated", nature: "lost", spec: { kind: "truncated" }, message: NO_ANSWER },
  // Larger than the reply about one person may be. A list may be larger (for its cap see tests/client), but what is
  // sent here is none.
  { name: "oversized", nature: "lost", spec: { kind: "oversized", bytes: 2 ** 20 + 1 }, message: NO_ANSWER },
  { name: "slow drip", nature: "lost", spec: { kind: "slow-drip", everyMs: 250 }, message: NO_ANSWER },
  { name: "somebody else", nature: "lost", spec: { kind: "somebody-else" }, message: NO_ANSWER },
  {
    name: "429 that says when",
    nature: "limited",
    spec: status(429, { code: "RATE_LIMIT_EXCEEDED", retryAfter: 20 }),
    message: LIMITED,
  },
  {
    name: "429 that says nothing",
    nature: "limited",
    spec: status(429, { body: "empty" }),
    message: LIMITED,
  },
  {
    name: "429 whose reset is over",
    nature: "limited",
    spec: status(429, { headers: { "X-RateLimit-Reset": "2020-01-01T00:00:00.000Z" } }),
    message: LIMITED,
  },
  {
    name: "429 of the pending cap",
    nature: "final",
    spec: status(429, { code: "INVITE_LIMIT_EXCEEDED" }),
    message: /too many invites are pending.*Waiting does not help/,
  },
  {
    name: "402",
    nature: "final",
    spec: status(402, { code: "INSUFFICIENT_CREDITS" }),
    message: /the organization has no credits left \(402 INSUFFICIENT_CREDITS: .+\)\. Buy credits/,
  },
  {
    name: "401",
    nature: "final",
    spec: status(401, { code: "UNAUTHORIZED" }),
    message: /HeadshotPro does not accept the API key \(401 UNAUTHORIZED: .+\)\. Set a valid one/,
  },
  {
    name: "403",
    nature: "final",
    spec: status(403, { code: "FORBIDDEN" }),
    message: /the API key is not an organization admin's \(403 FORBIDDEN: .+\)\. Use the key of an admin/,
  },
  {
    name: "success: false",
    nature: "refused",
    spec: { kind: "success-false" },
    message: /HeadshotPro refused it \(200: Something went wrong\)\.$/,
  },
  { name: "redirect", nature: "misdirected", spec: { kind: "redirect" }, message: ELSEWHERE },
  { name: "404 in HTML", nature: "misdirected", spec: status(404, { body: "html" }), message: ELSEWHERE },
];

/** The requests that a fault hits, and the situations that make a verb send them. */
export const PLACES = [
  /** Nobody is there. */
  { name: "create: the invite", verb: "create", on: "create" },
  /** Invited by hand before, so that the invite is refused and they are looked up. */
  { name: "create: the look-up of somebody who is there", verb: "create", on: "get" },
  /** The same, and GET finds them: the list has the date. */
  { name: "create: the details of somebody who is there", verb: "create", on: "list" },
  /** The reply to the invite was lost after it took effect. */
  { name: "create: the look-up after a lost reply", verb: "create", on: "get" },
  /** The reply to the invite was lost before it took effect, and GET does not find them. */
  { name: "create: the list after a lost invite", verb: "create", on: "list" },
  { name: "read: the look-up", verb: "read", on: "get" },
  /** They are gone: GET does not find them. */
  { name: "read: the list", verb: "read", on: "list" },
  /** The invite has expired. */
  { name: "renewal: the date of the invite", verb: "update", on: "list" },
  { name: "renewal: the look-up", verb: "update", on: "get" },
  { name: "renewal: the revoke", verb: "update", on: "revoke" },
  { name: "renewal: the invite", verb: "update", on: "create" },
  /** Another team is declared. */
  { name: "move: the look-up", verb: "update", on: "get" },
  { name: "move: the revoke", verb: "update", on: "revoke" },
  { name: "move: the invite", verb: "update", on: "create" },
  { name: "delete: the look-up", verb: "delete", on: "get" },
  { name: "delete: the revoke", verb: "delete", on: "revoke" },
  /** They are gone: GET does not find them. */
  { name: "delete: the list", verb: "delete", on: "list" },
] as const satisfies { name: string; verb: string; on: Verb }[];

export interface Cell {
  place: (typeof PLACES)[number];
  fault: Fault;
  when: "before" | "after";
  lasting: boolean;
}

/** A list has no answer about somebody else: its rows are about whom they name. */
const faultsOf = (place: Cell["place"]) =>
  FAULTS.filter(({ spec }) => place.on !== "list" || spec.kind !== "somebody-else");

export const CELLS: readonly Cell[] = PLACES.flatMap((place) =>
  faultsOf(place).flatMap((fault) =>
    (["before", "after"] as const).flatMap((when) =>
      [false, true].map((lasting) => ({ place, fault, when, lasting })),
    ),
  ),
);

export function nameOf({ place, fault, when, lasting }: Cell): string {
  return `${place.name} · ${fault.name} · ${when} the effect · ${lasting ? "always" : "once"}`;
}

/** What must hold after a verb met a fault. */
export interface Expected {
  /** The message of the failure, or what was recorded. */
  outcome:
    | RegExp
    | "sent"
    | "adopted"
    | "adopted without a date"
    | "seen"
    | "gone"
    | "sent again"
    | "revoked"
    | "recorded";
  /** The verb fails, and what it did is recorded all the same: the invite was revoked. */
  inPart?: boolean;
  /** Whether the person has a live invite at the API. */
  live: boolean;
  /** E-mails sent while the verb ran. */
  emails: number;
  /** Requests about this person, at most; where the fault hits the list, lists as well. */
  requests: number;
}

/** Repeats of a request included, how often it is sent where a fault lasts. */
const ALWAYS = 5;
/** How often an invite is sent that is lost each time. */
const SENDS = 3;

/**
 * The specification: what must hold in a cell. Every place answers for every nature, with no default, so that a
 * cell that nobody has thought of does not compile or fails.
 */
export function expectedOf({ place, fault, when, lasting }: Cell): Expected {
  const { nature, message } = fault;
  const carriedOut = when === "after";
  const repeated = nature === "lost" || nature === "limited";
  /** A request that only asks: repeated where that may help, else the failure is the verb's. */
  const asking = <T>(passes: T, fails: T): T => (repeated && !lasting ? passes : fails);
  const asked = repeated ? (lasting ? ALWAYS : 2) : 1;
  const prefixed = (prefix: string) => new RegExp(`^${prefix}: ${message.source}`);
  const uncertain =
    /^It is not known whether \S+ was invited: .+ and the look-up failed too \(.+\)\. Run `pulumi up` again/;

  switch (place.name) {
    case "create: the invite":
      return invite(prefixed("\\S+ was not invited"), "sent", "adopted", 0);
    case "create: the look-up of somebody who is there": {
      const outcome = asking<Expected["outcome"]>("adopted", prefixed("\\S+ was not invited"));
      return { outcome, live: true, emails: 0, requests: 1 + asked };
    }
    case "create: the details of somebody who is there": {
      const outcome = asking<Expected["outcome"]>("adopted", "adopted without a date");
      return { outcome, live: true, emails: 0, requests: 2 + asked };
    }
    case "create: the look-up after a lost reply": {
      const outcome = asking<Expected["outcome"]>("adopted", uncertain);
      return { outcome, live: true, emails: 1, requests: 1 + asked };
    }
    case "create: the list after a lost invite": {
      const found = asking(true, false);
      const outcome = found ? "sent" : uncertain;
      return { outcome, live: found, emails: found ? 1 : 0, requests: 2 + asked + (found ? 1 : 0) };
    }
    case "read: the look-up": {
      const outcome = asking<Expected["outcome"]>("seen", prefixed("\\S+ could not be looked up"));
      return { outcome, live: true, emails: 0, requests: asked };
    }
    case "read: the list": {
      const outcome = asking<Expected["outcome"]>("gone", prefixed("\\S+ could not be looked up"));
      return { outcome, live: false, emails: 0, requests: 1 + asked };
    }
    case "renewal: the date of the invite": {
      const passes = asking(true, false);
      const outcome = passes ? "sent again" : prefixed("\\S+ was not invited again");
      return { outcome, live: true, emails: passes ? 1 : 0, requests: asked + (passes ? 3 : 0) };
    }
    case "renewal: the look-up":
    case "move: the look-up": {
      const passes = asking(true, false);
      const outcome = passes ? "sent again" : prefixed("\\S+ was not invited again");
      return { outcome, live: true, emails: passes ? 1 : 0, requests: asked + (passes ? 2 : 0) };
    }
    case "renewal: the revoke":
    case "move: the revoke": {
      const { outcome, requests } = revoke(prefixed("\\S+ was not invited again"), "sent again");
      const sent = outcome === "sent again";
      // Not revoked, or invited again: only a refusal that was a lie leaves nobody.
      const live = sent || !carriedOut;
      return { outcome, live, emails: sent ? 1 : 0, requests: requests + (sent ? 1 : 0) };
    }
    case "renewal: the invite":
    case "move: the invite": {
      const failure = prefixed("the invite of \\S+ was revoked, but no new one was sent");
      const expected = invite(failure, "sent again", "recorded", 2);
      return { ...expected, inPart: expected.outcome instanceof RegExp };
    }
    case "delete: the look-up": {
      const passes = asking(true, false);
      const outcome = passes ? "revoked" : prefixed("\\S+ was not revoked");
      return { outcome, live: !passes, emails: 0, requests: asked + (passes ? 1 : 0) };
    }
    case "delete: the revoke": {
      const { outcome, requests } = revoke(prefixed("\\S+ was not revoked"), "revoked");
      return { outcome, live: outcome !== "revoked" && !carriedOut, emails: 0, requests };
    }
    case "delete: the list": {
      const outcome = asking<Expected["outcome"]>("revoked", prefixed("\\S+ was not revoked"));
      return { outcome, live: false, emails: 0, requests: 1 + asked };
    }
  }

  /** @param found what is recorded where the look-up finds an invite that is not known to be ours. */
  function invite(
    failure: RegExp,
    sent: "sent" | "sent again",
    found: "adopted" | "recorded",
    before: number,
  ): Expected {
    const foundByLookUp = sent === "sent again" ? sent : "adopted";
    const emails = carriedOut || (repeated && !lasting) ? 1 : 0;
    const rest = { live: emails === 1, emails };
    switch (nature) {
      case "lost":
        // Look-up finds it, or finds nobody and it is sent again.
        if (carriedOut) return { ...rest, outcome: foundByLookUp, requests: before + 2 };
        if (!lasting) return { ...rest, outcome: sent, requests: before + 3 };
        return { ...rest, outcome: failure, requests: before + 2 * SENDS };
      case "limited":
        // The API says that it did nothing, so it is sent again; had it lied, that one is refused.
        if (lasting) return { ...rest, outcome: failure, requests: before + ALWAYS };
        if (carriedOut) return { ...rest, outcome: found, requests: before + 3 };
        return { ...rest, outcome: sent, requests: before + 2 };
      case "final":
        return { ...rest, outcome: failure, requests: before + 1 };
      case "refused":
        return { ...rest, outcome: carriedOut ? found : failure, requests: before + 2 };
      case "misdirected":
        return { ...rest, outcome: carriedOut ? foundByLookUp : failure, requests: before + 2 };
    }
  }

  /** Each attempt is a look and a revoke. */
  function revoke<T extends string>(failure: RegExp, done: T): { outcome: RegExp | T; requests: number } {
    switch (nature) {
      case "lost":
      case "limited":
        // The next look finds them gone, or they are revoked once more.
        if (carriedOut) return { outcome: done, requests: 3 };
        if (!lasting) return { outcome: done, requests: 4 };
        return { outcome: failure, requests: 2 * ALWAYS + (nature === "lost" ? 1 : 0) };
      case "refused":
        return { outcome: carriedOut ? done : failure, requests: 3 };
      case "final":
      case "misdirected":
        return { outcome: failure, requests: 2 };
    }
  }
}
