import { type ServerResponse, STATUS_CODES } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type ErrorStyle, failure, html, json, type Reply } from "./envelopes";
import type { FaultSpec, StatusFault } from "./faults";
import type { RequestRecord } from "./request-log";

type OddAnswer = "somebody-else" | "unreadable-rows" | "no-effect";

/** A fault that spoils how an answer comes: a delay does not, and neither does what an odd answer says. */
export type SpoilingFault = FaultSpec & { kind: Exclude<FaultSpec["kind"], { delayMs: number } | OddAnswer> };

export function spoils(fault: FaultSpec): fault is SpoilingFault {
  return typeof fault.kind === "string" || !("delayMs" in fault.kind);
}

const CHUNK = 64 * 1024;

/**
 * Answers as the fault says. Slow answers go on after it has returned.
 *
 * @param reply the proper answer, when the effect has happened
 * @param aborted stops slow answers when the emulator closes
 * @returns what the request log shows
 */
export function misbehave(
  fault: SpoilingFault,
  reply: Reply | undefined,
  response: ServerResponse,
  { errors, aborted }: { errors: ErrorStyle; aborted: AbortSignal },
): RequestRecord["status"] {
  const proper = reply ?? json(200, { success: true });
  switch (fault.kind) {
    case "reset":
      response.socket?.resetAndDestroy();
      return "reset";
    case "hang":
      return "hang";
    case "truncated":
      return truncate(proper, response);
    case "oversized":
      void flood(fault.bytes ?? 32 * 1024 * 1024, response);
      return 200;
    case "slow-drip":
      drip(proper, fault.everyMs ?? 100, response, aborted).catch(() => response.destroy());
      return proper.status;
    case "redirect":
      // A name reserved never to exist, so that a client that follows takes its key to nobody.
      return send(response, {
        status: 302,
        headers: { location: fault.to ?? "https://elsewhere.invalid/" },
        body: "",
      });
    case "html":
      return send(response, html(200, "Welcome"));
    case "empty":
      return send(response, { status: 200, headers: {}, body: "" });
    case "success-false":
      return send(response, json(200, { success: false, error: "Something went wrong", code: fault.code }));
    default:
      return send(response, statusReply(fault.kind, errors));
  }
}

/** Sends a whole reply. */
export function send(response: ServerResponse, reply: Reply): number {
  response.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) });
  response.end(reply.body);
  return reply.status;
}

function statusReply(
  { status, body = "json", code, headers, retryAfter }: StatusFault,
  errors: ErrorStyle,
): Reply {
  const problem = { status, message: STATUS_CODES[status] ?? "Error", ...(code !== undefined && { code }) };
  const reply = failure(problem, body === "json" ? errors : body);
  const retry: Record<string, string> = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  return { ...reply, headers: { ...reply.headers, ...retry, ...headers } };
}

function truncate({ status, headers, body }: Reply, response: ServerResponse): number {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, "content-length": bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
  return status;
}

async function drip(
  { status, headers, body }: Reply,
  everyMs: number,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, "content-length": bytes.length });
  for (const byte of bytes) {
    await sleep(everyMs, undefined, { signal });
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
  }
  response.end();
}

async function flood(bytes: number, response: ServerResponse): Promise<void> {
  const [head, tail] = ['{"success":true,"padding":"', '"}'];
  function* parts(): Generator<string> {
    yield head;
    for (let left = bytes - head.length - tail.length; left > 0; left -= CHUNK) {
      yield "x".repeat(Math.min(left, CHUNK));
    }
    yield tail;
  }
  response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
  // The client may hang up half-way: that is what it should do.
  await pipeline(Readable.from(parts()), response).catch(() => {});
}
