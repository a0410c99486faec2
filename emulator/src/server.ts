import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "./api";
import { type ErrorStyle, json, type Reply } from "./envelopes";
import { type FaultSpec, type Faults, faultName } from "./faults";
import { misbehave, send, spoils } from "./misbehave";
import { servePage } from "./page";
import type { RateLimit, RateLimitHeaders } from "./rate-limit";
import { Refused } from "./refusals";
import type { RequestRecord } from "./request-log";
import { type Call, parseCall, type RawRequest } from "./routes";

/** What the server leads requests to. */
export interface Served {
  api: Api;
  faults: Faults;
  rateLimit: RateLimit;
  rateLimitHeaders: RateLimitHeaders;
  latencyMs: number;
  errors: ErrorStyle;
  now(): Date;
  /** Ends waits when the emulator closes. */
  aborted: AbortSignal;
  /** Answers requests under `/_emulator/`, which are neither limited nor logged. */
  control(request: RawRequest): Reply;
  /** A request came in; its record is filled in later. */
  arrived(record: RequestRecord): void;
  /** A request was answered, or never will be. */
  answered(record: RequestRecord): void;
}

const MAX_BODY = 1024 * 1024;
const STRANGER = "somebody.else@example.com";

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
  const objection = objectionTo(request.headers);
  if (objection !== undefined) return void send(response, json(403, { error: objection }));
  const page = servePage(method, url, request.headers.accept);
  if (page !== undefined) return void send(response, page);
  if (url.startsWith("/_emulator/")) {
    return void send(response, served.control({ method, url, contentType, body }));
  }
  const call = parseCall({ method, url, contentType, body });
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

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Why a request does not come from a program on this machine, or undefined if it may.
 *
 * Loopback keeps other machines out, but not the pages in a browser on this one. A page whose name was
 * rebound to loopback reads answers and shows in `Host`; one that writes shows in `Origin`; an image or a
 * link in one shows in `Sec-Fetch-Site`.
 */
function objectionTo({ host, origin, ...headers }: IncomingHttpHeaders): string | undefined {
  const object = (reason: string) =>
    `the emulator serves programs on this machine, by way of its URL, and no web pages: ${reason}`;
  if (host === undefined || !LOOPBACK.test(host)) {
    return object(`the Host ${host || "(none)"} is neither localhost nor a loopback address`);
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`.toLowerCase()) {
    return object(`the Origin ${origin} is not this emulator's`);
  }
  const site = headers["sec-fetch-site"];
  return site === "cross-site" || site === "same-site" ? object("another site's page asks") : undefined;
}

/**
 * Answers a call of the API, after the rate limit and as the next fault that matches says.
 *
 * @returns what the request log shows
 */
async function answer(
  call: Call,
  authorization: string | undefined,
  response: ServerResponse,
  record: RequestRecord,
  { api, faults, rateLimit, rateLimitHeaders, latencyMs, errors, now, aborted }: Served,
): Promise<RequestRecord["status"]> {
  const withinLimit = rateLimit.consume(1);
  for (const [name, value] of Object.entries(rateLimit.headers(rateLimitHeaders, now()))) {
    response.setHeader(name, value);
  }
  if (!withinLimit) return send(response, api.refuse(new Refused("rate-limited")));

  if (latencyMs > 0) await sleep(latencyMs, undefined, { signal: aborted });
  const proper = () => api.answer(call, authorization);
  const fault = faults.take(call.verb, call.emails);
  if (!fault) return send(response, proper());

  record.fault = faultName(fault);
  const isEarly = fault.when !== "after";
  switch (fault.kind) {
    case "unreadable-rows":
      return send(response, api.answer(call, authorization, fault.rows ?? 1));
    case "no-effect":
      return send(response, api.answerWithoutEffect(call));
    case "somebody-else":
      if (!isEarly) proper();
      return send(response, api.answerAbout(fault.about ?? STRANGER, call.verb));
  }
  if (spoils(fault)) return misbehave(fault, isEarly ? undefined : proper(), response, { errors, aborted });
  if (isEarly) await delay(fault, aborted);
  const reply = proper();
  if (!isEarly) await delay(fault, aborted);
  return send(response, reply);
}

async function delay({ kind }: FaultSpec, signal: AbortSignal): Promise<void> {
  if (typeof kind === "object" && "delayMs" in kind) await sleep(kind.delayMs, undefined, { signal });
}
