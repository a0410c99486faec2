import type { Scope } from "./keys";
import type { RefusalReason } from "./refusals";

export const VERBS = [
  "list",
  "create",
  "get",
  "revoke",
  "organization",
  "credits",
  "teams",
  "createTeam",
  "renameTeam",
  "deleteTeam",
  "assign",
  "other",
] as const;

/** What a request asks for; `other` is nothing that the API knows. */
export type Verb = (typeof VERBS)[number];

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
  /** What its key must be allowed to do. */
  scope?: Scope;
  /** Whom it is about. */
  emails: readonly string[];
  teamId?: string;
  /** Of a team. */
  name?: string;
  query: URLSearchParams;
  refusal?: { reason: RefusalReason; message?: string };
}

type Arguments = Partial<Pick<Call, "emails" | "teamId" | "name" | "refusal">>;

interface EndPoint {
  verb: Verb;
  scope: Scope;
  method: string;
  /** Below `/organization`, with what is an argument in parentheses. */
  path: RegExp;
  /** Takes the argument out of the path. */
  inPath?(argument: string): Arguments;
  /** Takes arguments out of the body; one without it has no body. */
  inBody?(fields: Record<string, unknown>): Arguments;
}

const ORGANIZATION = "/api/v2/organization";

const teamInPath = (teamId: string) => ({ teamId });

const END_POINTS: readonly EndPoint[] = [
  { verb: "list", scope: "Invites", method: "GET", path: /^\/invites$/ },
  { verb: "create", scope: "Invites", method: "POST", path: /^\/invites$/, inBody: emailAndTeam },
  { verb: "revoke", scope: "Invites", method: "POST", path: /^\/invites\/revoke$/, inBody: emailOnly },
  {
    verb: "get",
    scope: "Invites",
    method: "GET",
    path: /^\/invites\/([^/]+)$/,
    inPath: (email) => ({ emails: [email] }),
  },
  { verb: "organization", scope: "Organization", method: "GET", path: /^$/ },
  { verb: "credits", scope: "Organization", method: "GET", path: /^\/credits$/ },
  { verb: "teams", scope: "Teams", method: "GET", path: /^\/teams$/ },
  { verb: "createTeam", scope: "Teams", method: "POST", path: /^\/teams$/, inBody: teamName },
  {
    verb: "renameTeam",
    scope: "Teams",
    method: "PUT",
    path: /^\/teams\/([^/]+)$/,
    inPath: teamInPath,
    inBody: teamName,
  },
  { verb: "deleteTeam", scope: "Teams", method: "DELETE", path: /^\/teams\/([^/]+)$/, inPath: teamInPath },
  {
    verb: "assign",
    scope: "Teams",
    method: "POST",
    path: /^\/teams\/([^/]+)\/members$/,
    inPath: teamInPath,
    inBody: listedEmails,
  },
];

/** Which end point, with which arguments. Never throws: any input has a {@link Call}. */
export function parseCall(request: RawRequest): Call {
  const [path = "", search] = request.url.split("?", 2);
  const query = new URLSearchParams(search);
  if (path.startsWith(ORGANIZATION)) {
    for (const endPoint of END_POINTS) {
      const match = request.method === endPoint.method && endPoint.path.exec(path.slice(ORGANIZATION.length));
      if (!match) continue;
      const { verb, scope } = endPoint;
      return { verb, scope, query, emails: [], ...parseArguments(endPoint, match[1] ?? "", request) };
    }
  }
  return { verb: "other", query, emails: [] };
}

function parseArguments({ inPath, inBody }: EndPoint, segment: string, request: RawRequest): Arguments {
  const argument = decode(segment);
  if (argument === undefined) return badRequest("Malformed percent-encoding");
  const found = inPath?.(argument) ?? {};
  if (!inBody) return found;
  if (request.body === undefined) return { ...found, refusal: { reason: "too-large" } };
  const fields = parseBody(request);
  return { ...found, ...(fields ? inBody(fields) : badRequest("The body is not a JSON object")) };
}

function emailOnly({ email }: Record<string, unknown>): Arguments {
  if (typeof email === "string") return { emails: [email] };
  return { refusal: { reason: "malformed-email", message: "email is required" } };
}

function emailAndTeam(fields: Record<string, unknown>): Arguments {
  const found = emailOnly(fields);
  const { teamId } = fields;
  if (found.refusal || teamId === undefined) return found;
  return { ...found, ...(typeof teamId === "string" ? { teamId } : badRequest("teamId must be a string")) };
}

function listedEmails({ emails }: Record<string, unknown>): Arguments {
  const isList = Array.isArray(emails) && emails.every((email) => typeof email === "string");
  return isList && emails.length > 0 ? { emails } : badRequest("emails must be a list of addresses");
}

function teamName({ name }: Record<string, unknown>): Arguments {
  return typeof name === "string" ? { name } : { refusal: { reason: "team-name" } };
}

function badRequest(message: string): Arguments {
  return { refusal: { reason: "bad-request", message } };
}

export function isJson(contentType: string): boolean {
  return /^application\/json\s*(?:;|$)/i.test(contentType);
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function parseBody({ contentType, body = "" }: RawRequest): Record<string, unknown> | undefined {
  // A server with a JSON body parser does not look at a body that is declared as something else.
  if (!isJson(contentType)) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
