import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, type Pipeline } from "./answer";
import { json, type Reply } from "./envelopes";
import { send } from "./misbehave";
import { pageOf } from "./page";
import type { RequestRecord } from "./request-log";
import { callOf, type RawRequest } from "./routes";
import { strangerIn } from "./trust";

/** What the server leads requests to. */
export interface Served extends Pipeline {
  /** Answers requests under `/_emulator/`, which are neither limited nor logged. */
  control(request: RawRequest): Reply;
  /** A request came in; its record is filled in later. */
  arrived(record: RequestRecord): void;
  /** A request was answered, or never will be. */
  answered(record: RequestRecord): void;
}

const MAX_BODY = 1024 * 1024;

/** Listens on loopback; rejects with the system's error when the port is taken. */
export async function listen(port: number, served: Served): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    handle(request, response, served).catch((error: unknown) => {
      // Waits that close() has ended, and clients that hung up, are nothing to answer any more.
      if (served.aborted.aborted || response.destroyed || response.headersSent) return response.destroy();
      send(response, {
        status: 500,
        headers: { "content-type": "text/plain" },
        body: `emulator: ${(error as Error).message}\n`,
      });
    });
  });
  // Longer than clients keep idle connections, so that none meets a connection that is being closed.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function handle(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  const { method = "", url = "" } = request;
  response.setHeader("Date", served.now().toUTCString());
  const at = new Date().toISOString();
  const body = await read(request);
  const contentType = request.headers["content-type"] ?? "";
  const stranger = strangerIn(request.headers);
  if (stranger !== undefined) return void send(response, json(403, { error: stranger }));
  const page = pageOf(method, url, request.headers.accept);
  if (page !== undefined) return void send(response, page);
  if (url.startsWith("/_emulator/")) {
    return void send(response, served.control({ method, url, contentType, body }));
  }
  const call = callOf({ method, url, contentType, body });
  const [email, ...others] = call.emails;
  const about = others.length > 0 ? { emails: [...call.emails] } : email === undefined ? {} : { email };
  const record: RequestRecord = { at, method, path: url, verb: call.verb, ...about };
  served.arrived(record);
  record.status = await answer(call, request.headers.authorization, response, record, served);
  served.answered(record);
}

/** The body as text; undefined when it is too large, and then what is left of it is thrown away. */
function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Not `for await`, which costs a tenth of the whole request.
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) chunks.push(chunk);
    });
    request.on("end", () => resolve(size <= MAX_BODY ? Buffer.concat(chunks).toString("utf8") : undefined));
    request.on("error", reject);
  });
}
