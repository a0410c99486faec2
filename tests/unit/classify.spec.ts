import assert from "node:assert/strict";
import { classify, type Reply, readErrorBody } from "../../provider/src/client/classify";
import type { FailureReason } from "../../provider/src/client/errors";
import { createReply, getReply, listReply } from "../../provider/src/client/schemas";

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
  ["already invited", 400, own("ALREADY_EXISTS"), "rejected"],
  ["unprocessable", 422, { errors: [{ msg: "Said" }] }, "rejected"],
  ["body too large", 413, own("PAYLOAD_TOO_LARGE"), "rejected"],
  ["key refused", 401, own("UNAUTHORIZED"), "unauthorized"],
  ["key refused, with a code of which nobody has heard", 401, own("KEY_EXPIRED"), "unauthorized"],
  ["a sign-in page", 401, page, "wrong-address"],
  ["another API's code", 401, nested("INVALID_TOKEN"), "wrong-address"],
  ["nothing", 401, "", "wrong-address"],
  ["not an admin's", 403, own("FORBIDDEN"), "forbidden"],
  ["a challenge page", 403, "<!DOCTYPE html><title>Just a moment...</title>", "wrong-address"],
  ["a gateway's block", 403, { message: "Forbidden" }, "wrong-address"],
  ["a proxy's own", 407, "Who are you?", "wrong-address"],
  ["a gateway's page", 413, page, "wrong-address"],
  ["a refusal as a page", 409, page, "rejected"],
  ["a network's sign-in page", 511, page, "wrong-address"],
  ["no credits", 402, own("INSUFFICIENT_CREDITS"), "insufficient-credits"],
  ["a host that is not paid for", 402, "DEPLOYMENT_DISABLED", "wrong-address"],
  ["not there", 404, own("NOT_FOUND"), "not-found"],
  ["not there, without code", 404, own(), "not-found"],
  ["a bare 404", 404, "", "wrong-address"],
  ["a router's 404", 404, { statusCode: 404, error: "Not Found", message: "No" }, "wrong-address"],
  ["a 404 with another code", 404, nested("ROUTE_NOT_FOUND"), "wrong-address"],
  ["too many pending", 429, own("INVITE_LIMIT_EXCEEDED"), "invite-limit"],
  ["too many requests", 429, own("RATE_LIMIT_EXCEEDED"), "rate-limit"],
  ["too many requests, no code", 429, own(), "rate-limit"],
  ["too many requests, says a proxy", 429, page, "rate-limit"],
  ["time-out at the server", 408, "", "server"],
  ["500", 500, own("INTERNAL"), "server"],
  ["502 of a proxy", 502, page, "server"],
  ["503 that claims NOT_FOUND", 503, own("NOT_FOUND"), "server"],
  ["302", 302, own("NOT_FOUND"), "wrong-address"],
  ["success: false under 200", 200, own(), "rejected"],
  ["key refused under 200", 200, own("UNAUTHORIZED"), "unauthorized"],
  ["not there under 200", 200, own("NOT_FOUND"), "not-found"],
  ["nothing under 200", 200, "", "unusable-reply"],
  ["a page under 200", 200, page, "unusable-reply"],
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
  for (const body of [{ success: true, invites: [] }, { invites: [] }])
    it(`${JSON.stringify(body)}: no failure`, () => assert.equal(classify(reply(200, body), NOW), undefined));

  const others: [status: number, body: unknown, headers: Record<string, string>, text: string][] = [
    [404, page, {}, "an HTML page: 404 Not Found"],
    [403, " <!doctype html><p>Stop", { server: "cloudflare" }, "an HTML page from cloudflare: Stop"],
    [401, { message: "No" }, { via: "gate" }, "JSON in another form than the API's from gate: No"],
    [404, "", { server: "\u001b[2Jnginx" }, "an empty answer from [2Jnginx"],
    [302, "", { location: "https://login.acme.com/?next=secret" }, "a redirect to login.acme.com"],
    [200, page, {}, "the reply is not JSON, but an HTML page: 404 Not Found"],
    [404, "(\uFFFD/\uFFFD", {}, "something that cannot be decoded"],
    [200, undefined, {}, "the reply cannot be decoded: it is not what its Content-Encoding says"],
  ];
  for (const [status, body, headers, text] of others)
    it(`says what has answered in the API's place: ${text}`, () => {
      const { json, ...rest } = reply(status, body ?? "", headers);
      const read = body === undefined ? { ...rest, json, body: undefined } : { ...rest, json };
      assert.equal(classify(read, NOW)?.text, text);
    });

  it("tells the code, and when a failing server asks to come again", () => {
    const failure = classify(reply(503, own("DOWN"), { "retry-after": "90" }), NOW);
    assert.deepEqual([failure?.code, failure?.retryAt], ["DOWN", new Date("2026-11-23T12:01:30.000Z")]);
  });
});

describe("classify, when to come again", () => {
  const date = "Mon, 23 Nov 2026 12:00:00 GMT";
  const ahead = "Mon, 23 Nov 2026 13:00:00 GMT";
  const cases: [name: string, seconds: number | undefined, after?: string, reset?: string, date?: string][] =
    [
      ["Retry-After in seconds", 7, " 7 ", undefined, date],
      ["Retry-After by a clock an hour ahead", 30, "Mon, 23 Nov 2026 13:00:30 GMT", undefined, ahead],
      ["X-RateLimit-Reset", 41.5, undefined, "2026-11-23T12:00:41.500Z", date],
      ["X-RateLimit-Reset in the past", -60, undefined, "2026-11-23T11:59:00Z", date],
      ["Retry-After before X-RateLimit-Reset", 5, "5", "2026-11-23T12:00:41Z"],
      ["a Retry-After below zero", undefined, "-1"],
      ["a Retry-After beyond reason", undefined, "9".repeat(400)],
      ["an X-RateLimit-Reset in seconds", undefined, undefined, "60"],
    ];
  for (const [name, seconds, after, reset, date] of cases)
    it(`${name}: ${seconds === undefined ? "not told" : `in ${seconds} s`}`, () => {
      const headers = Object.entries({ "retry-after": after, "x-ratelimit-reset": reset, date });
      const sent = Object.fromEntries(headers.filter(([, value]) => value !== undefined));
      const retryAt = classify(
        reply(429, own("RATE_LIMIT_EXCEEDED"), sent as Record<string, string>),
        NOW,
      )?.retryAt;
      assert.equal(retryAt && (retryAt.getTime() - NOW.getTime()) / 1000, seconds);
    });
});

const bodies: [name: string, body: unknown, text?: string, code?: string, ownEnvelope?: true][] = [
  ["the documented one", { success: false, error: "No", code: "NOT_FOUND" }, "No", "NOT_FOUND", true],
  ["{error: {code, message}}", { error: { code: "NOT_FOUND", message: "No" } }, "No", "NOT_FOUND"],
  ["{success: false, error: {…}}", { success: false, error: { message: "No" } }, "No", undefined, true],
  ["{errors: [{msg, param}]}", { errors: [{ msg: "bad", param: "email" }, null, {}] }, "email: bad; invalid"],
  ["plain text", "upstream timed out\n", "upstream timed out"],
  ["nothing", ""],
  ["values of the wrong type", { success: 0, error: 5, code: 7, message: true, errors: "x" }],
  ["a code that is none", { error: "No", code: "a_CODE" }, "No"],
];

describe("readErrorBody", () => {
  for (const [name, body, text, code, ownEnvelope = false] of bodies)
    it(`reads ${name}`, () => {
      const read = readErrorBody(body);
      assert.deepEqual([read.code, read.text, read.ownEnvelope], [code, text, ownEnvelope]);
    });

  it("cuts a huge text, page or list to the length of a message", () => {
    const huge = "<".repeat(5_000_000);
    const many = Array.from({ length: 50_000 }, () => ({ message: "bad", path: "email" }));
    for (const body of [huge, { error: huge }, { message: [huge, huge] }, { errors: many }])
      assert.ok((readErrorBody(body).text?.length ?? 0) <= 300);
  });
});

const ada = { email: "ada@acme.com", status: "completed", teamId: "team_xyz789" };

describe("text in a reply that people will read", () => {
  const readings: [name: string, text: string, read: string][] = [
    ["as it is", "Marketing & Søn", "Marketing & Søn"],
    ["without what steers a terminal", "\u001b[2Jdone\u0007", "[2Jdone"],
    // The SDK's provider process cannot send it in an error, and the engine would wait for ever.
    ["in whole characters", "do\ud83dne", "do ne"],
    ["in bounds, never cut through a character", `x${"🙂".repeat(400)}`, `x${"🙂".repeat(298)}…`],
  ];
  for (const [name, text, read] of readings) {
    it(name, () => {
      const odd = { ...ada, status: text, teamId: text, modelId: text };
      const { email } = ada;
      const expected = { email, status: read, teamId: read, modelId: read };
      assert.deepEqual(getReply.parse({ invite: odd }).invite, expected);
      const { invites } = listReply.parse({ invites: [{ ...odd, teamName: text }] });
      assert.deepEqual(invites, [{ ...expected, teamName: read }]);
      assert.equal(createReply.parse({ id: "1", teamId: text }).teamId, read);
    });
  }

  const addresses: [name: string, spelled: string, read: string | undefined][] = [
    // A revoke has to call people as the API does.
    ["in the API's spelling", "Ada@ACME.com", "Ada@ACME.com"],
    ["one that nobody can have, only to be printed", "\u001b[2Jada@acme.com\u202e", "[2Jada@acme.com"],
  ];
  for (const [name, spelled, read] of addresses)
    it(`an address, ${name}`, () => {
      const invite = { ...ada, email: spelled };
      assert.equal(getReply.safeParse({ invite }).data?.invite.email, read);
      const { invites } = listReply.parse({ invites: [invite] });
      assert.equal((invites[0] as { email?: string }).email, read);
    });

  it("a date, an id and a link too", () => {
    const { invites } = listReply.parse({ invites: [{ ...ada, createdAt: "2026\u001b[2J" }] });
    assert.equal((invites[0] as { createdAt?: string }).createdAt, "2026 [2J");
    const sent = createReply.parse({ id: "inv\u001b1", link: "https://a.example/\u001b[2Jx" });
    assert.deepEqual([sent.id, sent.link], ["inv 1", undefined]);
    const long = `https://a.example/${"x".repeat(500)}`;
    assert.equal(createReply.parse({ id: "1", link: long }).link, long);
  });
});
