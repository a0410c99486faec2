import assert from "node:assert/strict";
import type { HeadshotProClient } from "pulumi-headshotpro/client";
import { ADA, failureOf, harness } from "../../support/api-client";

const TEAM = "team_xyz789";

/** Without the properties that have no value. */
const known = (value: unknown) => JSON.parse(JSON.stringify(value));

describe("client: each end point", () => {
  const { client, emulator, answering } = harness();

  for (const envelope of ["flat", "data", "bare"] as const)
    for (const revoked of ["forgotten", "kept"] as const)
      it(`invite, look up, list and revoke, successes ${envelope}, revoked ones ${revoked}`, async () => {
        const api = await emulator({ envelope, revoked });
        const hp = client(api);
        assert.equal(await hp.getInvite(ADA), undefined);
        assert.deepEqual((await hp.listInvites()).invites, []);

        const sent = await hp.createInvite({ email: ADA, teamId: TEAM });
        const stored = api.invite(ADA);
        assert.equal(sent.inviteId, stored?.id);
        assert.equal(sent.link, api.outbox[0]?.link);
        assert.equal(sent.teamId, TEAM);
        assert.deepEqual(known(await hp.getInvite(ADA)), { email: ADA, status: "pending", teamId: TEAM });
        const { createdAt } = stored ?? {};
        const listed = { email: ADA, status: "pending", teamId: TEAM, teamName: "Marketing", createdAt };
        assert.deepEqual(known((await hp.listInvites()).invites), [listed]);

        assert.equal(await hp.revokeInvite(ADA), true);
        assert.equal((await hp.getInvite(ADA))?.status, revoked === "kept" ? "revoked" : undefined);
        assert.equal(api.outbox.length, 1);
      });

  it("tells whose key it is and how many credits are left, and moves members into a team", async () => {
    const api = await emulator({ credits: 7, envelope: "data" });
    const hp = client(api);
    assert.equal((await hp.getOrganization()).uid, api.uid);
    assert.equal(await hp.getCredits(), 7);
    api.inviteByHand({ email: ADA });
    api.accept(ADA);
    await hp.moveToTeam(TEAM, [ADA]);
    assert.deepEqual([api.invite(ADA)?.teamId, api.outbox.length], [TEAM, 1]);
  });

  for (const codes of ["specific", "seed"] as const)
    it(`somebody revoked already is ${codes === "specific" ? "no failure by its code" : "one without the code"}`, async () => {
      const api = await emulator({ codes, revoked: "kept" });
      api.inviteByHand({ email: ADA });
      api.revokeByHand(ADA);
      const revoked = client(api).revokeInvite(ADA);
      if (codes === "specific") assert.equal(await revoked, false);
      else assert.equal((await failureOf(revoked)).reason, "rejected");
    });

  const unusable: [verb: string, body: object | string][] = [
    ["create", { success: true, message: "Invite sent" }],
    ["create", { success: true, id: 5 }],
    ["get", { success: true }],
    ["get", { success: true, invite: { email: ADA, status: "" } }],
    ["list", { success: true, invites: {} }],
    ["revoke", { input: ADA }],
    ["revoke", ""],
    ["move", {}],
    ["credits", { credits: "7" }],
    ["organization", { success: true, organization: { uid: " ", name: "Acme" } }],
  ];
  const asking: Record<string, (hp: HeadshotProClient) => Promise<unknown>> = {
    create: (hp) => hp.createInvite({ email: ADA }),
    get: (hp) => hp.getInvite(ADA),
    list: (hp) => hp.listInvites(),
    revoke: (hp) => hp.revokeInvite(ADA),
    move: (hp) => hp.moveToTeam(TEAM, [ADA]),
    credits: (hp) => hp.getCredits(),
    organization: (hp) => hp.getOrganization(),
  };
  for (const [verb, body] of unusable)
    it(`a ${verb} answered with ${JSON.stringify(body)} has no usable reply`, async () => {
      const hp = client(await answering({ body }));
      const { reason, mayHaveHappened, status, code } = await failureOf(
        asking[verb]?.(hp) ?? Promise.resolve(),
      );
      assert.deepEqual([reason, mayHaveHappened, status, code], ["unusable-reply", true, 200, undefined]);
    });
});

const people: [email: string, segment: string][] = [
  ["ada+work@acme.com", "ada%2Bwork@acme.com"],
  ["a/b@acme.com", "a%2Fb@acme.com"],
  ["50%25@acme.com", "50%2525@acme.com"],
  ["what?x=1#y@acme.com", "what%3Fx%3D1%23y@acme.com"],
  ["jörg@acme.com", "j%C3%B6rg@acme.com"],
  ["revoke@acme.com", "revoke@acme.com"],
];

describe("client: an e-mail in a path", () => {
  const { client, emulator } = harness();

  for (const [email, segment] of people)
    it(`${email} is asked for as ${segment}, and found`, async () => {
      const api = await emulator();
      const hp = client(api);
      await hp.createInvite({ email });
      assert.equal((await hp.getInvite(email))?.email, email);
      assert.equal(api.requests[1]?.path, `/api/v2/organization/invites/${segment}`);
      assert.equal(api.requests[1]?.email, email);
      assert.equal(await hp.revokeInvite(email), true);
      assert.equal(await hp.getInvite(email), undefined);
    });
});

const LINK = "https://app.example/join/evas-own";

/** Each verb about Ada, and a success of it that is about whom it is told. */
type Asking = (hp: HeadshotProClient) => Promise<unknown>;
const verbs: Record<string, [ask: Asking, body: (email: unknown) => object]> = {
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

      it(`${verb}${wrapped ? " in the data envelope" : ""}: is no usable reply, and nothing of it gets out`, async () => {
        for (const email of ["eva@acme.com", "ada@acme.org", ""]) {
          const error = await failureOf(ask(client(await answer(email))));
          assert.deepEqual([error.reason, error.mayHaveHappened], ["unusable-reply", true]);
          assert.doesNotMatch(JSON.stringify({ ...error, message: error.message }), /eva/);
        }
        assert.ok(await ask(client(await answer(" Ada@ACME.com\n"))), "the same person");
      });
    }

  for (const echo of [undefined, "ada", {}, { email: 7 }])
    it(`an echo that names nobody is none: ${JSON.stringify(echo)}`, async () => {
      const body = { success: true, message: "done", id: "inv_1", input: echo };
      const hp = client(await answering({ body }));
      assert.equal((await hp.createInvite({ email: ADA })).inviteId, "inv_1");
      assert.equal(await hp.revokeInvite(ADA), true);
    });
});
