import type { Agent } from "node:http";
import fetch from "node-fetch";
import { type Clock, MACHINE_CLOCK } from "../clock";
import { agentFor } from "./agent";
import { printable, withoutUrl } from "./error-body";
import { classify, type Reply, timeOf } from "./failures";
import { HeadshotProError } from "./headshotpro-error";
import { isProxyCode, PROXY_REASONS } from "./proxy-tunnel";
import type { RequestHooks, ResponseInfo } from "./request-hooks";

export interface TransportOptions {
  apiKey: string;
  /** Checked by `parseBaseUrl`. */
  baseUrl: string;
  /** For the whole exchange, from connecting to the last byte. */
  timeoutMs: number;
  /** A reply larger than this is refused. */
  maxResponseBytes: number;
}

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

/** What a request may have besides its method and path. */
interface RequestOptions {
  body?: object;
  /** If the reply has to be smaller than the transport's options allow. */
  maxBytes?: number;
  hooks?: RequestHooks;
}

/** A reply, and when it was asked for and came. */
type TimedReply = Reply & Pick<ResponseInfo, "sentAt" | "answeredAt">;

/** A success: the parsed JSON and when the API says it answered. */
export interface Success {
  status: number;
  json: unknown;
  answeredAt: Date;
}

/** Errors that arise before a (secure) connection stands: the request cannot have reached the API. */
const NOTHING_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|CERT_.*|UNABLE_TO_.*|.*SELF_SIGNED_.*|ERR_TLS_.*)$/;

/** Sends one request and reads its reply: the only place that sees the key and the network. */
export class Transport {
  // Not only private to the compiler: a client that is logged must not show the key.
  readonly #options: TransportOptions;
  readonly #agent: Agent;

  readonly #clock: Clock;
  readonly #fetch: Fetch;

  constructor(options: TransportOptions, surroundings: Partial<Surroundings> = {}) {
    this.#options = options;
    this.#clock = surroundings.clock ?? MACHINE_CLOCK;
    this.#fetch = surroundings.fetch ?? fetch;
    this.#agent = agentFor(options.baseUrl);
  }

  /**
   * @throws HeadshotProError for everything but a success with a JSON body.
   */
  async send(method: "GET" | "POST", path: string, options: RequestOptions = {}): Promise<Success> {
    const { body, maxBytes = Infinity, hooks } = options;
    const size = Math.min(maxBytes, this.#options.maxResponseBytes);
    await hooks?.beforeRequest?.();
    let info: ResponseInfo | undefined;
    try {
      const reply = await this.exchange(method, path, body, size);
      const now = new Date(this.#clock.now());
      const failure = classify(reply, now) && classify(this.redacted(reply), now);
      info = infoOf(reply, failure?.reason === "rate-limit");
      if (failure) throw new HeadshotProError(failure);
      return this.success(method, path, reply);
    } finally {
      hooks?.afterResponse?.(info);
    }
  }

  /** Closes the kept-open connections. */
  close(): void {
    this.#agent.destroy();
  }

  private success(method: string, path: string, reply: Reply): Success {
    if (reply.json === undefined) {
      const { status } = reply;
      const text = reply.body === "" ? "the reply is empty" : "the reply is not JSON";
      throw new HeadshotProError({ reason: "unusable-reply", method, path, status, text });
    }
    return { status: reply.status, json: reply.json, answeredAt: this.dateOf(reply.headers) };
  }

  private async exchange(
    method: string,
    path: string,
    body: object | undefined,
    size: number,
  ): Promise<TimedReply> {
    const { apiKey, baseUrl, timeoutMs } = this.#options;
    const timeout = new AbortController();
    const { signal } = timeout;
    const endTimeout = this.#clock.after(timeoutMs, () => timeout.abort());
    const sentAt = this.#clock.now();
    try {
      const response = await this.#fetch(baseUrl + path, {
        method,
        headers: {
          Authorization: `Bearer ${apiKey}`,
          Accept: "application/json",
          ...(body && { "Content-Type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
        // A redirect would carry the key to another host.
        redirect: "manual",
        agent: this.#agent,
        size,
        signal,
      });
      const answeredAt = this.#clock.now();
      const text = await response.text();
      return {
        method,
        path,
        status: response.status,
        headers: response.headers,
        body: text,
        json: parse(text),
        sentAt,
        answeredAt,
      };
    } catch (error) {
      throw this.networkFailure(method, path, error, signal.aborted, size);
    } finally {
      endTimeout();
    }
  }

  /** The API's own clock: expiry counts from it, not from this machine's. */
  private dateOf(headers: Reply["headers"]): Date {
    return new Date(timeOf(headers.get("date")) ?? this.#clock.now());
  }

  private networkFailure(
    method: string,
    path: string,
    error: unknown,
    timedOut: boolean,
    size: number,
  ): HeadshotProError {
    const { code, message, type, erroredSysCall } = error as {
      code?: string;
      message?: string;
      type?: string;
      erroredSysCall?: string;
    };
    if (timedOut) {
      const text = `no complete reply within ${this.#options.timeoutMs / 1000} s`;
      return new HeadshotProError({ reason: "no-reply", method, path, text });
    }
    if (type === "max-size") {
      const text = `the reply is larger than ${size} bytes`;
      return new HeadshotProError({ reason: "unusable-reply", method, path, text });
    }
    if (isProxyCode(code)) {
      const text = withoutUrl(message ?? "");
      return new HeadshotProError({ reason: PROXY_REASONS[code], method, path, text });
    }
    // A route that breaks later answers with the same codes, after something was sent.
    const connected = /^(read|write)/.test(erroredSysCall ?? "");
    const reason = code && NOTHING_SENT.test(code) && !connected ? "unreachable" : "no-reply";
    const text = printable(this.withoutKey(message ?? "")) ?? "the connection failed";
    return new HeadshotProError({ reason, method, path, text: code ? `${text} (${code})` : text });
  }

  /** Before its text is cut to the length of a message: half a key could not be recognised any more. */
  private redacted(reply: Reply): Reply {
    return { ...reply, json: this.redactedJson(reply.json, 4), body: this.withoutKey(reply.body) };
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
  private withoutKey(text: string): string {
    return text.replaceAll(this.#options.apiKey, "[API key]");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param refused whether there were too many requests. */
function infoOf({ headers, sentAt, answeredAt }: TimedReply, refused: boolean): ResponseInfo {
  const remaining = headers.get("x-ratelimit-remaining")?.trim();
  return {
    sentAt,
    answeredAt,
    date: timeOf(headers.get("date")),
    remaining: remaining && /^\d{1,9}$/.test(remaining) ? Number(remaining) : undefined,
    resetAt: timeOf(headers.get("x-ratelimit-reset")),
    refused,
  };
}
