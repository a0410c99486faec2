import assert from "node:assert/strict";
import type { Emulator, EmulatorOptions, ErrorStyle } from "headshotpro-emulator";
import type { FailureReason, HeadshotProClient } from "pulumi-headshotpro/client";
import { ADA, failureOf, harness } from "../../support/api-client";

const WITH_CODE: ErrorStyle[] = ["documented", "nested", "message", "ok"];
const WITHOUT_CODE: ErrorStyle[] = [
  ...(["error", "errors", "errors-msg", "errors-field", "status-code", "status-code-list"] as const),
  ...(["html", "text", "empty"] as const),
];

interface Refusal {
  name: string;
  options?: EmulatorOptions;
  key?: string;
  prepare?(api: Emulator): void;
  request(hp: HeadshotProClient): Promise<unknown>;
  text: string;
  code: string;
  /** Where the envelope has no code, the HTTP status has to do. */
  reason: FailureReason;
  codeless?: FailureReason;
}

const invite = (hp: HeadshotProClient) => hp.createInvite({ email: ADA });
const refusals: Refusal[] = [
  {
    name: "a malformed e-mail",
    request: (hp) => hp.createInvite({ email: "ada" }),
    text: "Invalid email format",
    code: "INVALID_REQUEST",
    reason: "rejected",
  },
  {
    name: "a malformed e-mail, specific codes",
    options: { codes: "specific" },
    request: (hp) => hp.createInvite({ email: "ada" }),
    text: "Invalid email format",
    code: "INVALID_EMAIL",
    reason: "rejected",
  },
  {
    name: "already invited",
    prepare: (api) => api.inviteByHand({ email: ADA }),
    request: invite,
    text: "User with this email already invited",
    code: "INVALID_REQUEST",
    reason: "rejected",
  },
  {
    name: "already invited, specific codes",
    options: { codes: "specific" },
    prepare: (api) => api.inviteByHand({ email: ADA }),
    request: invite,
    text: "User with this email already invited",
    code: "ALREADY_EXISTS",
    reason: "rejected",
  },
  {
    name: "a wrong key",
    key: "hp_other",
    request: invite,
    text: "Invalid API key",
    code: "UNAUTHORIZED",
    reason: "unauthorized",
    codeless: "wrong-address",
  },
  {
    name: "a member's key",
    options: { memberKey: "hp_member" },
    key: "hp_member",
    request: invite,
    text: "Only organization admins can do this",
    code: "FORBIDDEN",
    reason: "forbidden",
    codeless: "wrong-address",
  },
  {
    name: "no credits",
    options: { credits: 0 },
    request: invite,
    text: "Not enough credits",
    code: "INSUFFICIENT_CREDITS",
    reason: "insufficient-credits",
    codeless: "wrong-address",
  },
  {
    name: "an unknown team",
    request: (hp) => hp.createInvite({ email: ADA, teamId: "team_nope" }),
    text: "Team not found",
    code: "NOT_FOUND",
    reason: "not-found",
    codeless: "wrong-address",
  },
  {
    name: "too many pending",
    options: { credits: 1 },
    prepare: (api) => ["b@acme.com", "c@acme.com"].forEach((email) => void api.inviteByHand({ email })),
    request: invite,
    text: "Too many pending invites",
    code: "INVITE_LIMIT_EXCEEDED",
    reason: "invite-limit",
    codeless: "rate-limit",
  },
  {
    name: "too many requests",
    options: { rateLimit: { limit: 1, windowSeconds: 60 } },
    prepare: (api) => api.consumeRateLimit(1),
    request: invite,
    text: "Rate limit exceeded",
    code: "RATE_LIMIT_EXCEEDED",
    reason: "rate-limit",
  },
];

describe("client: every refusal in every envelope", () => {
  const { client, emulator } = harness();

  for (const errors of [...WITH_CODE, ...WITHOUT_CODE])
    for (const { name, options, key, prepare, request, text, code, reason, codeless = reason } of refusals) {
      const coded = WITH_CODE.includes(errors);
      it(`${errors}: ${name}`, async () => {
        const api = await emulator({ ...options, errors });
        prepare?.(api);
        const before = api.outbox.length;
        const error = await failureOf(request(client(api, key ? { apiKey: key } : {})));
        assert.equal(error.reason, coded ? reason : codeless);
        assert.equal(error.code, coded ? code : undefined);
        if (errors !== "empty") assert.match(error.text, new RegExp(`${text}$`));
        assert.match(error.message, /^POST \/organization\/invites: \d{3}/);
        assert.equal(error.mayHaveHappened, false);
        assert.equal(api.outbox.length, before);
        assert.equal(error.retryAt !== undefined, error.reason === "rate-limit");
      });
    }

  for (const errors of WITH_CODE) {
    it(`${errors}: somebody who is not there is gone`, async () => {
      const hp = client(await emulator({ errors }));
      assert.equal(await hp.getInvite(ADA), undefined);
      assert.equal(await hp.revokeInvite(ADA), false);
    });
  }

  for (const errors of WITHOUT_CODE) {
    it(`${errors}: a 404 that is not the API's is never "gone"`, async () => {
      const hp = client(await emulator({ errors }));
      assert.equal((await failureOf(hp.getInvite(ADA))).reason, "wrong-address");
      assert.equal((await failureOf(hp.revokeInvite(ADA))).reason, "wrong-address");
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
