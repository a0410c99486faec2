import assert from "node:assert/strict";
import { ADA, failureOf, harness } from "../../support/api-client";

const TEAM = "team_xyz789";

/** Without the properties that have no value. */
const known = (value: unknown) => JSON.parse(JSON.stringify(value));

describe("client: each end point", () => {
  const { client, emulator, answering } = harness();

  for (const envelope of ["flat", "data", "bare"] as const)
    for (const revoked of ["forgotten", "kept"] as const) {
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
    }

  it("invites without a team", async () => {
    const api = await emulator();
    const { teamId } = await client(api).createInvite({ email: ADA, teamId: undefined });
    assert.deepEqual([teamId, api.invite(ADA)?.teamId], [undefined, null]);
  });

  it("tells the date by the API's clock", async () => {
    const api = await emulator();
    api.clock.set("2031-05-06T07:08:09Z");
    assert.match((await client(api).createInvite({ email: ADA })).sentAt, /^2031-05-06T07:08:/);
  });

  it("carries a model and a status that nobody has heard of", async () => {
    const api = await emulator();
    api.inviteByHand({ email: ADA });
    api.setStatus(ADA, "completed");
    const { modelId } = api.invite(ADA) ?? {};
    assert.equal((await client(api).getInvite(ADA))?.modelId, modelId);
    api.setStatus(ADA, "On Hold");
    assert.equal((await client(api).getInvite(ADA))?.status, "On Hold");
    assert.equal((await client(api).listInvites()).invites[0]?.status, "On Hold");
  });

  it("tells how many credits are left", async () => {
    const api = await emulator({ credits: 7 });
    assert.equal(await client(api).getCredits(), 7);
  });

  it("does not take for a number of credits what is none", async () => {
    const { code, reason } = await failureOf(
      client(await answering({ body: { credits: "7" } })).getCredits(),
    );
    assert.deepEqual([code, reason], [undefined, "unusable-reply"]);
  });

  for (const envelope of ["flat", "data", "bare"] as const)
    it(`tell whose key it is, and move members into a team, successes ${envelope}`, async () => {
      const api = await emulator({ envelope });
      const hp = client(api);
      assert.equal((await hp.getOrganization()).uid, api.uid);
      api.inviteByHand({ email: ADA });
      api.accept(ADA);
      await hp.moveToTeam(TEAM, [ADA]);
      assert.deepEqual([api.invite(ADA)?.teamId, api.outbox.length], [TEAM, 1]);
    });

  it("a key whose scopes do not allow it is told so", async () => {
    const api = await emulator();
    api.acceptKey("hp_invites_only", ["Invites"]);
    const hp = client(api, { apiKey: "hp_invites_only" });
    assert.deepEqual((await hp.listInvites()).invites, []);
    for (const request of [hp.getOrganization(), hp.getCredits(), hp.moveToTeam(TEAM, [ADA])])
      assert.equal((await failureOf(request)).reason, "forbidden");
  });

  it("an organization needs no more than its uid", async () => {
    const hp = client(await answering({ body: { organization: { uid: "4mQ8Zr", name: null, teams: "x" } } }));
    assert.deepEqual(known(await hp.getOrganization()), { uid: "4mQ8Zr" });
  });

  for (const uid of [undefined, null, "", " ", 5])
    it(`a uid ${JSON.stringify(uid)} names no organization`, async () => {
      const hp = client(await answering({ body: { success: true, organization: { uid, name: "Acme" } } }));
      assert.equal((await failureOf(hp.getOrganization())).reason, "unusable-reply");
    });

  it("moves people into a team, each as the API spells them", async () => {
    const server = await answering({ body: { success: true, message: "Members assigned" } });
    await client(server).moveToTeam("team/1 ?", [ADA, "Bob@Acme.com"]);
    assert.deepEqual(
      server.requests.map(({ method, path }) => `${method} ${path}`),
      ["POST /api/v2/organization/teams/team%2F1%20%3F/members"],
    );
  });

  it("nothing to revoke is no failure: never invited", async () => {
    assert.equal(await client(await emulator()).revokeInvite(ADA), false);
  });

  it("nothing to revoke is no failure: revoked already, if the API has a code for it", async () => {
    const api = await emulator({ codes: "specific", revoked: "kept" });
    api.inviteByHand({ email: ADA });
    api.revokeByHand(ADA);
    assert.equal(await client(api).revokeInvite(ADA), false);
  });

  it("but a refusal without that code is one", async () => {
    const api = await emulator({ codes: "seed", revoked: "kept" });
    api.inviteByHand({ email: ADA });
    api.revokeByHand(ADA);
    assert.equal((await failureOf(client(api).revokeInvite(ADA))).reason, "rejected");
  });

  const unusable: [verb: string, body: object | string][] = [
    ["create", { success: true, message: "Invite sent" }],
    ["create", { success: true, id: "" }],
    ["create", { success: true, id: 5 }],
    ["create", "null"],
    ["get", { success: true }],
    ["get", { success: true, invite: { email: ADA } }],
    ["get", { success: true, invite: { email: ADA, status: "" } }],
    ["get", { success: true, data: [] }],
    ["list", { success: true, invites: {} }],
    ["list", []],
    ["list", "<html></html>"],
    ["revoke", {}],
    ["revoke", { input: ADA }],
    ["revoke", ""],
    ["move", {}],
  ];
  for (const [verb, body] of unusable) {
    it(`a ${verb} answered with ${JSON.stringify(body)} has no usable reply`, async () => {
      const hp = client(await answering({ body }));
      const verbs: Record<string, () => Promise<unknown>> = {
        create: () => hp.createInvite({ email: ADA }),
        get: () => hp.getInvite(ADA),
        list: () => hp.listInvites(),
        revoke: () => hp.revokeInvite(ADA),
        move: () => hp.moveToTeam(TEAM, [ADA]),
      };
      const { reason, mayHaveHappened, status } = await failureOf(verbs[verb]?.() ?? Promise.resolve());
      assert.deepEqual([reason, mayHaveHappened, status], ["unusable-reply", true, 200]);
    });
  }

  it("takes null for a value that is missing, and passes over what it does not know", async () => {
    const row = {
      email: ADA,
      status: "pending",
      modelId: null,
      teamId: null,
      teamName: null,
      createdAt: null,
    };
    const pagination = { hasMore: null, limit: null, total: 1 };
    const body = { invites: [{ ...row, age: 36 }], pagination };
    const { invites } = await client(await answering({ body })).listInvites();
    assert.deepEqual(known(invites), [{ email: ADA, status: "pending" }]);
  });
});
