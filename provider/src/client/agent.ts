import * as http from "node:http";
import * as https from "node:https";
import { proxyFor } from "./proxy";
import { ProxyTunnel } from "./proxy-tunnel";

/** Connections are kept open: a team of 1,000 is 1,000 requests to one host. */
const KEPT_OPEN = { keepAlive: true, scheduling: "lifo" } as const;

/**
 * What makes the connections to a URL's host: through the environment's proxy, or directly. Its `destroy` closes them.
 *
 * @throws UnusableProxyError if the proxy's address cannot be used.
 * @example
 * fetch(url, { agent: agentFor(url) }); // node-fetch's
 */
export function agentFor(url: string): http.Agent {
  const proxy = proxyFor(url);
  if (proxy) return new ProxyTunnel(proxy, KEPT_OPEN);
  return new (url.startsWith("https:") ? https : http).Agent(KEPT_OPEN);
}
