import type { Dispatcher } from "undici";

/** How long and how large an answer may be. */
export interface Bounds {
  readonly ms: number;
  readonly bytes: number;
}

/** The proxy that an environment names. */
interface ProxySettings {
  /** Its address, with its password if it has one. */
  readonly url: string;
  /** The hosts that are reached without it, as `NO_PROXY` has them. */
  readonly except: string;
  /** What the variables say, for a message: without the password. */
  readonly summary: string;
}

type Bytes = AsyncIterable<Buffer>;

interface Connection {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  readonly bounds: Bounds;
  readonly proxy: ProxySettings | undefined;
}

const REDIRECTS = 5;
// As curl reads them: the small letters first, and `ALL_PROXY` if https has none of its own.
const VARIABLES = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
const FOLLOWED = ["http:", "https:"];

/**
 * Gives `read` the bytes that a host answers with, through the environment's proxy. Redirects are followed, but
 * to the same protocol only: over http, anybody on the way could answer in the host's place.
 *
 * @throws Error with the reason in one line; it names the proxy, without its password.
 */
export async function get<T>(
  url: URL,
  env: NodeJS.ProcessEnv,
  bounds: Bounds,
  read: (body: Bytes) => Promise<T>,
): Promise<T> {
  const { EnvHttpProxyAgent } = await import("undici");
  const proxy = readProxy(env);
  // All three are given, or it would look into this process's own environment.
  const [uri, noProxy] = [proxy?.url ?? "", proxy?.except ?? ""];
  const dispatcher = new EnvHttpProxyAgent({ httpProxy: uri, httpsProxy: uri, noProxy });
  const connection: Connection = { dispatcher, signal: AbortSignal.timeout(bounds.ms), bounds, proxy };
  try {
    return await read(bounded(await open(url, connection, REDIRECTS), url, bounds));
  } finally {
    await dispatcher.destroy();
  }
}

/**
 * Reads the proxy for https from an environment, as curl does; an address without a scheme is http.
 *
 * @throws Error if there is one that cannot be followed; the message holds no password.
 * @example
 * ```ts
 * readProxy({ HTTPS_PROXY: "http://me:secret@proxy.example:3128" })?.summary; // HTTPS_PROXY is http://proxy.example:3128
 * ```
 */
function readProxy(env: NodeJS.ProcessEnv): ProxySettings | undefined {
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
  const summary = [`${variable} is ${protocol}//${host}`];
  if (exception !== undefined) summary.push(`${exception} is ${except}`);
  return { url: href, except, summary: summary.join(", ") };
}

async function open(url: URL, connection: Connection, redirects: number): Promise<Bytes> {
  const { request } = await import("undici");
  const { statusCode, headers, body } = await request(url, connection).catch((error: unknown) => {
    const proxy = connection.proxy === undefined ? "" : `; ${connection.proxy.summary}`;
    throw new Error(`${url.hostname} cannot be reached (${formatReason(error, connection.bounds)})${proxy}`);
  });
  if (statusCode === 200) return body;
  await body.dump();
  const location = [headers.location].flat()[0];
  if (statusCode < 300 || statusCode > 399 || location === undefined) {
    throw new Error(`${url.hostname} answers ${statusCode} for ${fileName(url)}`);
  }
  const next = new URL(location, url);
  if (next.protocol !== url.protocol || redirects === 0) {
    throw new Error(`${url.hostname} redirects to ${next.origin}, which is not followed`);
  }
  return open(next, connection, redirects - 1);
}

async function* bounded(body: Bytes, url: URL, bounds: Bounds): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > bounds.bytes) throw new Error(`it is larger than ${bounds.bytes} bytes`);
      yield chunk;
    }
  } catch (error) {
    throw new Error(`${fileName(url)} broke off (${formatReason(error, bounds)})`);
  }
}

function formatReason(error: unknown, { ms }: Bounds): string {
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === "TimeoutError") return `not done in ${ms / 1000} s`;
  // What the library's own codes mean is in its messages only.
  return code === undefined || code.startsWith("UND_ERR") ? message : code;
}

function fileName(url: URL): string {
  return url.pathname.split("/").at(-1) ?? "";
}
