import type { FaultKind, Verb } from "headshotpro-emulator";

/** How the provider has to take a fault, whatever it looks like on the wire: see tests/provider/client/faults.spec.ts for that. */
const NATURES = {
  /** No usable answer: whether it was carried out is not known, and it may be tried again. */
  lost: { kind: "reset", message: /HeadshotPro gave no usable answer \(.+\)\. Run the same command again/ },
  /** Not now: to be tried again later. */
  limited: {
    kind: { status: 429, code: "RATE_LIMIT_EXCEEDED", retryAfter: 20 },
    message: /HeadshotPro's rate limit is reached \(429.*\)\. Run the same command again/,
  },
  /** The API's own "no", for a reason that no repeat changes. */
  final: {
    kind: { status: 403, code: "FORBIDDEN" },
    message: /the API key is not an organization admin's \(403 FORBIDDEN: .+\)\. Use the key of an admin/,
  },
  /** The API's "no" to this request, whose reason is not told: to be looked into. */
  refused: { kind: "success-false", message: /HeadshotPro refused it \(200: Something went wrong\)\.$/ },
  /** Somebody else answered. */
  misdirected: {
    kind: "redirect",
    message: /http:\/\/127\.0\.0\.1:\d+\/api\/v2 does not answer as HeadshotPro's API \(\d+: .+\)/,
  },
} as const satisfies Record<string, { kind: FaultKind; message: RegExp }>;
type Nature = keyof typeof NATURES;

/** The requests that a fault hits, and the situations that make an operation send them. */
const PLACES = [
  { name: "create: whose organization", operation: "create", on: "organization" },
  /** Nobody is there. */
  { name: "create: the invite", operation: "create", on: "create" },
  /** Invited by hand before, so that the invite is refused and they are looked up. */
  { name: "create: the look-up of somebody who is there", operation: "create", on: "get" },
  /** The same, and GET finds them: the list has the date. */
  { name: "create: the details of somebody who is there", operation: "create", on: "list" },
  /** The reply to the invite was lost after it took effect. */
  { name: "create: the look-up after a lost reply", operation: "create", on: "get" },
  /** The reply to the invite was lost before it took effect, and GET does not find them. */
  { name: "create: the list after a lost invite", operation: "create", on: "list" },
  { name: "read: the look-up", operation: "read", on: "get" },
  /** They are gone: GET does not find them. */
  { name: "read: the list", operation: "read", on: "list" },
  /** The invite has expired. */
  { name: "renewal: the date of the invite", operation: "update", on: "list" },
  { name: "renewal: the look-up", operation: "update", on: "get" },
  { name: "renewal: the credits", operation: "update", on: "credits" },
  { name: "renewal: the revoke", operation: "update", on: "revoke" },
  { name: "renewal: the invite", operation: "update", on: "create" },
  /** Pending, another team is declared, and HeadshotPro does not tell this key of the organization. */
  { name: "move: the teams", operation: "update", on: "teams" },
  /** Somebody completed, and another team is declared. */
  { name: "assign: the request", operation: "update", on: "assign" },
  { name: "assign: the look", operation: "update", on: "get" },
  { name: "delete: the look-up", operation: "delete", on: "get" },
  { name: "delete: the revoke", operation: "delete", on: "revoke" },
  /** They are gone: GET does not find them. */
  { name: "delete: the list", operation: "delete", on: "list" },
] as const satisfies { name: string; operation: string; on: Verb }[];

export interface Cell {
  place: (typeof PLACES)[number];
  nature: Nature;
  kind: FaultKind;
  when: "before" | "after";
  lasting: boolean;
}

/** What only asks has no effect, before which or after which the fault could come. */
const whensOf = ({ on }: Cell["place"]): Cell["when"][] =>
  ["create", "revoke", "assign"].includes(on) ? ["before", "after"] : ["before"];

export const CELLS: readonly Cell[] = PLACES.flatMap((place) =>
  (Object.keys(NATURES) as Nature[]).flatMap((nature) =>
    whensOf(place).flatMap((when) =>
      [false, true].map((lasting) => ({ place, nature, kind: NATURES[nature].kind, when, lasting })),
    ),
  ),
);

/** What must hold after an operation met a fault. */
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
    | "recorded"
    | "moved";
  /** The operation fails, and what it did is recorded all the same: the invite was revoked. */
  inPart?: boolean;
  /** Whether the person has a live invite at the API. */
  live: boolean;
  /** E-mails sent while the operation ran. */
  emails: number;
  /** Requests about this person, at most; and those of the kind that the fault hits. */
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
export function expectedOf({ place, nature, when, lasting }: Cell): Expected {
  const { message } = NATURES[nature];
  const carriedOut = when === "after";
  const repeated = nature === "lost" || nature === "limited";
  /** A request that only asks is repeated where that may help. */
  const answered = repeated && !lasting;
  const asked = repeated ? (lasting ? ALWAYS : 2) : 1;
  const prefixed = (prefix: string) => new RegExp(`^${prefix}: ${message.source}`);
  const asking = (passes: Expected["outcome"], failed: RegExp | string) =>
    answered ? passes : typeof failed === "string" ? prefixed(`\\S+ ${failed}`) : failed;
  const uncertain =
    /^It is not known whether \S+ was invited: .+ and the look-up failed too \(.+\)\. Run the same command again/;

  switch (place.name) {
    case "create: whose organization":
      // Nobody has to know: it is asked again only where the create would have to wait as well.
      return { outcome: "sent", live: true, emails: 1, requests: nature === "limited" ? asked + 1 : 2 };
    case "create: the invite":
      return invite(prefixed("\\S+ was not invited"), "sent", "adopted", 0);
    case "create: the look-up of somebody who is there":
      return { outcome: asking("adopted", "was not invited"), live: true, emails: 0, requests: 1 + asked };
    case "create: the details of somebody who is there": {
      const outcome = answered ? "adopted" : "adopted without a date";
      return { outcome, live: true, emails: 0, requests: 2 + asked };
    }
    case "create: the look-up after a lost reply":
      return { outcome: asking("adopted", uncertain), live: true, emails: 1, requests: 1 + asked };
    case "create: the list after a lost invite": {
      const emails = Number(answered);
      return { outcome: asking("sent", uncertain), live: answered, emails, requests: 2 + asked + emails };
    }
    case "read: the look-up":
      return { outcome: asking("seen", "could not be looked up"), live: true, emails: 0, requests: asked };
    case "read: the list":
      return {
        outcome: asking("gone", "could not be looked up"),
        live: false,
        emails: 0,
        requests: 1 + asked,
      };
    case "renewal: the date of the invite":
    case "renewal: the look-up": {
      const more = answered ? 3 : 0;
      const outcome = asking("sent again", "was not invited again");
      return { outcome, live: true, emails: Number(answered), requests: asked + more };
    }
    case "renewal: the credits":
      // The look may have grown too old meanwhile.
      return { outcome: "sent again", live: true, emails: 1, requests: asked + 4 };
    case "renewal: the revoke": {
      const { outcome, requests } = revoke(prefixed("\\S+ was not invited again"), "sent again");
      const sent = outcome === "sent again";
      // Not revoked, or invited again: only a refusal that was a lie leaves nobody.
      return { outcome, live: sent || !carriedOut, emails: Number(sent), requests: requests + Number(sent) };
    }
    case "renewal: the invite": {
      const failure = prefixed("the invite of \\S+ was revoked, but no new one was sent");
      const expected = invite(failure, "sent again", "recorded", 2);
      return { ...expected, inPart: expected.outcome instanceof RegExp };
    }
    case "move: the teams": {
      // Where the key may not list teams, nothing is known against this one.
      const goesOn = answered || nature === "final" || nature === "misdirected";
      const outcome = goesOn ? "sent again" : prefixed("\\S+ was not invited again");
      return { outcome, live: true, emails: Number(goesOn), requests: 1 + asked + (goesOn ? 3 : 0) };
    }
    case "assign: the request": {
      const outcome = answered || carriedOut ? "moved" : /^\S+ was not moved to .* did not do it \(/;
      return { outcome, live: true, emails: 0, requests: asked + 1 };
    }
    case "assign: the look": {
      const unclear =
        "It is not known whether \\S+ was moved to team \\S+ \\(the next `pulumi up` or .+ finds out\\)";
      const outcome = asking("moved", prefixed(unclear));
      return { outcome, live: true, emails: 0, requests: asked + 1 };
    }
    case "delete: the look-up": {
      const outcome = asking("revoked", "was not revoked");
      return { outcome, live: !answered, emails: 0, requests: asked + Number(answered) };
    }
    case "delete: the revoke": {
      const { outcome, requests } = revoke(prefixed("\\S+ was not revoked"), "revoked");
      return { outcome, live: outcome !== "revoked" && !carriedOut, emails: 0, requests };
    }
    case "delete: the list":
      return { outcome: asking("revoked", "was not revoked"), live: false, emails: 0, requests: 1 + asked };
  }

  /** @param found what is recorded where the look-up finds an invite that is not known to be ours. */
  function invite(
    failure: RegExp,
    sent: "sent" | "sent again",
    found: "adopted" | "recorded",
    before: number,
  ): Expected {
    const foundByLookUp = sent === "sent again" ? sent : "adopted";
    const emails = Number(carriedOut || answered);
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
