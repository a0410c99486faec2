import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { inspect } from "node:util";
import type { Emulator } from "headshotpro-emulator";
import {
  type ApiError,
  type ClientOptions,
  type Clock,
  type FailureReason,
  HeadshotProClient,
  isApiError,
} from "pulumi-headshotpro/client";
import { emulators } from "./emulators";

export const ADA = "ada@acme.com";

/** A server that is no HeadshotPro. */
export interface PlainServer {
  url: string;
  port: number;
  /** Every connection that was ever made. */
  connections: Socket[];
  /** Method, path and headers of every request. */
  requests: { method: string; path: string; headers: NodeJS.Dict<string | string[]> }[];
  close(): Promise<void>;
}

export type Answer = { status?: number; headers?: Record<string, string>; body?: string | object | Buffer };

/** Call inside a `describe`: what it starts is closed after each test. */
export function harness() {
  const emulator = emulators();
  const running: { close(): unknown }[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((started) => started.close()));
  });

  async function serve(listener: RequestListener): Promise<PlainServer> {
    const connections: Socket[] = [];
    const requests: PlainServer["requests"] = [];
    const server = createServer((request, response) => {
      requests.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers });
      listener(request, response);
    });
    server.on("connection", (socket) => connections.push(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    const { port } = server.address() as AddressInfo;
    const plain = { url: `http://127.0.0.1:${port}/api/v2`, port, connections, requests, close };
    running.push(plain);
    return plain;
  }

  function client(
    at: { url: string },
    options: Partial<ClientOptions> = {},
    clock?: Clock,
  ): HeadshotProClient {
    const apiKey = (at as Partial<Emulator>).apiKey ?? "hp_plain_key";
    const made = new HeadshotProClient({ apiKey, baseUrl: at.url, ...options }, { clock });
    running.push(made);
    return made;
  }

  return {
    client,
    serve,
    /** A server that gives every request the same answer, or the next one. */
    answering: (answer: Answer | (() => Answer)) =>
      serve((request, response) => {
        const { status = 200, headers = {}, body = "" } = typeof answer === "function" ? answer() : answer;
        request.resume();
        response.writeHead(status, headers);
        response.end(typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body));
      }),
    emulator,
  };
}

/**
 * A clock on which the time for a request is up as soon as the request has arrived, `times` times, and then never: it
 * is too late for the answer, and not too early for the request, however slow this machine is.
 */
export function upOnArrival(api: Emulator, times = Number.POSITIVE_INFINITY): Clock {
  let left = times;
  return {
    now: () => Date.now(),
    after(_ms, run) {
      if (left-- <= 0) return () => {};
      const before = api.requests.length;
      const poll = setInterval(() => api.requests.length > before && run(), 1);
      return () => clearInterval(poll);
    },
  };
}

/** The typed failure of a request; any other outcome fails the test. */
export async function failureOf(request: Promise<unknown>): Promise<ApiError> {
  const outcome = await request.then(
    (value) => assert.fail(`it succeeded: ${inspect(value)}`),
    (error: unknown) => error,
  );
  if (!isApiError(outcome)) throw outcome;
  return outcome;
}

/** Reason and whether it may have happened, in one line. */
export function summary({ reason, mayHaveHappened }: ApiError): [FailureReason, boolean] {
  return [reason, mayHaveHappened];
}

/** Asserts that nothing of a value shows the key, or any eight characters of it. */
export function assertWithoutKey(value: unknown, key: string): void {
  const { message, stack } = value as Partial<Error>;
  const shown = [message, stack, JSON.stringify(value), inspect(value, { depth: 20, showHidden: true })].join(
    "\n",
  );
  for (let at = 0; at + 8 <= key.length; at++)
    assert.ok(!shown.includes(key.slice(at, at + 8)), `the key is in:\n${shown}`);
}
