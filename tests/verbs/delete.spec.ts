import assert from "node:assert/strict";
import { failureOf, labForAll } from "./support";

const GUARDED = ["uploading", "generating", "completed", "on-the-moon"];

describe("delete, through the SDK's process", () => {
  const it_ = labForAll();

  async function created(inputs: object = {}, status = "pending") {
    const email = it_.person();
    const { outs } = await it_.lab.provider.create({ email, ...inputs });
    it_.lab.emulator.setStatus(email, status);
    it_.lab.takeRequests();
    return { email, outs };
  }

  for (const status of ["pending", "accepted"])
    it(`revokes somebody who is ${status}, after a fresh look`, async () => {
      const { email, outs } = await created({}, status);
      await it_.lab.provider.delete(email, outs);
      assert.equal(it_.lab.isLive(email), false);
      assert.deepEqual(it_.lab.takeRequests(), ["get", "revoke"]);
    });

  it("does so with nothing but the id", async () => {
    const { email } = await created();
    await it_.lab.provider.delete(email);
    assert.equal(it_.lab.isLive(email), false);
  });

  for (const status of ["revoked", "deleted"])
    it(`somebody who is ${status} already is a success, without a revoke`, async () => {
      const { email, outs } = await created({}, status);
      await it_.lab.provider.delete(email, outs);
      assert.deepEqual(it_.lab.requestsAbout(email), ["get"]);
    });

  it("somebody who goes between the look and the revoke is a success", async () => {
    const { lab } = it_;
    const { email, outs } = await created();
    lab.emulator.fault({ on: "get", when: "after", kind: { delayMs: 200 }, email });
    const verb = lab.provider.delete(email, outs);
    while (!lab.requestsAbout(email).includes("get")) await new Promise((resolve) => setTimeout(resolve, 5));
    lab.emulator.revokeByHand(email);
    await verb;
    assert.deepEqual(lab.requestsAbout(email).slice(0, 2), ["get", "revoke"]);
  });

  for (const status of GUARDED) {
    it(`leaves somebody who is ${status} alone, whatever the state says`, async () => {
      const { email, outs } = await created({}, status);
      const message = await failureOf(it_.lab.provider.delete(email, { ...outs, status: "pending" }));
      const ways =
        "forceDestroy: true .*HEADSHOTPRO_FORCE_DESTROY=true.*retainOnDelete, or `pulumi state delete`";
      assert.match(message, new RegExp(`^${email} has headshots \\(${status}\\); .*${ways}`));
      assert.deepEqual(it_.lab.takeRequests(), ["get"]);
      assert.equal(it_.lab.emulator.invite(email)?.status, status);
    });

    it(`revokes somebody who is ${status} where the state says forceDestroy`, async () => {
      const { email, outs } = await created({ forceDestroy: true }, status);
      await it_.lab.provider.delete(email, outs);
      assert.equal(it_.lab.isLive(email), false);
    });
  }

  it("looks again before each attempt: whoever uploads in between keeps her photos", async () => {
    const { lab } = it_;
    const { email, outs } = await created();
    lab.emulator.fault({ on: "revoke", when: "before", kind: "reset", email });
    const verb = failureOf(lab.provider.delete(email, outs));
    while (!lab.requestsAbout(email).includes("revoke"))
      await new Promise((resolve) => setTimeout(resolve, 5));
    lab.emulator.setStatus(email, "uploading");
    assert.match(await verb, /has headshots \(uploading\)/);
    assert.deepEqual(lab.requestsAbout(email), ["get", "revoke", "get"]);
    assert.ok(lab.isLive(email));
  });
});

describe("delete that is forced from outside", () => {
  for (const [name, options] of [
    ["HEADSHOTPRO_FORCE_DESTROY", { env: { HEADSHOTPRO_FORCE_DESTROY: "true" } }],
    ["headshotpro:forceDestroy", { config: { "headshotpro:forceDestroy": "true" } }],
  ] as const)
    describe(name, () => {
      const it_ = labForAll(options);
      it("revokes whoever has headshots", async () => {
        const email = it_.person();
        it_.lab.emulator.inviteByHand({ email });
        it_.lab.emulator.setStatus(email, "completed");
        await it_.lab.provider.delete(email, { email });
        assert.equal(it_.lab.isLive(email), false);
      });

      it("but not where forceDestroy: false protects her", async () => {
        const email = it_.person();
        it_.lab.emulator.inviteByHand({ email });
        it_.lab.emulator.setStatus(email, "completed");
        const message = await failureOf(it_.lab.provider.delete(email, { email, forceDestroy: false }));
        assert.doesNotMatch(message, /HEADSHOTPRO_FORCE_DESTROY/, "a way that does not lead out");
        assert.ok(it_.lab.isLive(email));
      });
    });
});

describe("delete at an API that keeps what is revoked, or minds the case of letters", () => {
  const it_ = labForAll({ revoked: "kept", codes: "specific", caseSensitive: true });
  // Beforehand: a list that is asked for once confirms for a second that somebody is not there.
  before(() => {
    it_.lab.emulator.inviteByHand({ email: "Zoe@Acme.com" });
    it_.lab.emulator.inviteByHand({ email: "Bob@Acme.com" });
    it_.lab.emulator.setStatus("Bob@Acme.com", "completed");
  });

  it("somebody who is revoked already is a success", async () => {
    const email = it_.person();
    it_.lab.emulator.inviteByHand({ email });
    it_.lab.emulator.revokeByHand(email);
    await it_.lab.provider.delete(email, { email });
    assert.deepEqual(it_.lab.takeRequests(), ["get"]);
  });

  it("revokes in the API's own spelling", async () => {
    await it_.lab.provider.delete("zoe@acme.com", {});
    assert.equal(it_.lab.isLive("Zoe@Acme.com"), false);
  });

  it("guards somebody whom only the list knows", async () => {
    assert.match(await failureOf(it_.lab.provider.delete("bob@acme.com", {})), /has headshots \(completed\)/);
  });
});
