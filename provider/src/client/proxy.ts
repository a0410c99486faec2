import { setMaxListeners } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";
import { isLoopback } from "./endpoint";

/** A proxy that the environment names. */
export interface NamedProxy {
  /** Its address, without user name and password. */
  url: string;
  /** The variable that names it: `HTTPS_PROXY`. */
  variable: string;
  /** The value of `Proxy-Authorization`; undefined if the address has no user name. */
  authorization?: string;
}

const GOOD = "http://proxy.acme.com:3128";

/**
 * The proxy on the way to a URL, as curl takes it from `HTTPS_PROXY`, `HTTP_PROXY` (for http only), `ALL_PROXY` and
 * `NO_PROXY`, the lower-case names first. Undefined: no proxy. Loopback never has one.
 *
 * @throws RangeError if it cannot be used; the message names the variable and quotes nothing of it, as it may
 * hold a password.
 * @example
 * // HTTPS_PROXY=http://me:secret@proxy.acme.com:3128
 * proxyFor("https://server.headshotpro.com/api/v2"); // { url: "http://proxy.acme.com:3128", variable: "HTTPS_PROXY", … }
 */
export function proxyFor(url: string): NamedProxy | undefined {
  const { protocol, hostname } = new URL(url);
  if (isLoopback(hostname) || !getProxyForUrl(url)) return undefined;
  const name = `${protocol.slice(0, -1)}_proxy`;
  const variable = [name, name.toUpperCase(), "all_proxy"].find((one) => process.env[one]) ?? "ALL_PROXY";
  return read(process.env[variable] ?? "", variable);
}

function read(text: string, variable: string): NamedProxy {
  // proxy-from-env would take the scheme of the URL that is asked for.
  const address = /^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // An unescaped / ? or # in a password ends the host early, and part of the password would be shown as the host.
  if (!url || url.pathname.length > 1 || url.search || url.hash)
    throw new RangeError(
      `${variable} is not the address of a proxy; expected something like ${GOOD}. In its user name and password, ` +
        "write special characters as in a URL (# is %23)",
    );
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new RangeError(
      `${variable} names a proxy that is neither http nor https; expected something like ${GOOD}`,
    );
  return { url: url.origin, variable, authorization: toAuthorization(url, variable) };
}

function toAuthorization({ username, password }: URL, variable: string): string | undefined {
  if (!username && !password) return undefined;
  try {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(credentials).toString("base64")}`;
  } catch {
    throw new RangeError(
      `${variable} has a % in its user name or password that starts no escape; write it as %25`,
    );
  }
}

/** Connections are kept open: a team of 1,000 is 1,000 requests to one host. */
const KEPT_OPEN = { keepAlive: true, scheduling: "lifo" } as const;

/**
 * What makes the connections to a URL's host: through the environment's proxy, or directly. Its `destroy` closes them.
 *
 * @throws RangeError if the proxy's address cannot be used.
 * @example
 * fetch(url, { agent: agentFor(url) }); // node-fetch's
 */
export function agentFor(url: string): http.Agent {
  const proxy = proxyFor(url);
  if (proxy) return new ProxyTunnel(proxy, KEPT_OPEN);
  return new (url.startsWith("https:") ? https : http).Agent(KEPT_OPEN);
}

/** What a failure of a proxy means, by the code of its error: it said no, and would again; or there is no way just now. */
export const PROXY_REASONS = { PROXY_REFUSED: "proxy-refused", PROXY_UNREACHABLE: "unreachable" } as const;

type ProxyCode = keyof typeof PROXY_REASONS;

export function isProxyCode(code: string | undefined): code is ProxyCode {
  return code !== undefined && code in PROXY_REASONS;
}

type ConnectOptions = Parameters<HttpsProxyAgent<string>["connect"]>[1];

/**
 * Connections through a proxy, kept open. Each is refused or made before a request is written: the library would hand
 * the proxy's own answer (407, 502) on as the API's.
 */
class ProxyTunnel extends HttpsProxyAgent<string> {
  private readonly closing = new AbortController();

  constructor(
    private readonly named: NamedProxy,
    options: http.AgentOptions,
  ) {
    // Not in the URL: the library writes that to the log of DEBUG=*.
    const headers = () => (named.authorization ? { "Proxy-Authorization": named.authorization } : {});
    super(named.url, { ...options, headers });
    // Of a connection that the proxy has not answered for yet, only the library knows.
    setMaxListeners(0, this.closing.signal);
    Object.assign(this.connectOpts, { signal: this.closing.signal });
  }

  /** @throws Error with a {@link PROXY_REASONS} code. */
  override async connect(request: http.ClientRequest, options: ConnectOptions): Promise<Socket> {
    let status = 0;
    request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => {
      status = statusCode;
    });
    const socket = await super.connect(request, options).catch((error: NodeJS.ErrnoException) => {
      const problem = error.code ? `cannot be reached: ${error.code}` : "gives no usable answer";
      throw this.failure(problem, "PROXY_UNREACHABLE");
    });
    if (status !== 200) {
      socket.destroy();
      // In our own words: the proxy's might quote the password.
      const answer = [status, http.STATUS_CODES[status]].filter(Boolean).join(" ");
      throw this.failure(`answers ${answer}`, status >= 500 ? "PROXY_UNREACHABLE" : "PROXY_REFUSED");
    }
    return socket;
  }

  override destroy(): void {
    super.destroy();
    this.closing.abort();
  }

  private failure(problem: string, code: ProxyCode): Error {
    const message = `the proxy ${this.named.url} of ${this.named.variable} ${problem}`;
    return Object.assign(new Error(message), { code });
  }
}
