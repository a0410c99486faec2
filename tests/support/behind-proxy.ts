import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as forward } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { certificateFor } from "./certificates";
import { type ConnectProxy, type ProxyOptions, startProxy } from "./connect-proxy";

/** A name that only the proxy knows: what is on loopback is reached without it. */
export const HOST = "api.headshotpro.test";

export const USER = "ada";
export const PASSWORD = "pr0xy-p@ss/w#rd";

/** What stands behind the proxy, on this machine. */
interface Api {
  /** With its path. */
  url: string;
  apiKey?: string;
}

/** An API with TLS that can be reached through a proxy with a password, and by no other way. */
export interface BehindProxy {
  proxy: ConnectProxy;
  /** What the proxy does. */
  options: ProxyOptions;
  /** Whether the connection of a request is cut, as the API sees it: instead of what it would do, or of its answer. */
  cutRequest?(request: { method: string; path: string; body: string }): "before" | "after" | undefined;
  /** What a process needs to get there. */
  env: Record<string, string>;
  close(): Promise<void>;
}

export async function behindProxy(api: Api): Promise<BehindProxy> {
  const { authority, certificate, key } = certificateFor(HOST);
  const front = createServer({ key, cert: certificate }, async (request, response) => {
    const cutOff = () => request.socket.destroy();
    const { hostname, port } = new URL(api.url);
    const { method = "", url: path = "" } = request;
    const body = await text(request).catch(() => undefined);
    if (body === undefined) return;
    const cut = way.cutRequest?.({ method, path, body });
    if (cut === "before") return void cutOff();
    const headers = { ...request.headers, host: `${hostname}:${port}` };
    const onward = forward({ hostname, port, method, path, headers }, (reply) => {
      if (cut === "after") {
        reply.resume();
        return void cutOff();
      }
      response.writeHead(reply.statusCode ?? 0, reply.headers);
      reply.on("error", cutOff);
      reply.pipe(response);
    });
    onward.on("error", cutOff);
    onward.end(body);
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  const hosts = { [`${HOST}:443`]: (front.address() as AddressInfo).port };
  const options: ProxyOptions = { credentials: `${USER}:${PASSWORD}`, hosts };
  const proxy = await startProxy(options);
  const folder = mkdtempSync(join(tmpdir(), "headshotpro-proxy-"));
  const trusted = join(folder, "authority.pem");
  writeFileSync(trusted, authority);
  const way: BehindProxy = {
    proxy,
    options,
    env: {
      HEADSHOTPRO_BASE_URL: `https://${HOST}/api/v2`,
      HEADSHOTPRO_API_KEY: api.apiKey ?? "",
      HTTPS_PROXY: `http://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: trusted,
    },
    async close() {
      await proxy.close();
      front.close();
      front.closeAllConnections();
      await once(front, "close");
      rmSync(folder, { recursive: true });
    },
  };
  return way;
}

/** What must be in no output: the password as it is, in a URL, and in a header. */
export const PASSWORDS = [
  PASSWORD,
  encodeURIComponent(PASSWORD),
  Buffer.from(`${USER}:${PASSWORD}`).toString("base64"),
];
