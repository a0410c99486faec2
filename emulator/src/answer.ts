import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "./api";
import type { ErrorStyle } from "./envelopes";
import { type FaultSpec, faultName } from "./fault-spec";
import type { Faults } from "./faults";
import { misbehave, send, spoils } from "./misbehave";
import type { RateLimit, RateLimitHeaders } from "./rate-limit";
import { Refused } from "./refusals";
import type { RequestRecord } from "./request-log";
import type { Call } from "./routes";

/** What calls go through, on their way to the API. */
export interface Pipeline {
  api: Api;
  faults: Faults;
  rateLimit: RateLimit;
  rateLimitHeaders: RateLimitHeaders;
  latencyMs: number;
  errors: ErrorStyle;
  now(): Date;
  /** Ends waits when the emulator closes. */
  aborted: AbortSignal;
}

const STRANGER = "somebody.else@example.com";

/**
 * Answers a call, after the rate limit and as the next fault that matches says.
 *
 * @returns what the request log shows
 */
export async function answer(
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
  const fault = faults.take(call.verb, call.emails);
  if (!fault) return send(response, api.answer(call, authorization));

  record.fault = faultName(fault);
  const proper = () => api.answer(call, authorization);
  const early = fault.when !== "after";
  if (fault.kind === "unreadable-rows") {
    return send(response, api.answer(call, authorization, fault.rows ?? 1));
  }
  if (fault.kind === "somebody-else") {
    if (!early) proper();
    return send(response, api.answerAbout(fault.about ?? STRANGER, call.verb));
  }
  if (fault.kind === "no-effect") return send(response, api.answerIdly(call));
  if (spoils(fault)) return misbehave(fault, early ? undefined : proper(), response, { errors, aborted });
  if (early) await delay(fault, aborted);
  const reply = proper();
  if (!early) await delay(fault, aborted);
  return send(response, reply);
}

async function delay({ kind }: FaultSpec, signal: AbortSignal): Promise<void> {
  if (typeof kind === "object" && "delayMs" in kind) await sleep(kind.delayMs, undefined, { signal });
}
