import assert from "node:assert/strict";
import type { HeadshotProClient } from "pulumi-headshotpro/client";
import { ADA, failureOf, harness } from "../../support/api-client";

const LINK = "https://app.example/join/evas-own";

/** Each verb about Ada, and a success of it that is about whom it is told. */
const verbs: Record<
  string,
  [ask: (hp: HeadshotProClient) => Promise<unknown>, body: (email: unknown) => object]
> = {
  create: [
    (hp) => hp.createInvite({ email: ADA }),
    (email) => ({ success: true, input: { email }, message: "Invite sent", link: LINK, id: "inv_eva" }),
  ],
  get: [
    (hp) => hp.getInvite(ADA),
    (email) => ({ success: true, invite: { email, status: "completed", modelId: "model_eva" } }),
  ],
  revoke: [
    (hp) => hp.revokeInvite(ADA),
    (email) => ({ success: true, message: "Invite revoked", input: { email } }),
  ],
};

describe("client: an answer about another person", () => {
  const { client, answering } = harness();

  for (const [verb, [ask, body]] of Object.entries(verbs))
    for (const wrapped of [false, true]) {
      const answer = (email: unknown) =>
        answering({ body: wrapped ? { success: true, data: body(email) } : body(email) });
      const where = wrapped ? " in the data envelope" : "";

      for (const email of ["eva@acme.com", "ada@acme.org", "ada+1@acme.com", "\u001b[2Jada", ""])
        it(`${verb}${where}: ${JSON.stringify(email)} is no usable reply, and nothing of it gets out`, async () => {
          const error = await failureOf(ask(client(await answer(email))));
          assert.equal(error.reason, "unusable-reply");
          assert.equal(error.mayHaveHappened, true);
          assert.doesNotMatch(JSON.stringify({ ...error, message: error.message }), /eva|2J/);
        });

      for (const email of [ADA, " Ada@ACME.com\n"])
        it(`${verb}${where}: ${JSON.stringify(email)} is the same person`, async () => {
          assert.ok(await ask(client(await answer(email))));
        });
    }

  for (const echo of [undefined, null, "ada", 5, {}, { email: 7 }, []])
    it(`an echo that names nobody is none: ${JSON.stringify(echo)}`, async () => {
      const body = { success: true, message: "done", id: "inv_1", input: echo };
      const hp = client(await answering({ body }));
      assert.equal((await hp.createInvite({ email: ADA })).inviteId, "inv_1");
      assert.equal(await hp.revokeInvite(ADA), true);
    });

  it("an international domain is the same in both of its forms", async () => {
    const invite = { email: "zoe@xn--bcher-kva.example", status: "pending" };
    assert.ok(await client(await answering({ body: { invite } })).getInvite("Zoe@bücher.example"));
  });
});
