/** The proxy that an environment names. */
export interface ProxySettings {
  /** Its address, with its password if it has one. */
  readonly url: string;
  /** The hosts that are reached without it, as `NO_PROXY` has them. */
  readonly except: string;
  /** What the variables say, for a message: without the password. */
  readonly told: string;
}

// As curl reads them: the small letters first, and `ALL_PROXY` if https has none of its own.
const VARIABLES = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
const FOLLOWED = ["http:", "https:"];

/**
 * Reads the proxy for https from an environment, as curl does; an address without a scheme is http.
 *
 * @throws Error if there is one that cannot be followed; the message holds no password.
 * @example
 * ```ts
 * proxyOf({ HTTPS_PROXY: "http://me:secret@proxy.example:3128" })?.told; // HTTPS_PROXY is http://proxy.example:3128
 * ```
 */
export function proxyOf(env: NodeJS.ProcessEnv): ProxySettings | undefined {
  const variable = VARIABLES.find((name) => env[name]);
  if (variable === undefined) return undefined;
  const text = env[variable] ?? "";
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) throw new Error(`${variable} is not the address of a proxy`);
  const { href, protocol, host } = new URL(address);
  if (!FOLLOWED.includes(protocol)) {
    throw new Error(`${variable} is a ${protocol.slice(0, -1)} proxy, and only http and https are followed`);
  }
  const exception = ["no_proxy", "NO_PROXY"].find((name) => env[name]);
  const except = (exception && env[exception]) ?? "";
  const told = [`${variable} is ${protocol}//${host}`];
  if (exception !== undefined) told.push(`${exception} is ${except}`);
  return { url: href, except, told: told.join(", ") };
}
