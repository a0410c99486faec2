import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** What a proxy does; whatever is changed later holds from then on. */
export interface ProxyOptions {
  /** `user:password`, if it asks for them. */
  credentials?: string;
  /** The ports on loopback of the hosts that it knows: `{ "api.headshotpro.test:443": 8443 }`. */
  hosts?: Record<string, number>;
  /** Answers every CONNECT with this: `502 Bad Gateway`. */
  refusal?: string;
  /** Whether it cuts a connection instead of passing on what has just come over it. */
  cut?(passing: { from: "client" | "host" }): boolean;
}

/** A proxy on loopback, as companies have them. */
export interface ConnectProxy {
  port: number;
  /** What each CONNECT asked for: `api.headshotpro.test:443`. */
  asked: string[];
  /** All that clients have sent to it, encrypted or not. */
  read(): string;
  /** How many connections it has cut. */
  cuts: number;
  /** Ends the connections that are open. */
  hangUp(): void;
  close(): Promise<void>;
}

export async function startProxy(options: ProxyOptions = {}): Promise<ConnectProxy> {
  const seen: string[] = [];
  const open = new Set<Duplex>();
  const server = createServer((request, response) => {
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
    else join(client, connect(port, "127.0.0.1"));
  });

  function join(client: Duplex, host: Socket): void {
    const ends = { client, host };
    for (const [from, to] of [
      ["client", "host"],
      ["host", "client"],
    ] as const) {
      open.add(ends[from]);
      ends[from].on("data", (chunk: Buffer) => {
        if (from === "client") seen.push(chunk.toString("latin1"));
        if (!options.cut?.({ from })) return void ends[to].write(chunk);
        proxy.cuts++;
        for (const end of [client, host]) end.destroy();
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
    cuts: 0,
    hangUp() {
      for (const end of open) end.destroy();
      open.clear();
    },
    async close() {
      proxy.hangUp();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return proxy;
}
