import assert from "node:assert/strict";
import type { Emulator, EmulatorOptions, ErrorStyle, FaultSpec } from "headshotpro-emulator";
import type { FailureReason, HeadshotProClient } from "pulumi-headshotpro/client";
import { ADA, failureOf, harness, summary, upOnArrival } from "../../support/api-client";

/** What hits the request, and what is made of it. */
type Case = [fault: Omit<FaultSpec, "on" | "when">, reason: FailureReason, text?: RegExp];

/** Reasons that leave open whether a request was carried out. */
const UNCERTAIN: FailureReason[] = ["no-reply", "unusable-reply", "server"];
/** The answer comes too late. */
const LATE = /^no complete reply within/;
const PAST = { "x-ratelimit-reset": "2020-01-01T00:00:00.000Z" };

const cases: Case[] = [
  [{ kind: "reset" }, "no-reply", /\((ECONNRESET|EPIPE)\)$/],
  [{ kind: "truncated" }, "no-reply"],
  [{ kind: "hang" }, "no-reply", LATE],
  [{ kind: "slow-drip", everyMs: 1_000 }, "no-reply", LATE],
  [{ kind: { delayMs: 30_000 } }, "no-reply", LATE],
  [{ kind: "oversized", bytes: 10_001 }, "unusable-reply", /^the reply is larger than 10000 bytes$/],
  [{ kind: "html" }, "unusable-reply", /^the reply is not JSON, but an HTML page: /],
  [{ kind: "empty" }, "unusable-reply", /^the reply is empty$/],
  [{ kind: "redirect" }, "wrong-address", /^a redirect/],
  [{ kind: "success-false" }, "rejected", /^Something went wrong$/],
  [{ kind: "success-false", code: "INSUFFICIENT_CREDITS" }, "insufficient-credits", /^Something/],
  ...[500, 502, 503, 504].flatMap((status) =>
    (["json", "html", "text", "empty"] as const).map((body): Case => [{ kind: { status, body } }, "server"]),
  ),
  [{ kind: { status: 401, code: "UNAUTHORIZED" } }, "unauthorized", /^Unauthorized$/],
  [{ kind: { status: 402, code: "INSUFFICIENT_CREDITS" } }, "insufficient-credits", /^Payment Required$/],
  [{ kind: { status: 403, code: "FORBIDDEN" } }, "forbidden", /^Forbidden$/],
  ...[401, 402, 403, 404].map((status): Case => [{ kind: { status, body: "html" } }, "wrong-address"]),
  [{ kind: { status: 429, code: "INVITE_LIMIT_EXCEEDED" } }, "invite-limit", /^Too Many Requests$/],
  [{ kind: { status: 429, retryAfter: 3 } }, "rate-limit"],
  [{ kind: { status: 429, body: "empty" } }, "rate-limit", /^no explanation was given$/],
  [{ kind: { status: 429, headers: PAST } }, "rate-limit"],
];

describe("client: faults before and after the effect", () => {
  const { client, emulator } = harness();

  for (const [fault, reason, text = /./] of cases) {
    const name = JSON.stringify(fault);
    const meaning = [reason, UNCERTAIN.includes(reason)];
    async function hit(on: "create" | "revoke" | "get" | "list", when: "before" | "after") {
      const api = await emulator();
      if (on !== "create") api.inviteByHand({ email: ADA });
      api.fault({ on, when, ...fault });
      const hp = client(api, { maxResponseBytes: 10_000 }, text === LATE ? upOnArrival(api) : undefined);
      return { api, hp };
    }

    for (const when of ["before", "after"] as const) {
      const emails = when === "after" ? 1 : 0;

      it(`a create, ${name} ${when}: ${reason}, ${emails} e-mails, one request`, async () => {
        const { api, hp } = await hit("create", when);
        const error = await failureOf(hp.createInvite({ email: ADA }));
        assert.deepEqual(summary(error), meaning);
        assert.match(error.text, text);
        assert.match(error.message, /^POST \/organization\/invites: /);
        assert.deepEqual([api.outbox.length, api.requests.length], [emails, 1]);
        if (reason === "rate-limit") assert.ok(!Number.isNaN(error.retryAt?.getTime() ?? 0));
      });

      it(`a revoke, ${name} ${when}: ${reason}, never "done" or "gone"`, async () => {
        // Slow and torn answers are about the proper one: before the effect it is {success: true}.
        const { api, hp } = await hit("revoke", when);
        assert.deepEqual(summary(await failureOf(hp.revokeInvite(ADA))), meaning);
        assert.equal(api.invite(ADA)?.status, when === "after" ? "revoked" : "pending");
        assert.equal(api.requests.length, 1);
      });
    }

    for (const verb of ["get", "list"] as const)
      it(`a ${verb}, ${name}: ${reason}, never "nobody"`, async () => {
        const { hp } = await hit(verb, "after");
        const asked = verb === "get" ? hp.getInvite(ADA) : hp.listInvites();
        assert.equal((await failureOf(asked)).reason, reason);
      });
  }

  it("a rate limit whose end is past, or is not told, is no wait", async () => {
    for (const [headers, ended] of [
      [PAST, true],
      [{ "x-ratelimit-reset": "" }, undefined],
    ] as const) {
      const api = await emulator({ rateLimit: false });
      api.fault({ on: "list", kind: { status: 429, headers } });
      const { retryAt } = await failureOf(client(api).listInvites());
      assert.equal(retryAt && retryAt.getTime() < Date.now(), ended);
    }
  });

  it("an answer that is slow, but in time, is fine: dripped or late", async () => {
    const api = await emulator();
    api.fault({ on: "create", when: "after", kind: "slow-drip", everyMs: 0.1 });
    await client(api).createInvite({ email: ADA });
    api.fault({ on: "get", kind: { delayMs: 50 } });
    assert.equal((await client(api).getInvite(ADA))?.status, "pending");
  });
});

const WITH_CODE: ErrorStyle[] = ["documented", "nested", "message", "ok"];
const WITHOUT_CODE: ErrorStyle[] = [
  ...(["error", "errors", "errors-msg", "errors-field", "status-code", "status-code-list"] as const),
  ...(["html", "text", "empty"] as const),
];

interface Circumstances {
  options?: EmulatorOptions;
  key?: string;
  prepare?(api: Emulator): void;
  request?(hp: HeadshotProClient): Promise<unknown>;
  /** Where the envelope has no code, the HTTP status has to do. */
  codeless?: FailureReason;
}
type Refusal = [name: string, text: string, code: string, reason: FailureReason, where: Circumstances];

const specific: EmulatorOptions = { codes: "specific" };
const malformed = (hp: HeadshotProClient) => hp.createInvite({ email: "ada" });
const invited = (api: Emulator) => void api.inviteByHand({ email: ADA });
const INVITED = "User with this email already invited";
const codeless = "wrong-address";

const refusals: Refusal[] = [
  ["a malformed e-mail", "Invalid email format", "INVALID_REQUEST", "rejected", { request: malformed }],
  [
    ...(["a malformed e-mail, specific codes", "Invalid email format", "INVALID_EMAIL", "rejected"] as const),
    { options: specific, request: malformed },
  ],
  ["already invited", INVITED, "INVALID_REQUEST", "rejected", { prepare: invited }],
  [
    ...(["already invited, specific codes", INVITED, "ALREADY_EXISTS", "rejected"] as const),
    { options: specific, prepare: invited },
  ],
  ["a wrong key", "Invalid API key", "UNAUTHORIZED", "unauthorized", { key: "hp_other", codeless }],
  [
    ...(["a member's key", "Only organization admins can do this", "FORBIDDEN", "forbidden"] as const),
    { options: { memberKey: "hp_member" }, key: "hp_member", codeless },
  ],
  [
    ...(["no credits", "Not enough credits", "INSUFFICIENT_CREDITS", "insufficient-credits"] as const),
    { options: { credits: 0 }, codeless },
  ],
  [
    ...(["an unknown team", "Team not found", "NOT_FOUND", "not-found"] as const),
    { request: (hp) => hp.createInvite({ email: ADA, teamId: "team_nope" }), codeless },
  ],
  [
    ...(["too many pending", "Too many pending invites", "INVITE_LIMIT_EXCEEDED", "invite-limit"] as const),
    {
      options: { credits: 1 },
      prepare: (api) => ["b@acme.com", "c@acme.com"].forEach((email) => void api.inviteByHand({ email })),
      codeless: "rate-limit",
    },
  ],
  [
    ...(["too many requests", "Rate limit exceeded", "RATE_LIMIT_EXCEEDED", "rate-limit"] as const),
    {
      options: { rateLimit: { limit: 1, windowSeconds: 60 } },
      prepare: (api) => api.consumeRateLimit(1),
    },
  ],
];

describe("client: every refusal in every envelope", () => {
  const { client, emulator } = harness();

  for (const errors of [...WITH_CODE, ...WITHOUT_CODE]) {
    const coded = WITH_CODE.includes(errors);
    for (const [name, text, code, reason, where] of refusals)
      it(`${errors}: ${name}`, async () => {
        const { options, key, prepare, request = (hp) => hp.createInvite({ email: ADA }) } = where;
        const api = await emulator({ ...options, errors });
        prepare?.(api);
        const before = api.outbox.length;
        const error = await failureOf(request(client(api, key ? { apiKey: key } : {})));
        assert.equal(error.reason, coded ? reason : (where.codeless ?? reason));
        assert.equal(error.code, coded ? code : undefined);
        if (errors !== "empty") assert.match(error.text, new RegExp(`${text}$`));
        assert.match(error.message, /^POST \/organization\/invites: \d{3}/);
        assert.deepEqual([error.mayHaveHappened, api.outbox.length], [false, before]);
        assert.equal(error.retryAt !== undefined, error.reason === "rate-limit");
      });

    it(`${errors}: ${coded ? "somebody who is not there is gone" : 'a 404 that is not the API\'s is never "gone"'}`, async () => {
      const hp = client(await emulator({ errors }));
      if (coded) assert.deepEqual([await hp.getInvite(ADA), await hp.revokeInvite(ADA)], [undefined, false]);
      else
        for (const request of [hp.getInvite(ADA), hp.revokeInvite(ADA)])
          assert.equal((await failureOf(request)).reason, "wrong-address");
    });
  }

  it('a wrong base URL is never "gone"', async () => {
    const api = await emulator();
    const hp = client(api, { baseUrl: api.url.replace("/v2", "/v1") });
    for (const request of [hp.getInvite(ADA), hp.revokeInvite(ADA), hp.listInvites()])
      assert.equal((await failureOf(request)).reason, "wrong-address");
  });

  it("a rate limit without a code is one, and says when it ends, whatever the API's clock", async () => {
    const rateLimit = { limit: 1, windowSeconds: 600 };
    const api = await emulator({ rateLimit, rateLimitCode: false });
    await client(api).listInvites();
    const { reason, code, retryAt } = await failureOf(client(api).listInvites());
    assert.deepEqual([reason, code], ["rate-limit", undefined]);
    assert.ok((retryAt?.getTime() ?? 0) > Date.now());
  });
});
