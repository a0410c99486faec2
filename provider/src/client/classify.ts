import { type Failure, type FailureReason, printable } from "./errors";

export interface Reply {
  method: string;
  path: string;
  status: number;
  headers: { get(name: string): string | null };
  /** Undefined if it is not what its `Content-Encoding` says. */
  body: string | undefined;
  /** Undefined if the body is not JSON. */
  json: unknown;
}

/**
 * Says whether a reply is a failure, and which. Undefined: a success to be parsed.
 *
 * Source: the table of HTTP statuses and codes in the vendor's reference, and its other public pages.
 */
export function classify(reply: Reply, now: Date): Failure | undefined {
  const said = readErrorBody(reply.json ?? reply.body);
  const { method, path, status, headers } = reply;
  const succeeded = status >= 200 && status < 300;
  // `success: false` under 200 is a refusal.
  if (succeeded && reply.json !== undefined && !said.ownEnvelope) return undefined;

  const reason = succeeded ? successReason(reply, said) : statusReason(reply, said);
  const failure: Failure = { reason, method, path, status, text: textFor(reason, reply, said) };
  if (said.code) failure.code = said.code;
  if (reason === "rate-limit") failure.retryAt = retryAt(headers, now);
  if (reason === "server") failure.retryAt = retryAfter(headers, now);
  return failure;
}

const BY_CODE: Readonly<Record<string, FailureReason>> = {
  UNAUTHORIZED: "unauthorized",
  FORBIDDEN: "forbidden",
  INSUFFICIENT_CREDITS: "insufficient-credits",
  NOT_FOUND: "not-found",
  INVITE_LIMIT_EXCEEDED: "invite-limit",
  RATE_LIMIT_EXCEEDED: "rate-limit",
};

/** Only the API's own word counts for these: a proxy or a bot check answers with them as well. */
const BY_STATUS: Readonly<Record<number, FailureReason>> = {
  401: "unauthorized",
  402: "insufficient-credits",
  403: "forbidden",
  404: "not-found",
};

/** A proxy's own, blocked for legal reasons, or by the sign-in page of a network: never the API's. */
const NEVER_THE_API = [407, 451, 511];

/** What an API answers to an invite that it does not take. */
const REFUSALS = [400, 409, 422];

const HTML = /^\s*(<!doctype html|<html|<head|<body)/i;

function successReason({ json }: Reply, { code = "" }: ErrorBody): FailureReason {
  return json === undefined ? "unusable-reply" : (BY_CODE[code] ?? "rejected");
}

function statusReason({ status, body }: Reply, { code, ownEnvelope }: ErrorBody): FailureReason {
  const reason = BY_STATUS[status];
  if (reason) {
    const isOwn = code === undefined ? ownEnvelope : BY_CODE[code] === reason;
    // Another code in the API's envelope is one more way to refuse a key, but no proof that somebody is gone.
    return isOwn || (ownEnvelope && reason !== "not-found") ? reason : "wrong-address";
  }
  if (status === 429) return code === "INVITE_LIMIT_EXCEEDED" ? "invite-limit" : "rate-limit";
  if ((status >= 300 && status < 400) || NEVER_THE_API.includes(status)) return "wrong-address";
  if (status >= 500 || status === 408) return "server";
  // What the API refuses a person with may come as a page; what a gateway refuses a request with does not concern them.
  return HTML.test(body ?? "") && !REFUSALS.includes(status) ? "wrong-address" : "rejected";
}

function textFor(reason: FailureReason, reply: Reply, { text }: ErrorBody): string {
  if (reason === "wrong-address") return describeAnswer(reply, text);
  if (reason !== "unusable-reply") return text ?? "no explanation was given";
  if (reply.body === undefined)
    return "the reply cannot be decoded: it is not what its Content-Encoding says";
  return reply.body === ""
    ? "the reply is empty"
    : `the reply is not JSON, but ${describeAnswer(reply, text)}`;
}

/**
 * What has answered in the API's place.
 *
 * @param text what it says.
 * @example
 * "an HTML page from cloudflare: Just a moment..."
 */
function describeAnswer({ status, headers, body, json }: Reply, text: string | undefined): string {
  const by = printable(headers.get("server") ?? headers.get("via") ?? "")?.slice(0, 60);
  const kind = answerKind();
  return `${kind}${by ? ` from ${by}` : ""}${text && !kind.startsWith("something") ? `: ${text}` : ""}`;

  function answerKind(): string {
    const location = headers.get("location") ?? "";
    if (status >= 300 && status < 400)
      return URL.canParse(location) ? `a redirect to ${new URL(location).host}` : "a redirect";
    if (json !== undefined) return "JSON in another form than the API's";
    if (body === undefined || body.includes("\uFFFD")) return "something that cannot be decoded";
    if (body.trim() === "") return "an empty answer";
    if (/^\s*[[{]/.test(body)) return "something that begins as JSON and is cut off or broken";
    return HTML.test(body) ? "an HTML page" : "plain text";
  }
}

/**
 * `Retry-After` if it comes, else `X-RateLimit-Reset` (an ISO time stamp, by the API's own clock), in this machine's
 * time.
 */
export function retryAt(headers: Reply["headers"], now: Date): Date | undefined {
  return retryAfter(headers, now) ?? inOwnTime(parseTime(headers.get("x-ratelimit-reset")), headers, now);
}

/** `Retry-After`: seconds, or an HTTP date by the API's own clock. One that is over asks for nothing. */
function retryAfter(headers: Reply["headers"], now: Date): Date | undefined {
  const after = headers.get("retry-after")?.trim();
  if (after && /^\d{1,9}$/.test(after)) return new Date(now.getTime() + Number(after) * 1000);
  const date = inOwnTime(parseTime(after), headers, now);
  return date && date > now ? date : undefined;
}

function inOwnTime(apiTime: number | undefined, headers: Reply["headers"], now: Date): Date | undefined {
  const apiNow = parseTime(headers.get("date")) ?? now.getTime();
  return apiTime === undefined ? undefined : new Date(now.getTime() + apiTime - apiNow);
}

/** Milliseconds since 1970; undefined if the text names no time of a day. */
export function parseTime(text: string | null | undefined): number | undefined {
  // Date.parse makes a date of "60" and "1.5" too.
  const time = Date.parse(text && /\d:\d/.test(text) ? text : "");
  return Number.isNaN(time) ? undefined : time;
}

export interface ErrorBody {
  /** The machine-readable code, in capitals as the API writes it: `NOT_FOUND`. */
  code?: string;
  /** The human text, cleaned for printing. */
  text?: string;
  /** Whether the body is the API's own documented envelope: `{success: false, …}`. */
  ownEnvelope: boolean;
}

/**
 * Reads the code and the human text out of an error's body: of the documented envelope `{success: false, error, code}`,
 * those of the vendor's other pages and of common frameworks, and a proxy's HTML.
 *
 * @param body the parsed JSON, or the raw text if it was not JSON.
 * @example
 * readErrorBody({ error: { code: "NOT_FOUND", message: "No such team" } });
 * // { code: "NOT_FOUND", text: "No such team", ownEnvelope: false }
 */
export function readErrorBody(body: unknown): ErrorBody {
  if (typeof body === "string") return { text: printable(markupText(body)), ownEnvelope: false };
  if (!isRecord(body)) return { ownEnvelope: false };
  const nested = isRecord(body.error) ? body.error : undefined;
  return {
    code: toCode(body.code) ?? toCode(nested?.code),
    text: printable(
      toText(nested?.message) ?? toText(body.message) ?? toText(body.error) ?? issuesText(body.errors),
    ),
    ownEnvelope: body.success === false,
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toCode(value: unknown): string | undefined {
  return typeof value === "string" && /^[A-Z][A-Z0-9_]{1,63}$/.test(value) ? value : undefined;
}

function toText(value: unknown): string | undefined {
  const parts = Array.isArray(value) ? value : [value];
  return parts.filter((part) => typeof part === "string" && part.trim()).join("; ") || undefined;
}

/** `{errors: [{message|msg, path|param|field}]}`, as validation middleware writes it. */
function issuesText(issues: unknown): string | undefined {
  if (!Array.isArray(issues)) return undefined;
  return issues
    .filter(isRecord)
    .map((issue) => {
      const field = toText(issue.path) ?? toText(issue.param) ?? toText(issue.field);
      const text = toText(issue.message) ?? toText(issue.msg) ?? "invalid";
      return field ? `${field}: ${text}` : text;
    })
    .join("; ");
}

/** A proxy's HTML page, reduced to the words in it. */
function markupText(body: string): string {
  const start = body.slice(0, 2000);
  const title = /<title[^>]{0,100}>([^<]{1,200})</i.exec(start)?.[1];
  return title ?? start.replace(/<[^>]{0,500}>/g, " ");
}
