import assert from "node:assert/strict";
import type { Emulator, EmulatorOptions, ErrorStyle } from "headshotpro-emulator";
import type { FailureReason, HeadshotProClient } from "pulumi-headshotpro/client";
import { ADA, failureOf, harness } from "../../support/api-client";

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
