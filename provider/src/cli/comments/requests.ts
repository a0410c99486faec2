import type { Agent } from "node:http";
import fetch, { type RequestInit } from "node-fetch";
import { readErrorBody, retryAt } from "../../client/classify";
import { ApiError, type Failure, printable, withoutUrl } from "../../client/errors";
import { agentFor, isProxyCode, PROXY_REASONS } from "../../client/proxy";
import type { Clock } from "../../clock";
import { parseJson } from "../../text";
import type { Target } from "./github-or-gitlab";

/** For one request, from connecting to the last byte. */
const TIMEOUT_MS = 30_000;

type ForgeFailure = Omit<Failure, "method" | "path">;

interface ForgeReply {
  status: number;
  headers: { get(name: string): string | null };
  /** Undefined if the body is not JSON. */
  json: unknown;
  body: string;
}

/** Sends single requests to a forge. Nothing else here sees the token. */
export class ForgeRequests {
  // Not only private to the compiler: what is logged must not show the token.
  readonly #token: string;
  readonly #agent: Agent;

  /** @throws RangeError if the environment's proxy has an address that cannot be used. */
  constructor(
    readonly target: Target,
    token: string,
    private readonly clock: Clock,
  ) {
    this.#token = token;
    this.#agent = agentFor(target.apiUrl);
  }

  /**
   * @returns the parsed body, and whether the forge has another page of this list
   * @throws ApiError for everything but a success with a JSON body, or without any
   */
  async send(method: string, path: string, content?: object): Promise<{ json: unknown; hasNext: boolean }> {
    const { apiUrl, forge } = this.target;
    const reply = await this.exchange(apiUrl + path, {
      method,
      agent: this.#agent,
      headers: {
        ...forge.headers(this.#token),
        "User-Agent": "pulumi-headshotpro",
        ...(content && { "Content-Type": "application/json" }),
      },
      ...(content && { body: JSON.stringify(content) }),
      // A redirect would carry the token to another host.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error) => {
      throw new ApiError({ method, path, ...this.networkFailure(error) });
    });
    const failure = classifyReply(reply, new Date(this.clock.now()));
    if (failure) throw new ApiError({ method, path, ...failure });
    return { json: reply.json, hasNext: /rel="?next"?/.test(reply.headers.get("link") ?? "") };
  }

  private async exchange(url: string, request: RequestInit): Promise<ForgeReply> {
    const response = await fetch(url, request);
    const body = this.withoutToken(await response.text());
    return { status: response.status, headers: response.headers, body, json: parseJson(body) };
  }

  private networkFailure({ name, message, code }: NodeJS.ErrnoException): ForgeFailure {
    const text =
      name === "AbortError" ? `no complete reply within ${TIMEOUT_MS / 1000} s` : withoutUrl(message);
    return {
      reason: isProxyCode(code) ? PROXY_REASONS[code] : "no-reply",
      text: printable(this.withoutToken(text)) ?? "the connection failed",
    };
  }

  /** A careless proxy may quote the request's headers in its answer. */
  private withoutToken(text: string): string {
    return text.replaceAll(this.#token, "[token]");
  }
}

export function classifyReply(
  { status, headers, json, body }: ForgeReply,
  now: Date,
): ForgeFailure | undefined {
  if (status >= 200 && status < 300) {
    if (status === 204 || json !== undefined) return undefined;
    return { reason: "unusable-reply", text: "the reply is not JSON", status };
  }
  const text = readErrorBody(json ?? body).text ?? "no explanation was given";
  if (isRateLimit(status, headers))
    return { reason: "rate-limit", text, status, retryAt: retryAt(headers, now) ?? resetAt(headers) };
  return { reason: status >= 500 || status === 408 ? "server" : "rejected", text, status };
}

/** GitHub answers 403 to too many requests as well. */
function isRateLimit(status: number, headers: ForgeReply["headers"]): boolean {
  if (status === 429) return true;
  const isUsedUp = headers.get("x-ratelimit-remaining")?.trim() === "0";
  return status === 403 && (isUsedUp || headers.get("retry-after") !== null);
}

/** Both forges give the time in seconds since 1970. */
function resetAt(headers: ForgeReply["headers"]): Date | undefined {
  const reset = (headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset"))?.trim();
  return reset && /^\d{1,11}$/.test(reset) ? new Date(Number(reset) * 1000) : undefined;
}

/** @example toShortText(error); // "403: Resource not accessible by integration" */
export function toShortText({ status, text }: Pick<ForgeFailure, "status" | "text">): string {
  return status === undefined ? text : `${status}: ${text}`;
}

/** Whether a forge refused a comment because the run's token may only read, as the runner says. */
export function isReadOnlyRefusal(
  { readOnly }: Target,
  { status, reason }: Pick<ForgeFailure, "status" | "reason">,
): boolean {
  return readOnly !== undefined && reason === "rejected" && (status === 403 || status === 404);
}

export function explainReadOnly({ forge, readOnly }: Target): string {
  const why =
    readOnly === "dependabot"
      ? `Dependabot started this run, and the token of such a run may not comment on ${forge.name}`
      : `The ${forge.change} comes from a fork, whose runs may not comment on ${forge.name}`;
  return `${why}: the review is in the job's output only.`;
}

export function explainForgeFailure(failure: ForgeFailure, target: Target): string {
  const { forge, tokenEnv, repository, request } = target;
  const there = `${forge.change} ${request} of ${repository}`;
  const answer = `(${toShortText(failure)})`;
  if (failure.status === 401)
    return `${forge.name} does not accept the token in ${tokenEnv} ${answer}, so the review is no comment. Set a valid one.`;
  if (failure.reason === "rate-limit") {
    const until = failure.retryAt ? ` until ${failure.retryAt.toISOString()}` : " for now";
    return `${forge.name} accepts no more requests of the token in ${tokenEnv}${until} ${answer}, so the review is no comment. Run the job again later.`;
  }
  if (failure.status === 403)
    return `${forge.name} does not let the token in ${tokenEnv} comment on ${there} ${answer}. ${forge.permission}`;
  if (failure.status === 404)
    return `${forge.name} has no ${there} that the token in ${tokenEnv} may see ${answer}. Correct --repository and --pull-request, or the token. ${forge.permission}`;
  return `The review could not be written as a comment on ${there} ${answer}. Run the job again; if it stays like this, check ${target.apiUrl}.`;
}
