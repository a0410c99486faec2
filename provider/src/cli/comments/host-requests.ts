import type { Agent } from "node:http";
import fetch from "node-fetch";
import { printable, withoutUrl } from "../../client/errors";
import { agentFor, isProxyCode, PROXY_REASONS } from "../../client/proxy";
import type { Clock } from "../../clock";
import type { Place } from "./host";
import { failureOf, HostError } from "./host-error";

/** For one request, from connecting to the last byte. */
const TIMEOUT_MS = 30_000;

interface Answer {
  json: unknown;
  /** Whether the host has another page of this list. */
  hasNext: boolean;
}

/** Sends single requests to a host: the only place here that sees the token and the network. */
export class HostRequests {
  // Not only private to the compiler: what is logged must not show the token.
  readonly #token: string;
  readonly #agent: Agent;

  /** @throws RangeError if the environment's proxy has an address that cannot be used. */
  constructor(
    private readonly place: Place,
    token: string,
    private readonly clock: Clock,
  ) {
    this.#token = token;
    this.#agent = agentFor(place.apiUrl);
  }

  /** @throws HostError for everything but a success with a JSON body */
  async send(method: string, path: string, content?: object): Promise<Answer> {
    const { apiUrl, host } = this.place;
    try {
      const response = await fetch(apiUrl + path, {
        method,
        agent: this.#agent,
        headers: {
          ...host.headers(this.#token),
          "User-Agent": "pulumi-headshotpro",
          ...(content && { "Content-Type": "application/json" }),
        },
        ...(content && { body: JSON.stringify(content) }),
        // A redirect would carry the token to another host.
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const { status, headers } = response;
      const body = this.withoutToken(await response.text());
      const json = parsed(body);
      const failure = failureOf({ status, headers, json, body }, new Date(this.clock.now()));
      if (failure) throw failure;
      return { json, hasNext: /rel="?next"?/.test(headers.get("link") ?? "") };
    } catch (error) {
      throw error instanceof HostError ? error : this.networkFailure(error as NodeJS.ErrnoException);
    }
  }

  private networkFailure({ name, message, code }: NodeJS.ErrnoException): HostError {
    const text =
      name === "AbortError" ? `no complete reply within ${TIMEOUT_MS / 1000} s` : withoutUrl(message);
    const reason = isProxyCode(code) ? PROXY_REASONS[code] : "no-reply";
    return new HostError(reason, printable(this.withoutToken(text)) ?? "the connection failed");
  }

  /** A careless proxy may quote the request's headers in its answer. */
  private withoutToken(text: string): string {
    return text.replaceAll(this.#token, "[token]");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
