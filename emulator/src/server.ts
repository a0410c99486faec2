import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "./api";
import type { ErrorStyle, Reply } from "./envelopes";
import { type FaultSpec, type Faults, faultName } from "./faults";
import { misbehave, send, spoils } from "./misbehave";
import type { RateLimit, RateLimitHeaders } from "./rate-limit";
import { Refused } from "./refusals";
import type { RequestRecord } from "./request-log";
import { type Call, callOf } from "./routes";

/** What requests go through, on their way to the API. */
export interface Pipeline {
  api: Api;
  faults: Faults;
  rateLimit: RateLimit;
  rateLimitHeaders: RateLimitHeaders;
  latencyMs: number;
  errors: ErrorStyle;
  now(): Date;
  /** Answers requests under `/_emulator/`, which are neither limited nor logged. */
  control(method: string, path: string, body: string): Reply;
  /** A request came in; its record is filled in later. */
  arrived(record: RequestRecord): void;
  /** A request was answered, or never will be. */
  answered(record: RequestRecord): void;
  /** Ends waits when the emulator closes. */
  aborted: AbortSignal;
}

const MAX_BODY = 1024 * 1024;

/** Listens on loopback; rejects with the system's error when the port is taken. */
export async function listen(port: number, pipeline: Pipeline): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    handle(request, response, pipeline).catch((error: unknown) => {
      // Waits that close() has ended, and clients that hung up, are nothing to answer any more.
      if (pipeline.aborted.aborted || response.destroyed || response.headersSent) return response.destroy();
      send(response, {
        status: 500,
        headers: { "content-type": "text/plain" },
        body: `emulator: ${error}\n`,
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

async function handle(request: IncomingMessage, response: ServerResponse, pipeline: Pipeline): Promise<void> {
  const { method = "", url = "" } = request;
  response.setHeader("Date", pipeline.now().toUTCString());
  const at = new Date().toISOString();
  const body = await read(request);
  if (url.startsWith("/_emulator/")) {
    send(response, pipeline.control(method, url, body ?? ""));
    return;
  }
  const contentType = request.headers["content-type"] ?? "";
  const call = callOf({ method, url, contentType, body });
  const { verb, email } = call;
  const record: RequestRecord = { at, method, path: url, verb, ...(email !== undefined && { email }) };
  pipeline.arrived(record);
  record.status = await answer(call, request.headers.authorization, response, record, pipeline);
  pipeline.answered(record);
}

async function answer(
  call: Call,
  authorization: string | undefined,
  response: ServerResponse,
  record: RequestRecord,
  pipeline: Pipeline,
): Promise<RequestRecord["status"]> {
  const { api, faults, rateLimit, latencyMs, errors, aborted } = pipeline;
  const withinLimit = rateLimit.consume(1);
  for (const [name, value] of Object.entries(rateLimit.headers(pipeline.rateLimitHeaders, pipeline.now()))) {
    response.setHeader(name, value);
  }
  if (!withinLimit) return send(response, api.refuse(new Refused("rate-limited")));

  if (latencyMs > 0) await sleep(latencyMs, undefined, { signal: aborted });
  const fault = faults.take(call.verb, call.email);
  if (!fault) return send(response, api.answer(call, authorization));

  record.fault = faultName(fault);
  const early = fault.when !== "after";
  if (spoils(fault)) {
    const reply = early ? undefined : api.answer(call, authorization);
    return misbehave(fault, reply, response, { errors, aborted });
  }
  if (early) await delay(fault, aborted);
  const reply = api.answer(call, authorization);
  if (!early) await delay(fault, aborted);
  return send(response, reply);
}

async function delay({ kind }: FaultSpec, signal: AbortSignal): Promise<void> {
  if (typeof kind === "object" && "delayMs" in kind) await sleep(kind.delayMs, undefined, { signal });
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
