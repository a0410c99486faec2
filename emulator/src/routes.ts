import type { RefusalReason } from "./refusals";
import type { Verb } from "./request-log";

/** A request that has been read, before anything was decided about it. */
export interface RawRequest {
  method: string;
  /** Path and query, as they came. */
  url: string;
  contentType: string;
  /** Absent when it was too large to be read. */
  body: string | undefined;
}

/** What a request asks for, or the reason why it cannot be understood. */
export interface Call {
  verb: Verb;
  email?: string;
  teamId?: string;
  query: URLSearchParams;
  refusal?: { reason: RefusalReason; message?: string };
}

const ORGANIZATION = "/api/v2/organization";
const INVITES = `${ORGANIZATION}/invites`;

const END_POINTS: Partial<Record<string, Verb>> = {
  [`POST ${INVITES}`]: "create",
  [`POST ${INVITES}/revoke`]: "revoke",
  [`GET ${INVITES}`]: "list",
  [`GET ${ORGANIZATION}/teams`]: "teams",
  [`GET ${ORGANIZATION}/credits`]: "credits",
};

/** Which end point, with which arguments. Never throws: any input has a {@link Call}. */
export function callOf(request: RawRequest): Call {
  const [path = "", search] = request.url.split("?", 2);
  const query = new URLSearchParams(search);
  const verb = verbOf(request.method, path);
  if (verb === "get") return { verb, query, ...emailInPath(path.slice(INVITES.length + 1)) };
  if (verb === "create" || verb === "revoke") return { verb, query, ...fieldsOf(request, verb) };
  return { verb, query };
}

function verbOf(method: string, path: string): Verb {
  const verb = END_POINTS[`${method} ${path}`];
  if (verb) return verb;
  return method === "GET" && /^[^/]+$/.test(path.slice(INVITES.length + 1)) && path.startsWith(`${INVITES}/`)
    ? "get"
    : "other";
}

function emailInPath(segment: string): Pick<Call, "email" | "refusal"> {
  try {
    return { email: decodeURIComponent(segment) };
  } catch {
    return { refusal: { reason: "bad-request", message: "Malformed percent-encoding" } };
  }
}

function fieldsOf(request: RawRequest, verb: "create" | "revoke"): Omit<Call, "verb" | "query"> {
  if (request.body === undefined) return { refusal: { reason: "too-large" } };
  const fields = parse(request);
  if (!fields) return { refusal: { reason: "bad-request", message: "The body is not a JSON object" } };
  const { email, teamId } = fields as { email?: unknown; teamId?: unknown };
  if (typeof email !== "string") {
    return { refusal: { reason: "malformed-email", message: "email is required" } };
  }
  if (verb === "revoke" || teamId === undefined) return { email };
  if (typeof teamId === "string") return { email, teamId };
  return { email, refusal: { reason: "bad-request", message: "teamId must be a string" } };
}

export function isJson(contentType: string): boolean {
  return /^application\/json\s*(?:;|$)/i.test(contentType);
}

function parse({ contentType, body = "" }: RawRequest): object | undefined {
  // A server with a JSON body parser does not look at a body that is declared as something else.
  if (!isJson(contentType)) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
