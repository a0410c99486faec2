import assert from "node:assert/strict";
import type { FaultKind, FaultSpec } from "headshotpro-emulator";
import type { ClientOptions, FailureReason } from "pulumi-headshotpro/client";
import { ADA, failureOf, harness, summary, upOnArrival } from "../../support/api-client";

interface Case {
  name?: string;
  kind: FaultKind;
  spec?: Partial<FaultSpec>;
  options?: Partial<ClientOptions>;
  /** The answer comes too late. */
  late?: true;
  reason: FailureReason;
  mayHaveHappened: boolean;
  text: RegExp;
}

const small = { maxResponseBytes: 10_000 };

const cases: Case[] = [
  { kind: "reset", reason: "no-reply", mayHaveHappened: true, text: /\((ECONNRESET|EPIPE)\)$/ },
  {
    kind: "hang",
    late: true,
    reason: "no-reply",
    mayHaveHappened: true,
    text: /^no complete reply within/,
  },
  { kind: "truncated", reason: "no-reply", mayHaveHappened: true, text: /./ },
  {
    kind: "slow-drip",
    spec: { everyMs: 1_000 },
    late: true,
    reason: "no-reply",
    mayHaveHappened: true,
    text: /^no complete reply within/,
  },
  {
    kind: "oversized",
    spec: { bytes: 10_001 },
    options: small,
    reason: "unusable-reply",
    mayHaveHappened: true,
    text: /^the reply is larger than 10000 bytes$/,
  },
  {
    kind: "html",
    reason: "unusable-reply",
    mayHaveHappened: true,
    text: /^the reply is not JSON, but an HTML page: /,
  },
  { kind: "empty", reason: "unusable-reply", mayHaveHappened: true, text: /^the reply is empty$/ },
  { kind: "redirect", reason: "wrong-address", mayHaveHappened: false, text: /^a redirect/ },
  { kind: "success-false", reason: "rejected", mayHaveHappened: false, text: /^Something went wrong$/ },
  {
    kind: "success-false",
    spec: { code: "INSUFFICIENT_CREDITS" },
    reason: "insufficient-credits",
    mayHaveHappened: false,
    text: /^Something/,
  },
  ...[500, 502, 503, 504].flatMap((status) =>
    (["json", "html", "text", "empty"] as const).map((body) => ({
      name: `${status} ${body}`,
      kind: { status, body },
      reason: "server" as const,
      mayHaveHappened: true,
      text: /./,
    })),
  ),
  {
    name: "429",
    kind: { status: 429, retryAfter: 3 },
    reason: "rate-limit",
    mayHaveHappened: false,
    text: /./,
  },
  {
    name: "404 html",
    kind: { status: 404, body: "html" },
    reason: "wrong-address",
    mayHaveHappened: false,
    text: /./,
  },
];

describe("client: faults before and after the effect", () => {
  const { client, emulator } = harness();

  for (const { kind, name = `${kind}`, spec, options, late, reason, mayHaveHappened, text } of cases)
    for (const [when, e_mails] of [
      ["before", 0],
      ["after", 1],
    ] as const) {
      it(`a create, ${name} ${spec?.code ?? ""} ${when}: ${reason}, ${e_mails} e-mails, one request`, async () => {
        const api = await emulator();
        api.fault({ on: "create", when, kind, ...spec });
        const error = await failureOf(
          client(api, options, late && upOnArrival(api)).createInvite({ email: ADA }),
        );
        assert.deepEqual(summary(error), [reason, mayHaveHappened]);
        assert.match(error.text, text);
        assert.match(error.message, /^POST \/organization\/invites: /);
        assert.equal(api.outbox.length, e_mails);
        assert.equal(api.requests.length, 1);
      });

      it(`a revoke, ${name} ${spec?.code ?? ""} ${when}: ${reason}, never "done" or "gone"`, async () => {
        const api = await emulator();
        api.inviteByHand({ email: ADA });
        // Slow and torn answers are about the proper one: before the effect it is {success: true}.
        api.fault({ on: "revoke", when, kind, ...spec });
        assert.deepEqual(
          summary(await failureOf(client(api, options, late && upOnArrival(api)).revokeInvite(ADA))),
          [reason, mayHaveHappened],
        );
        assert.equal(api.invite(ADA)?.status, when === "after" ? "revoked" : "pending");
        assert.equal(api.requests.length, 1);
      });
    }

  for (const verb of ["get", "list"] as const)
    for (const { kind, name = `${kind}`, spec, options, late, reason } of cases) {
      it(`a ${verb}, ${name} ${spec?.code ?? ""}: ${reason}, never "nobody"`, async () => {
        const api = await emulator();
        api.inviteByHand({ email: ADA });
        api.fault({ on: verb, when: "after", kind, ...spec });
        const hp = client(api, options, late && upOnArrival(api));
        assert.equal((await failureOf(verb === "get" ? hp.getInvite(ADA) : hp.listInvites())).reason, reason);
      });
    }

  it("an answer that is slow, but in time, is fine: dripped or late", async () => {
    const api = await emulator();
    api.fault({ on: "create", when: "after", kind: "slow-drip", everyMs: 0.1 });
    await client(api).createInvite({ email: ADA });
    api.fault({ on: "get", kind: { delayMs: 50 } });
    assert.equal((await client(api).getInvite(ADA))?.status, "pending");
  });

  it("a late answer is no answer", async () => {
    const api = await emulator();
    api.fault({ on: "create", when: "after", kind: { delayMs: 30_000 } });
    assert.deepEqual(
      summary(await failureOf(client(api, {}, upOnArrival(api)).createInvite({ email: ADA }))),
      ["no-reply", true],
    );
    assert.equal(api.outbox.length, 1);
  });
});
