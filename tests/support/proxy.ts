import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, request as forward } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { resolve } from "node:path";
import type { Duplex } from "node:stream";

const VARIABLES = ["https_proxy", "http_proxy", "all_proxy", "no_proxy"].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/** Does something with these of the variables about proxies, and no others, in this process. */
export function withProxyVariables<T>(env: Record<string, string>, act: () => T): T {
  const before = VARIABLES.map((name) => [name, process.env[name]] as const);
  for (const name of VARIABLES) delete process.env[name];
  Object.assign(process.env, env);
  try {
    return act();
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
}

/** What a proxy does; whatever is changed later holds from then on. */
export interface ProxyOptions {
  /** `user:password`, if it asks for them. */
  credentials?: string;
  /** The ports on loopback of the hosts that it knows: `{ "api.headshotpro.test:443": 8443 }`. */
  hosts?: Record<string, number>;
  /** Answers every CONNECT with this: `502 Bad Gateway`. */
  refusal?: string;
}

/** A proxy on loopback, as companies have them. */
export interface ConnectProxy {
  port: number;
  /** What each CONNECT asked for: `api.headshotpro.test:443`. */
  asked: string[];
  /** All that clients have sent to it, encrypted or not. */
  read(): string;
  close(): Promise<void>;
}

export async function startProxy(options: ProxyOptions = {}): Promise<ConnectProxy> {
  const seen: string[] = [];
  const open = new Set<Duplex>();
  const server = createHttpServer((request, response) => {
    seen.push(request.url ?? "");
    response.writeHead(405).end();
  });

  server.on("connect", (request, client: Duplex) => {
    const target = request.url ?? "";
    proxy.asked.push(target);
    seen.push(target, JSON.stringify(request.headers));
    client.on("error", () => client.destroy());
    const { credentials, hosts = {}, refusal } = options;
    const expected = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
    const port = hosts[target];
    const authorized = expected === undefined || request.headers["proxy-authorization"] === expected;
    const answer =
      refusal ?? (authorized ? port === undefined && "502 Bad Gateway" : "407 Proxy Authentication Required");
    if (answer || port === undefined) client.end(`HTTP/1.1 ${answer}\r\nContent-Length: 0\r\n\r\n`);
    else tunnel(client, connect(port, "127.0.0.1"));
  });

  function tunnel(client: Duplex, host: Socket): void {
    const ends = { client, host };
    for (const [from, to] of [
      ["client", "host"],
      ["host", "client"],
    ] as const) {
      open.add(ends[from]);
      ends[from].on("data", (chunk: Buffer) => {
        if (from === "client") seen.push(chunk.toString("latin1"));
        ends[to].write(chunk);
      });
      ends[from].on("error", () => ends[to].destroy());
      ends[from].on("close", () => ends[to].destroy());
    }
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const proxy: ConnectProxy = {
    port: (server.address() as AddressInfo).port,
    asked: [],
    read: () => seen.join("\n"),
    async close() {
      for (const end of open) end.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return proxy;
}

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
  /** What a process needs to get there. */
  env: Record<string, string>;
  close(): Promise<void>;
}

/** Whoever is to believe the API's certificate has to be told this one. */
const AUTHORITY = resolve(__dirname, "../fixtures/tls/authority.pem");

export async function behindProxy(api: Api): Promise<BehindProxy> {
  const tls = { cert: readFileSync(AUTHORITY), key: readFileSync(resolve(AUTHORITY, "../key.pem")) };
  const front = createServer(tls, (request, response) => {
    const cutOff = () => request.socket.destroy();
    const { hostname, port, host } = new URL(api.url);
    const { method, url: path, headers } = request;
    const onward = forward({ hostname, port, method, path, headers: { ...headers, host } }, (reply) => {
      response.writeHead(reply.statusCode ?? 0, reply.headers);
      reply.on("error", cutOff).pipe(response);
    });
    request.on("error", () => onward.destroy()).pipe(onward.on("error", cutOff));
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  const hosts = { [`${HOST}:443`]: (front.address() as AddressInfo).port };
  const options: ProxyOptions = { credentials: `${USER}:${PASSWORD}`, hosts };
  const proxy = await startProxy(options);
  return {
    proxy,
    options,
    env: {
      HEADSHOTPRO_BASE_URL: `https://${HOST}/api/v2`,
      HEADSHOTPRO_API_KEY: api.apiKey ?? "",
      HTTPS_PROXY: `http://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: AUTHORITY,
    },
    async close() {
      await proxy.close();
      front.close();
      front.closeAllConnections();
      await once(front, "close");
    },
  };
}

/** What must be in no output: the password as it is, in a URL, and in a header. */
export const PASSWORDS = [
  PASSWORD,
  encodeURIComponent(PASSWORD),
  Buffer.from(`${USER}:${PASSWORD}`).toString("base64"),
];
