import type { Automation } from "./automation";
import type { Clock } from "./clock";
import { json, type Reply } from "./envelopes";
import type { FaultSpec, Faults } from "./faults";
import type { Keys, Scope } from "./keys";
import type { Organization } from "./organization";
import type { People } from "./people";
import type { RateLimit } from "./rate-limit";
import type { RequestRecord } from "./request-log";
import { isJson, type RawRequest } from "./routes";

/** What can be looked at and done under `/_emulator/`. */
export interface Controlled {
  organization: Organization;
  people: People;
  clock: Clock;
  keys: Keys;
  faults: Faults;
  rateLimit: RateLimit;
  requests: readonly RequestRecord[];
}

/** A body as it came: nothing has looked at it but the JSON parser. */
type Fields = Record<string, unknown>;

/** What can be done to a person: `POST /_emulator/people/:email/…`. */
const DEEDS: Record<string, (people: People, email: string, fields: Fields) => unknown> = {
  accept: (people, email) => people.accept(email),
  expire: (people, email) => people.expire(email),
  upload: (people, email) => people.startUpload(email),
  generate: (people, email) => people.generate(email),
  complete: (people, email) => people.complete(email),
  retry: (people, email) => people.giveRetry(email),
  "next-shoot": (people, email, { status }) =>
    people.inviteToNextShoot(email, status as "pending" | undefined),
  move: (people, email, { teamId }) => people.moveToTeam(email, teamId as string | null),
  leave: (people, email) => people.leave(email),
  revoke: (people, email) => people.revokeByHand(email),
};

/** Everything else that can be done; `name` is the part of the path behind the noun. */
const ACTIONS: Record<string, (controlled: Controlled, name: string, fields: Fields) => unknown> = {
  "POST clock": ({ clock }, _, fields) => turn(clock, fields),
  "POST teams": ({ organization }, _, { name }) => ({ id: organization.createTeam(toText(name)) }),
  "PUT teams": ({ organization }, id, { name }) => organization.renameTeam(id, toText(name)),
  "DELETE teams": ({ organization }, id) => organization.deleteTeam(id),
  "POST automation": ({ organization }, _, fields) => automate(organization, fields),
  "POST keys": ({ keys }, _, { key, scopes }) => keys.accept(key as string, scopes as Scope[]),
  "DELETE keys": ({ keys }, key) => keys.refuse(key),
  "POST faults": ({ faults }, _, fields) => {
    // JSON has no Infinity.
    const times = fields.times === "always" && { times: Number.POSITIVE_INFINITY };
    faults.add({ ...(fields as unknown as FaultSpec), ...times });
    return { queued: fields };
  },
  "DELETE faults": ({ faults }) => faults.clear(),
};

/** Control over HTTP, for those who use the command: no key, since only this machine can reach it. */
export function createControl(controlled: Controlled): (request: RawRequest) => Reply {
  return ({ method, url, contentType, body }) => {
    if (body === undefined) return json(413, { error: "the body is too large" });
    // A page may send anything else without asking first.
    if (body !== "" && !isJson(contentType)) {
      return json(415, { error: "a body needs the header content-type: application/json" });
    }
    try {
      const [path = "", query] = url.split("?", 2);
      const [, , noun = "", name = "", deed = ""] = path.split("/").map(decodeURIComponent);
      const answer =
        method === "GET"
          ? look(controlled, noun, new URLSearchParams(query))
          : act(controlled, `${method} ${noun}`, name, deed, toFields(body));
      return answer === undefined
        ? json(404, { error: `no such control: ${method} ${url}` })
        : json(200, answer);
    } catch (error) {
      return json(400, { error: (error as Error).message });
    }
  };
}

/** Undefined if there is no such action; an action without a result answers `{}`. */
function act(controlled: Controlled, what: string, name: string, deed: string, fields: Fields): unknown {
  if (what === "POST people") {
    return Object.hasOwn(DEEDS, deed) ? DEEDS[deed]?.(controlled.people, name, fields) : undefined;
  }
  return Object.hasOwn(ACTIONS, what) ? (ACTIONS[what]?.(controlled, name, fields) ?? {}) : undefined;
}

function look(controlled: Controlled, noun: string, query: URLSearchParams): unknown {
  const { organization, requests } = controlled;
  if (noun === "outbox") return newest(organization.outbox, query);
  if (noun === "requests") return newest(requests, query);
  if (noun === "invites") return newest(organization.all(), query);
  if (noun === "state") return toState(controlled);
  return undefined;
}

/** The last ones only if there is `?newest=N`: a page that asks every second does not want all of a log. */
function newest(all: readonly unknown[], query: URLSearchParams): readonly unknown[] {
  const text = query.get("newest");
  if (text === null) return all;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`newest is a whole number above 0, not ${text}`);
  return all.slice(-Number(text));
}

function toState({ organization, clock, faults, rateLimit, requests }: Controlled): object {
  const { uid, name, credits, pending, teams, automation } = organization;
  return {
    now: clock.now().toISOString(),
    organization: { uid, name },
    credits,
    pending,
    teams: teams.names,
    automation: withNulls(automation),
    rateLimit: rateLimit.standing() ?? null,
    faults: faults
      .waiting()
      .map((spec) => ({ ...spec, ...(spec.times === Infinity && { times: "always" }) })),
    counts: { outbox: organization.outbox.length, requests: requests.length },
  };
}

function turn(clock: Clock, { advanceDays, set }: Fields): { now: string } {
  if (typeof advanceDays === "number") clock.advance({ days: advanceDays });
  else if (typeof set === "string") clock.set(set);
  else throw new Error("the clock takes {advanceDays: number} or {set: ISO date}");
  return { now: clock.now().toISOString() };
}

/** A setting that is left out stays; null switches it off. */
function automate(organization: Organization, fields: Fields): object {
  const { automation } = organization;
  for (const name of ["retentionDays", "nextShootMonths"] as const) {
    if (name in fields) automation[name] = (fields[name] ?? undefined) as number | undefined;
  }
  organization.automation = automation;
  return withNulls(automation);
}

/** JSON has no undefined. */
function withNulls({ retentionDays, nextShootMonths }: Automation): object {
  return { retentionDays: retentionDays ?? null, nextShootMonths: nextShootMonths ?? null };
}

function toFields(body: string): Fields {
  const value: unknown = body === "" ? {} : JSON.parse(body);
  if (typeof value !== "object" || value === null) throw new Error("a body is a JSON object");
  return value as Fields;
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
