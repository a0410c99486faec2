import { getProxyForUrl } from "proxy-from-env";
import { isLoopback } from "./base-url";

/** A proxy that the environment names. */
export interface NamedProxy {
  /** Its address, without user name and password. */
  url: string;
  /** The variable that names it: `HTTPS_PROXY`. */
  variable: string;
  /** The value of `Proxy-Authorization`; undefined if the address has no user name. */
  authorization?: string;
}

/** The environment names a proxy whose address cannot be used. */
export class UnusableProxyError extends RangeError {}

const GOOD = "http://proxy.acme.com:3128";

/**
 * The proxy on the way to a URL, as curl takes it from `HTTPS_PROXY`, `HTTP_PROXY` (for http only), `ALL_PROXY` and
 * `NO_PROXY`, the lower-case names first. Undefined: no proxy. Loopback never has one.
 *
 * @throws UnusableProxyError if it cannot be used; the message names the variable and quotes nothing of it, as it may
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
  // An unescaped / ? or # in a password ends the host early, and part of the password would be told as the host.
  if (!url || url.pathname.length > 1 || url.search || url.hash)
    throw new UnusableProxyError(
      `${variable} is not the address of a proxy; expected something like ${GOOD}. In its user name and password, ` +
        "write special characters as in a URL (# is %23)",
    );
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new UnusableProxyError(
      `${variable} names a proxy that is neither http nor https; expected something like ${GOOD}`,
    );
  const authorization = authorizationOf(url, variable);
  return { url: url.origin, variable, authorization };
}

function authorizationOf({ username, password }: URL, variable: string): string | undefined {
  if (!username && !password) return undefined;
  try {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(credentials).toString("base64")}`;
  } catch {
    throw new UnusableProxyError(
      `${variable} has a % in its user name or password that starts no escape; write it as %25`,
    );
  }
}
