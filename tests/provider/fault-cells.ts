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
  fails: boolean;
  /** Whether the person has a live invite at the API. */
  live: boolean;
  /** E-mails sent while the operation ran. */
  emails: number;
}

/**
 * The specification: what must hold in a cell. Every place answers for every nature, with no default, so that a
 * cell that nobody has thought of does not compile or fails.
 */
export function expectedOf({ place, nature, when, lasting }: Cell): Expected {
  const carriedOut = when === "after";
  const isRepeated = nature === "lost" || nature === "limited";
  /** A request that only asks is repeated where that may help. */
  const answered = isRepeated && !lasting;
  const emails = Number(answered);

  switch (place.name) {
    // Nobody has to know these: the organization, a date, the credits.
    case "create: whose organization":
    case "renewal: the credits":
      return { fails: false, live: true, emails: 1 };
    case "create: the details of somebody who is there":
      return { fails: false, live: true, emails: 0 };
    case "create: the look-up of somebody who is there":
    case "read: the look-up":
    case "assign: the look":
      return { fails: !answered, live: true, emails: 0 };
    case "create: the look-up after a lost reply":
      return { fails: !answered, live: true, emails: 1 };
    case "create: the list after a lost invite":
      return { fails: !answered, live: answered, emails };
    case "renewal: the date of the invite":
    case "renewal: the look-up":
      return { fails: !answered, live: true, emails };
    case "read: the list":
    case "delete: the list":
      return { fails: !answered, live: false, emails: 0 };
    case "delete: the look-up":
      return { fails: !answered, live: !answered, emails: 0 };
    case "create: the invite":
    case "renewal: the invite": {
      const sent = carriedOut || answered;
      return { fails: failsToSend(), live: sent, emails: Number(sent) };
    }
    case "renewal: the revoke": {
      const fails = failsToRevoke();
      // Not revoked, or invited again: only a refusal that was a lie leaves nobody.
      return { fails, live: !fails || !carriedOut, emails: Number(!fails) };
    }
    case "delete: the revoke": {
      const fails = failsToRevoke();
      return { fails, live: fails && !carriedOut, emails: 0 };
    }
    case "move: the teams": {
      // Where the key may not list teams, nothing is known against this one.
      const fails = !answered && nature !== "final" && nature !== "misdirected";
      return { fails, live: true, emails: Number(!fails) };
    }
    case "assign: the request":
      return { fails: !answered && !carriedOut, live: true, emails: 0 };
  }

  function failsToSend(): boolean {
    // The look-up finds it, or finds nobody and it is sent again.
    if (nature === "lost") return !carriedOut && lasting;
    // The API says that it did nothing, so it is sent again; had it lied, that one is refused.
    if (nature === "limited") return lasting;
    return !carriedOut || nature === "final";
  }

  function failsToRevoke(): boolean {
    // The next look finds them gone, or they are revoked once more.
    if (isRepeated) return !carriedOut && lasting;
    return !carriedOut || nature !== "refused";
  }
}
