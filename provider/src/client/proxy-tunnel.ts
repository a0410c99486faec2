import { setMaxListeners } from "node:events";
import { type AgentOptions, type ClientRequest, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { HttpsProxyAgent } from "https-proxy-agent";
import type { NamedProxy } from "./proxy";

/** What a failure of a proxy means, by the code of its error: it said no, and would again; or there is no way just now. */
export const PROXY_REASONS = { PROXY_REFUSED: "proxy-refused", PROXY_UNREACHABLE: "unreachable" } as const;

type ProxyCode = keyof typeof PROXY_REASONS;

export function isProxyCode(code: string | undefined): code is ProxyCode {
  return code !== undefined && code in PROXY_REASONS;
}

/** Why there is no connection through a proxy: the host behind it was sent nothing. */
class ProxyError extends Error {
  constructor(
    message: string,
    readonly code: ProxyCode,
  ) {
    super(message);
  }
}

type ConnectOptions = Parameters<HttpsProxyAgent<string>["connect"]>[1];

/**
 * Connections through a proxy, kept open. Each is refused or made before a request is written: the library would hand
 * the proxy's own answer (407, 502) on as the API's.
 */
export class ProxyTunnel extends HttpsProxyAgent<string> {
  private readonly closing = new AbortController();

  constructor(
    private readonly named: NamedProxy,
    options: AgentOptions,
  ) {
    // Not in the URL: the library writes that to the log of DEBUG=*.
    const headers = () => (named.authorization ? { "Proxy-Authorization": named.authorization } : {});
    super(named.url, { ...options, headers });
    // Of a connection that the proxy has not answered for yet, only the library knows.
    setMaxListeners(0, this.closing.signal);
    Object.assign(this.connectOpts, { signal: this.closing.signal });
  }

  /** @throws Error with a {@link PROXY_REASONS} code. */
  override async connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
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
      const answer = [status, STATUS_CODES[status]].filter(Boolean).join(" ");
      throw this.failure(`answers ${answer}`, status >= 500 ? "PROXY_UNREACHABLE" : "PROXY_REFUSED");
    }
    return socket;
  }

  override destroy(): void {
    super.destroy();
    this.closing.abort();
  }

  private failure(problem: string, code: ProxyCode): ProxyError {
    return new ProxyError(`the proxy ${this.named.url} of ${this.named.variable} ${problem}`, code);
  }
}
