import type { Clock } from "./clock";
import { json, type Reply } from "./envelopes";
import type { FaultSpec } from "./fault-spec";
import type { Faults } from "./faults";
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
  faults: Faults;
  rateLimit: RateLimit;
  requests: readonly RequestRecord[];
}

const DEEDS = {
  accept: "accept",
  expire: "expire",
  upload: "startUpload",
  generate: "generate",
  complete: "complete",
  leave: "leave",
  revoke: "revokeByHand",
} as const satisfies Record<string, keyof People>;

/** Control over HTTP, for those who use the command: no key, since only this machine can reach it. */
export function controlOf(controlled: Controlled): (request: RawRequest) => Reply {
  return ({ method, url, contentType, body }) => {
    if (body === undefined) return json(413, { error: "the body is too large" });
    // A page may send anything else without asking first.
    if (body !== "" && !isJson(contentType)) {
      return json(415, { error: "a body needs the header content-type: application/json" });
    }
    try {
      const [path = "", query] = url.split("?", 2);
      const [, , noun = "", who = "", deed = ""] = path.split("/").map(decodeURIComponent);
      const done =
        method === "GET"
          ? look(controlled, noun, new URLSearchParams(query))
          : act(controlled, `${method} ${noun}`, who, deed, body === "" ? {} : JSON.parse(body));
      return done === undefined ? json(404, { error: `no such control: ${method} ${url}` }) : json(200, done);
    } catch (error) {
      return json(400, { error: (error as Error).message });
    }
  };
}

function look(controlled: Controlled, noun: string, query: URLSearchParams): unknown {
  const { organization, requests } = controlled;
  if (noun === "outbox") return newest(organization.outbox, query);
  if (noun === "requests") return newest(requests, query);
  if (noun === "invites") return newest(organization.all(), query);
  if (noun === "state") return stateOf(controlled);
  return undefined;
}

/** The last ones only if there is `?newest=N`: whoever asks every second does not want all of a log. */
function newest(all: readonly unknown[], query: URLSearchParams): readonly unknown[] {
  const text = query.get("newest");
  if (text === null) return all;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`newest is a whole number above 0, not ${text}`);
  return all.slice(-Number(text));
}

function stateOf({ organization, clock, faults, rateLimit, requests }: Controlled): object {
  return {
    now: clock.now().toISOString(),
    credits: organization.credits,
    pending: organization.pending,
    teams: Object.fromEntries(organization.teams),
    rateLimit: rateLimit.standing() ?? null,
    faults: faults
      .waiting()
      .map((spec) => ({ ...spec, ...(spec.times === Infinity && { times: "always" }) })),
    counts: { outbox: organization.outbox.length, requests: requests.length },
  };
}

function act(
  { people, clock, faults }: Controlled,
  what: string,
  who: string,
  deed: string,
  body: unknown,
): unknown {
  switch (what) {
    case "POST people":
      return Object.hasOwn(DEEDS, deed) ? people[DEEDS[deed as keyof typeof DEEDS]](who) : undefined;
    case "POST clock":
      return turn(clock, body as { advanceDays?: unknown; set?: unknown });
    case "POST faults":
      // JSON has no Infinity.
      faults.add({
        ...(body as FaultSpec),
        ...((body as { times: unknown }).times === "always" && { times: Infinity }),
      });
      return { queued: body };
    case "DELETE faults":
      faults.clear();
      return {};
    default:
      return undefined;
  }
}

function turn(clock: Clock, { advanceDays, set }: { advanceDays?: unknown; set?: unknown }): { now: string } {
  if (typeof advanceDays === "number") clock.advance({ days: advanceDays });
  else if (typeof set === "string") clock.set(set);
  else throw new Error("the clock takes {advanceDays: number} or {set: ISO date}");
  return { now: clock.now().toISOString() };
}
