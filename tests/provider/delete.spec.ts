import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { failureOf } from "../support/operations";

const GUARDED = ["uploading", "generating", "completed", "on-the-moon"];

throughEachFace("delete", (labForAll) => {
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

  for (const status of GUARDED) {
    it(`leaves somebody who is ${status} alone, whatever the state says`, async () => {
      const { email, outs } = await created({}, status);
      const message = await failureOf(it_.lab.provider.delete(email, { ...outs, status: "pending" }));
      const ways =
        "forceDestroy: true .*HEADSHOTPRO_FORCE_DESTROY=true.*retainOnDelete or `pulumi state delete`";
      assert.match(message, new RegExp(`^${email} has headshots \\(${status}\\); .*${ways}`));
      assert.deepEqual(it_.lab.takeRequests(), ["get"]);
      assert.equal(it_.lab.emulator.invite(email)?.status, status);
    });

    it(`revokes somebody who is ${status} if the state says forceDestroy`, async () => {
      const { email, outs } = await created({ forceDestroy: true }, status);
      await it_.lab.provider.delete(email, outs);
      assert.equal(it_.lab.isLive(email), false);
    });
  }
});

describe("delete while others act, in this process", () => {
  const it_ = virtualLabForAll();

  async function created() {
    const email = it_.person();
    const { outs } = await it_.lab.provider.create({ email });
    it_.lab.takeRequests();
    // As the next command would: nothing else has just been looked up.
    it_.lab.nextRun();
    return { email, outs };
  }

  it("somebody who goes between the look and the revoke is a success", async () => {
    const { lab } = it_;
    const { email, outs } = await created();
    lab.once("answered", "get", email, () => lab.emulator.revokeByHand(email));
    await lab.provider.delete(email, outs);
    assert.deepEqual(lab.requestsAbout(email), ["get", "revoke"]);
  });

  it("looks again before each attempt: whoever uploads in between keeps their photos", async () => {
    const { lab } = it_;
    const { email, outs } = await created();
    lab.emulator.fault({ on: "revoke", when: "before", kind: "reset", email });
    lab.once("answered", "revoke", email, () => lab.emulator.setStatus(email, "uploading"));
    assert.match(await failureOf(lab.provider.delete(email, outs)), /has headshots \(uploading\)/);
    assert.deepEqual(lab.requestsAbout(email), ["get", "revoke", "get"]);
    assert.ok(lab.isLive(email));
  });

  it("looks again when the look has grown old, because of a rate limit: photos that came meanwhile stay", async () => {
    const { lab } = it_;
    const { email, outs } = await created();
    const other = it_.person();
    // The first request of a run goes alone.
    await lab.provider.read(email, outs);
    lab.emulator.fault({ on: "create", kind: { status: 429, retryAfter: 60 }, email: other });
    // Somebody else is refused while the look is under way, and all wait for a minute with what they have.
    let invited: Promise<unknown> | undefined;
    lab.once("asked", "get", email, async () => {
      const refused = new Promise<void>((resolve) => lab.once("answered", "create", other, resolve));
      invited = lab.provider.create({ email: other });
      await refused;
    });
    lab.once("answered", "get", email, () => lab.emulator.setStatus(email, "accepted"));
    const refused = failureOf(lab.provider.delete(email, outs));
    lab.clock.after(30_000, () => lab.emulator.setStatus(email, "uploading"));
    assert.match(await refused, /has headshots \(uploading\)/);
    assert.deepEqual(
      lab.requestsAbout(email),
      ["get", "get", "get"],
      "no revoke after a look of a minute ago",
    );
    await invited;
  });
});

describe("delete at an API that keeps what is revoked, or minds the case of letters", () => {
  const it_ = virtualLabForAll({ revoked: "kept", codes: "specific", caseSensitive: true });
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
