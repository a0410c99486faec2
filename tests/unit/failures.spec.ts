import assert from "node:assert/strict";
import { classify, type Reply } from "../../provider/src/client/failures";
import type { FailureReason } from "../../provider/src/client/headshotpro-error";

const NOW = new Date("2026-11-23T12:00:00.000Z");

function reply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  const json = typeof body === "string" ? undefined : body;
  return {
    method: "GET",
    path: "/organization/invites",
    status,
    headers: { get: (name) => headers[name] ?? null },
    body: typeof body === "string" ? body : JSON.stringify(body),
    json,
  };
}

const own = (code?: string) => ({ success: false, error: "Said", code });
const nested = (code: string) => ({ error: { code, message: "Said" } });
const page = "<html><title>404 Not Found</title></html>";

const failures: [name: string, status: number, body: unknown, reason: FailureReason][] = [
  ["malformed e-mail", 400, own("INVALID_REQUEST"), "rejected"],
  ["malformed e-mail, specific", 400, own("INVALID_EMAIL"), "rejected"],
  ["already invited", 400, own("ALREADY_EXISTS"), "rejected"],
  ["already gone", 400, own("ALREADY_DELETED"), "rejected"],
  ["conflict", 409, own(), "rejected"],
  ["unprocessable", 422, { errors: [{ msg: "Said" }] }, "rejected"],
  ["body too large", 413, own("PAYLOAD_TOO_LARGE"), "rejected"],
  ["key refused", 401, own("UNAUTHORIZED"), "unauthorized"],
  ["key refused by something else", 401, "", "unauthorized"],
  ["not an admin's", 403, own("FORBIDDEN"), "forbidden"],
  ["no credits", 402, own("INSUFFICIENT_CREDITS"), "insufficient-credits"],
  ["not there", 404, own("NOT_FOUND"), "not-found"],
  ["not there, without code", 404, own(), "not-found"],
  ["not there, in another envelope", 404, nested("NOT_FOUND"), "not-found"],
  ["not there, {message, code}", 404, { message: "Said", code: "NOT_FOUND" }, "not-found"],
  ["a bare 404", 404, "", "wrong-address"],
  ["an HTML 404", 404, page, "wrong-address"],
  ["a plain 404", 404, "NOT_FOUND", "wrong-address"],
  [
    "a 404 of a framework's router",
    404,
    { statusCode: 404, error: "Not Found", message: "Cannot GET /x" },
    "wrong-address",
  ],
  ["a 404 that says nothing of a code", 404, { error: "Not found" }, "wrong-address"],
  ["a 404 that is a list", 404, [], "wrong-address"],
  ["a 404 with another code", 404, nested("ROUTE_NOT_FOUND"), "wrong-address"],
  ["too many pending", 429, own("INVITE_LIMIT_EXCEEDED"), "invite-limit"],
  ["too many requests", 429, own("RATE_LIMIT_EXCEEDED"), "rate-limit"],
  ["too many requests, no code", 429, own(), "rate-limit"],
  ["too many requests, says a proxy", 429, page, "rate-limit"],
  ["time-out at the server", 408, "", "server"],
  ["500", 500, own("INTERNAL"), "server"],
  ["502 of a proxy", 502, page, "server"],
  ["503 that claims NOT_FOUND", 503, own("NOT_FOUND"), "server"],
  ["599", 599, "", "server"],
  ["301", 301, "", "wrong-address"],
  ["302", 302, own("NOT_FOUND"), "wrong-address"],
  ["304", 304, "", "wrong-address"],
  ["success: false under 200", 200, own(), "rejected"],
  ["already invited under 200", 200, own("ALREADY_EXISTS"), "rejected"],
  ["key refused under 200", 200, own("UNAUTHORIZED"), "unauthorized"],
  ["not an admin's under 200", 200, own("FORBIDDEN"), "forbidden"],
  ["no credits under 200", 200, own("INSUFFICIENT_CREDITS"), "insufficient-credits"],
  ["not there under 200", 200, own("NOT_FOUND"), "not-found"],
  ["too many pending under 200", 200, own("INVITE_LIMIT_EXCEEDED"), "invite-limit"],
  ["too many requests under 201", 201, own("RATE_LIMIT_EXCEEDED"), "rate-limit"],
];

const successes: [name: string, status: number, body: unknown][] = [
  ["success: true", 200, { success: true, invites: [] }],
  ["no success at all", 200, { invites: [] }],
  ["201", 201, { success: true }],
  ["nothing, to be judged by who parses it", 200, ""],
  ["a page, likewise", 200, page],
];

describe("classify", () => {
  for (const [name, status, body, reason] of failures) {
    it(`${status} ${name}: ${reason}`, () => {
      const failure = classify(reply(status, body), NOW);
      assert.equal(failure?.reason, reason);
      assert.equal(failure.status, status);
      assert.ok(failure.text);
      assert.equal(failure.retryAt, undefined);
    });
  }
  for (const [name, status, body] of successes) {
    it(`${status} ${name}: no failure`, () => assert.equal(classify(reply(status, body), NOW), undefined));
  }

  it("tells the request, the code and the human text", () => {
    assert.deepEqual(classify(reply(402, own("INSUFFICIENT_CREDITS")), NOW), {
      reason: "insufficient-credits",
      method: "GET",
      path: "/organization/invites",
      status: 402,
      code: "INSUFFICIENT_CREDITS",
      text: "Said",
    });
  });

  it("says so if nothing is explained", () => {
    assert.equal(classify(reply(400, ""), NOW)?.text, "no explanation was given");
    assert.equal(classify(reply(404, ""), NOW)?.text, "this is not the HeadshotPro API");
    assert.equal(classify(reply(404, page), NOW)?.text, "404 Not Found");
  });
});

describe("classify, when a rate limit ends", () => {
  const date = "Mon, 23 Nov 2026 12:00:00 GMT";
  const ahead = "Mon, 23 Nov 2026 13:00:00 GMT";
  const cases: [name: string, headers: Record<string, string>, seconds: number | undefined][] = [
    ["Retry-After in seconds", { "retry-after": " 7 ", date }, 7],
    ["Retry-After 0", { "retry-after": "0" }, 0],
    ["Retry-After in seconds does not mind the API's clock", { "retry-after": "7", date: ahead }, 7],
    ["Retry-After as a date", { "retry-after": "Mon, 23 Nov 2026 12:00:30 GMT", date }, 30],
    [
      "Retry-After as a date, by a clock an hour ahead",
      { "retry-after": "Mon, 23 Nov 2026 13:00:30 GMT", date: ahead },
      30,
    ],
    ["X-RateLimit-Reset", { "x-ratelimit-reset": "2026-11-23T12:00:41.500Z", date }, 41.5],
    [
      "X-RateLimit-Reset by a clock an hour ahead",
      { "x-ratelimit-reset": "2026-11-23T13:00:20Z", date: ahead },
      20,
    ],
    [
      "X-RateLimit-Reset by a clock a day behind",
      { "x-ratelimit-reset": "2026-11-22T12:00:20Z", date: "Sun, 22 Nov 2026 12:00:00 GMT" },
      20,
    ],
    ["X-RateLimit-Reset if no Date comes", { "x-ratelimit-reset": "2026-11-23T12:00:20Z" }, 20],
    ["X-RateLimit-Reset in the past", { "x-ratelimit-reset": "2026-11-23T11:59:00Z", date }, -60],
    [
      "Retry-After before X-RateLimit-Reset",
      { "retry-after": "5", "x-ratelimit-reset": "2026-11-23T12:00:41Z" },
      5,
    ],
    [
      "X-RateLimit-Reset where Retry-After is none",
      { "retry-after": "soon", "x-ratelimit-reset": "2026-11-23T12:00:41Z" },
      41,
    ],
    ["neither", { date }, undefined],
    ["a Retry-After below zero", { "retry-after": "-1" }, undefined],
    ["a Retry-After with a fraction", { "retry-after": "1.5" }, undefined],
    ["a Retry-After beyond reason", { "retry-after": "9".repeat(400) }, undefined],
    ["an X-RateLimit-Reset in seconds", { "x-ratelimit-reset": "60" }, undefined],
    ["an X-RateLimit-Reset since 1970", { "x-ratelimit-reset": "1795435260" }, undefined],
  ];
  for (const [name, headers, seconds] of cases) {
    it(`${name}: ${seconds === undefined ? "not told" : `in ${seconds} s`}`, () => {
      const retryAt = classify(reply(429, own("RATE_LIMIT_EXCEEDED"), headers), NOW)?.retryAt;
      assert.equal(retryAt && (retryAt.getTime() - NOW.getTime()) / 1000, seconds);
    });
  }
});
