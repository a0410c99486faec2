import type { FaultKind, Verb } from "headshotpro-emulator";

/** How the provider has to take a fault, whatever it looks like on the wire: see tests/provider/client/faults.spec.ts for that. */
const NATURES = {
  /** No usable answer: whether it was carried out is not known, and it may be tried again. */
  lost: "reset",
  /** Not now: to be tried again later. */
  limited: { status: 429, code: "RATE_LIMIT_EXCEEDED", retryAfter: 20 },
  /** The API's own "no", for a reason that no repeat changes. */
  final: { status: 403, code: "FORBIDDEN" },
  /** The API's "no" to this request, whose reason is not told: to be looked into. */
  refused: "success-false",
  /** Somebody else answered. */
  misdirected: "redirect",
} as const satisfies Record<string, FaultKind>;
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
      [false, true].map((lasting) => ({ place, nature, kind: NATURES[nature], when, lasting })),
    ),
  ),
);

/** What must hold after an operation met a fault. */
export interface Expected {
  /** What the message of the failure begins with (its text: tests/unit/explain.spec.ts), or what was recorded. */
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
}

const NOT_INVITED = /^\S+ was not invited: /;
const NOT_SENT_AGAIN = /^\S+ was not invited again: /;
const NOT_LOOKED_UP = /^\S+ could not be looked up: /;
const NOT_REVOKED = /^\S+ was not revoked: /;
const UNCERTAIN = /^It is not known whether \S+ was (invited|moved)/;

/**
 * The specification: what must hold in a cell. Every place answers for every nature, with no default, so that a
 * cell that nobody has thought of does not compile or fails.
 */
export function expectedOf({ place, nature, when, lasting }: Cell): Expected {
  const carriedOut = when === "after";
  /** A request that only asks is repeated where that may help. */
  const answered = (nature === "lost" || nature === "limited") && !lasting;
  const asking = (passes: Expected["outcome"], failed: RegExp) => (answered ? passes : failed);

  switch (place.name) {
    case "create: whose organization":
      // Nobody has to know.
      return { outcome: "sent", live: true, emails: 1 };
    case "create: the invite":
      return invite(NOT_INVITED, "sent", "adopted");
    case "create: the look-up of somebody who is there":
      return { outcome: asking("adopted", NOT_INVITED), live: true, emails: 0 };
    case "create: the details of somebody who is there":
      return { outcome: answered ? "adopted" : "adopted without a date", live: true, emails: 0 };
    case "create: the look-up after a lost reply":
      return { outcome: asking("adopted", UNCERTAIN), live: true, emails: 1 };
    case "create: the list after a lost invite":
      return { outcome: asking("sent", UNCERTAIN), live: answered, emails: Number(answered) };
    case "read: the look-up":
      return { outcome: asking("seen", NOT_LOOKED_UP), live: true, emails: 0 };
    case "read: the list":
      return { outcome: asking("gone", NOT_LOOKED_UP), live: false, emails: 0 };
    case "renewal: the date of the invite":
    case "renewal: the look-up":
      return { outcome: asking("sent again", NOT_SENT_AGAIN), live: true, emails: Number(answered) };
    case "renewal: the credits":
      return { outcome: "sent again", live: true, emails: 1 };
    case "renewal: the revoke": {
      const outcome = revoke(NOT_SENT_AGAIN, "sent again");
      const sent = outcome === "sent again";
      // Not revoked, or invited again: only a refusal that was a lie leaves nobody.
      return { outcome, live: sent || !carriedOut, emails: Number(sent) };
    }
    case "renewal: the invite": {
      const failure = /^the invite of \S+ was revoked, but no new one was sent: /;
      const expected = invite(failure, "sent again", "recorded");
      return { ...expected, inPart: expected.outcome instanceof RegExp };
    }
    case "move: the teams": {
      // Where the key may not list teams, nothing is known against this one.
      const goesOn = answered || nature === "final" || nature === "misdirected";
      return { outcome: goesOn ? "sent again" : NOT_SENT_AGAIN, live: true, emails: Number(goesOn) };
    }
    case "assign: the request": {
      const isDone = answered || carriedOut;
      return {
        outcome: isDone ? "moved" : /^\S+ was not moved to .* did not do it \(/,
        live: true,
        emails: 0,
      };
    }
    case "assign: the look":
      return { outcome: asking("moved", UNCERTAIN), live: true, emails: 0 };
    case "delete: the look-up":
      return { outcome: asking("revoked", NOT_REVOKED), live: !answered, emails: 0 };
    case "delete: the revoke": {
      const outcome = revoke(NOT_REVOKED, "revoked");
      return { outcome, live: outcome !== "revoked" && !carriedOut, emails: 0 };
    }
    case "delete: the list":
      return { outcome: asking("revoked", NOT_REVOKED), live: false, emails: 0 };
  }

  /** @param found what is recorded where the look-up finds an invite that is not known to be ours. */
  function invite(failure: RegExp, sent: "sent" | "sent again", found: "adopted" | "recorded"): Expected {
    const emails = Number(carriedOut || answered);
    const rest = { live: emails === 1, emails };
    const foundByLookUp = sent === "sent again" ? sent : "adopted";
    // The look-up finds it, or finds nobody and it is sent again.
    if (nature === "lost") return { ...rest, outcome: carriedOut ? foundByLookUp : lasting ? failure : sent };
    // The API says that it did nothing, so it is sent again; had it lied, that one is refused.
    if (nature === "limited") return { ...rest, outcome: lasting ? failure : carriedOut ? found : sent };
    if (!carriedOut || nature === "final") return { ...rest, outcome: failure };
    return { ...rest, outcome: nature === "refused" ? found : foundByLookUp };
  }

  function revoke<T extends string>(failure: RegExp, done: T): RegExp | T {
    // The next look finds them gone, or they are revoked once more.
    if (nature === "lost" || nature === "limited") return carriedOut || !lasting ? done : failure;
    return nature === "refused" && carriedOut ? done : failure;
  }
}
