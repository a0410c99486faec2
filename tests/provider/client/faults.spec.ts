import assert from "node:assert/strict";
import type { ErrorStyle, FaultSpec } from "headshotpro-emulator";
import type { FailureReason } from "pulumi-headshotpro/client";
import { ADA, failureOf, harness, summary, upOnArrival } from "../../support/api-client";

/** What hits the request, and what is made of it. */
type Case = [fault: Omit<FaultSpec, "on" | "when">, reason: FailureReason, text?: RegExp];

/** Reasons that leave open whether a request was carried out. */
const UNCERTAIN: FailureReason[] = ["no-reply", "unusable-reply", "server"];
/** The answer comes too late. */
const LATE = /^no complete reply within/;

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
  [{ kind: { status: 500 } }, "server"],
  [{ kind: { status: 503, body: "html" } }, "server"],
  [{ kind: { status: 401, code: "UNAUTHORIZED" } }, "unauthorized", /^Unauthorized$/],
  [{ kind: { status: 404, body: "html" } }, "wrong-address"],
  [{ kind: { status: 429, retryAfter: 3 } }, "rate-limit"],
  [{ kind: { status: 429, headers: { "x-ratelimit-reset": "2020-01-01T00:00:00.000Z" } } }, "rate-limit"],
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

  it("an answer that is slow, but in time, is fine: dripped or late", async () => {
    const api = await emulator();
    api.fault({ on: "create", when: "after", kind: "slow-drip", everyMs: 0.1 });
    await client(api).createInvite({ email: ADA });
    api.fault({ on: "get", kind: { delayMs: 50 } });
    assert.equal((await client(api).getInvite(ADA))?.status, "pending");
  });
});

const WITH_CODE: ErrorStyle[] = ["documented", "nested", "message", "ok"];
const WITHOUT_CODE: ErrorStyle[] = ["error", "errors", "status-code-list", "html", "text", "empty"];

/** What each refusal means, and how its text is found: tests/unit/classify.spec.ts. */
describe("client: a refusal in every envelope", () => {
  const { client, emulator } = harness();

  for (const errors of [...WITH_CODE, ...WITHOUT_CODE]) {
    const coded = WITH_CODE.includes(errors);
    it(`${errors}: no credits is ${coded ? "told by its code" : "no API's word without one"}, and nobody is e-mailed`, async () => {
      const api = await emulator({ credits: 0, errors });
      const error = await failureOf(client(api).createInvite({ email: ADA }));
      assert.equal(error.reason, coded ? "insufficient-credits" : "wrong-address");
      assert.equal(error.code, coded ? "INSUFFICIENT_CREDITS" : undefined);
      if (errors !== "empty") assert.match(error.text, /Not enough credits$/);
      assert.deepEqual([error.mayHaveHappened, api.outbox.length], [false, 0]);
    });

    it(`${errors}: ${coded ? "somebody who is not there is gone" : 'a 404 that is not the API\'s is never "gone"'}`, async () => {
      const hp = client(await emulator({ errors }));
      if (coded) assert.deepEqual([await hp.getInvite(ADA), await hp.revokeInvite(ADA)], [undefined, false]);
      else
        for (const request of [hp.getInvite(ADA), hp.revokeInvite(ADA)])
          assert.equal((await failureOf(request)).reason, "wrong-address");
    });
  }
});
