import type { Agent } from "node:http";
import fetch, { type FetchError } from "node-fetch";
import { type Clock, MACHINE_CLOCK } from "../clock";
import { parseJson } from "../text";
import { classify, parseTime, type Reply } from "./classify";
import { ApiError, type FailureReason, printable, withoutUrl } from "./errors";
import { agentFor, isProxyCode, PROXY_REASONS } from "./proxy";
import type { ClientOptions, RequestHooks, ResponseInfo } from "./types";

/** A `fetch`, as far as it is used here. */
export type Fetch = (
  url: string,
  init: object,
) => Promise<{ status: number; headers: { get(name: string): string | null }; text(): Promise<string> }>;

/** What a transport reaches the world by. */
export interface Surroundings {
  clock: Clock;
  fetch: Fetch;
}

export interface Request {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the base URL. */
  path: string;
  body?: object;
  /** If the reply has to be smaller than the transport's options allow. */
  maxBytes?: number;
  /** If it has to be there sooner than the transport's options allow. */
  timeoutMs?: number;
}

export interface Success {
  request: Request;
  status: number;
  json: unknown;
  /** By the API's own clock: expiry counts from it, not from this machine's. */
  answeredAt: Date;
}

/** Errors that arise before a (secure) connection stands: the request cannot have reached the API. */
const NOTHING_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|CERT_.*|UNABLE_TO_.*|.*SELF_SIGNED_.*|ERR_TLS_.*)$/;

/** A body that is not what its Content-Encoding says, and not merely torn (Z_BUF_ERROR). */
const UNDECODABLE = /^(Z_(?!BUF_)[A-Z_]+|ERR__ERROR_FORMAT_.*)$/;

/** Its types leave out by which call a connection failed. */
type FetchFailure = FetchError & { erroredSysCall: string };

/** Sends one request and reads its reply: the only place that sees the key and the network. */
export class Transport {
  // Not only private to the compiler: a client that is logged must not show the key.
  readonly #options: Required<ClientOptions>;
  readonly #agent: Agent;
  readonly #clock: Clock;
  readonly #fetch: Fetch;

  /** @param options with a base URL of `parseBaseUrl`. */
  constructor(options: Required<ClientOptions>, surroundings: Partial<Surroundings> = {}) {
    this.#options = options;
    this.#clock = surroundings.clock ?? MACHINE_CLOCK;
    this.#fetch = surroundings.fetch ?? fetch;
    this.#agent = agentFor(options.baseUrl);
  }

  /** @throws ApiError for everything but a success with a JSON body. */
  async send(request: Request, hooks?: RequestHooks): Promise<Success> {
    await hooks?.beforeRequest?.();
    let info: ResponseInfo | undefined;
    try {
      const sentAt = this.#clock.now();
      const { reply, answeredAt } = await this.exchange(request);
      const now = new Date(this.#clock.now());
      const failure = classify(reply, now) && classify(this.redacted(reply), now);
      info = { sentAt, answeredAt, ...limitIn(reply.headers), refused: failure?.reason === "rate-limit" };
      if (failure) throw new ApiError(failure);
      return { request, status: reply.status, json: reply.json, answeredAt: new Date(info.date ?? now) };
    } finally {
      hooks?.afterResponse?.(info);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  private async exchange(request: Request): Promise<{ reply: Reply; answeredAt: number }> {
    const { method, path, body: content, maxBytes = Infinity } = request;
    const { apiKey, baseUrl, maxResponseBytes } = this.#options;
    const size = Math.min(maxBytes, maxResponseBytes);
    const timeout = new AbortController();
    const { signal } = timeout;
    const endTimeout = this.#clock.after(this.timeoutMs(request), () => timeout.abort());
    try {
      const response = await this.#fetch(baseUrl + path, {
        method,
        headers: {
          Authorization: `Bearer ${apiKey}`,
          Accept: "application/json",
          ...(content && { "Content-Type": "application/json" }),
        },
        ...(content && { body: JSON.stringify(content) }),
        // A redirect would carry the key to another host.
        redirect: "manual",
        agent: this.#agent,
        size,
        signal,
      });
      const answeredAt = this.#clock.now();
      const { status, headers } = response;
      const body = await textOrUndecodable(response);
      return { reply: { method, path, status, headers, body, json: parseJson(body ?? "") }, answeredAt };
    } catch (error) {
      throw this.networkFailure(request, error, signal.aborted, size);
    } finally {
      endTimeout();
    }
  }

  private timeoutMs({ timeoutMs = Infinity }: Request): number {
    return Math.min(timeoutMs, this.#options.timeoutMs);
  }

  private networkFailure(request: Request, error: unknown, timedOut: boolean, size: number): ApiError {
    const { code, message = "", type, erroredSysCall } = error as Partial<FetchFailure>;
    const { method, path } = request;
    const failure = (reason: FailureReason, text: string) => new ApiError({ reason, method, path, text });
    if (timedOut) return failure("no-reply", `no complete reply within ${this.timeoutMs(request) / 1000} s`);
    if (type === "max-size") return failure("unusable-reply", `the reply is larger than ${size} bytes`);
    const text = printable(this.withoutKey(withoutUrl(message))) ?? "the connection failed";
    if (isProxyCode(code)) return failure(PROXY_REASONS[code], text);
    if (code === "Z_BUF_ERROR") return failure("no-reply", "the reply ends in its middle");
    // A route that breaks later answers with the same codes, after something was sent.
    const connected = /^(read|write)/.test(erroredSysCall ?? "");
    const reason = code && NOTHING_SENT.test(code) && !connected ? "unreachable" : "no-reply";
    return failure(reason, code ? `${text} (${code})` : text);
  }

  /** Before its text is cut to the length of a message: half a key could not be recognised any more. */
  private redacted({ headers, body, json, ...reply }: Reply): Reply {
    const get = (name: string) => this.withoutKey(headers.get(name) ?? undefined) ?? null;
    return { ...reply, headers: { get }, body: this.withoutKey(body), json: this.redactedJson(json, 4) };
  }

  /** @param levels as deep as an error may be read; a hostile body nests until the stack overflows. */
  private redactedJson(value: unknown, levels: number): unknown {
    if (typeof value === "string") return this.withoutKey(value);
    if (typeof value !== "object" || value === null) return value;
    if (levels === 0) return undefined;
    if (Array.isArray(value)) return value.map((one) => this.redactedJson(one, levels - 1));
    const entries = Object.entries(value).map(([name, one]) => [name, this.redactedJson(one, levels - 1)]);
    return Object.fromEntries(entries);
  }

  /** A careless API may quote the request's headers in its answer. */
  private withoutKey<T extends string | undefined>(text: T): T {
    return text?.replaceAll(this.#options.apiKey, "[API key]") as T;
  }
}

async function textOrUndecodable(response: { text(): Promise<string> }): Promise<string | undefined> {
  try {
    return await response.text();
  } catch (error) {
    if (UNDECODABLE.test((error as { code?: string }).code ?? "")) return undefined;
    throw error;
  }
}

function limitIn(headers: Reply["headers"]): Pick<ResponseInfo, "date" | "remaining" | "resetAt"> {
  const remaining = headers.get("x-ratelimit-remaining")?.trim();
  return {
    date: parseTime(headers.get("date")),
    remaining: remaining && /^\d{1,9}$/.test(remaining) ? Number(remaining) : undefined,
    resetAt: parseTime(headers.get("x-ratelimit-reset")),
  };
}
