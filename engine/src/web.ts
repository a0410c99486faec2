import type { Dispatcher } from "undici";
import { type ProxySettings, proxyOf } from "./proxy";

/** How long and how large an answer may be. */
export interface Bounds {
  readonly ms: number;
  readonly bytes: number;
}

type Bytes = AsyncIterable<Buffer>;
interface Way {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  readonly bounds: Bounds;
  readonly proxy: ProxySettings | undefined;
}

const REDIRECTS = 5;

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
  const proxy = proxyOf(env);
  // All three are given, or it would look into this process's own environment.
  const [uri, noProxy] = [proxy?.url ?? "", proxy?.except ?? ""];
  const dispatcher = new EnvHttpProxyAgent({ httpProxy: uri, httpsProxy: uri, noProxy });
  const way: Way = { dispatcher, signal: AbortSignal.timeout(bounds.ms), bounds, proxy };
  try {
    return await read(bounded(await open(url, way, REDIRECTS), url, bounds));
  } finally {
    await dispatcher.destroy();
  }
}

async function open(url: URL, way: Way, redirects: number): Promise<Bytes> {
  const { request } = await import("undici");
  const { statusCode, headers, body } = await request(url, way).catch((error: unknown) => {
    const proxy = way.proxy === undefined ? "" : `; ${way.proxy.told}`;
    throw new Error(`${url.hostname} cannot be reached (${reasonOf(error, way.bounds)})${proxy}`);
  });
  if (statusCode === 200) return body;
  await body.dump();
  const location = [headers.location].flat()[0];
  if (statusCode < 300 || statusCode > 399 || location === undefined) {
    throw new Error(`${url.hostname} answers ${statusCode} for ${nameOf(url)}`);
  }
  const next = new URL(location, url);
  if (next.protocol !== url.protocol || redirects === 0) {
    throw new Error(`${url.hostname} redirects to ${next.origin}, which is not followed`);
  }
  return open(next, way, redirects - 1);
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
    throw new Error(`${nameOf(url)} broke off (${reasonOf(error, bounds)})`);
  }
}

function reasonOf(error: unknown, { ms }: Bounds): string {
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === "TimeoutError") return `not done in ${ms / 1000} s`;
  // What the library's own codes mean is in its messages only.
  return code === undefined || code.startsWith("UND_ERR") ? message : code;
}

function nameOf(url: URL): string {
  return url.pathname.split("/").at(-1) ?? "";
}
