import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { failsWith, failureOf } from "../support/operations";

const GUARDED = ["completed", "on-the-moon"];

throughEachFace("delete", (labForAll) => {
  const lab = labForAll();

  async function created(inputs: object = {}, status = "pending") {
    const { email, outs } = await lab.invited({ ...inputs });
    lab.emulator.setStatus(email, status);
    lab.takeRequests();
    return { email, outs };
  }

  for (const status of ["pending", "accepted"])
    it(`revokes somebody who is ${status}, after a fresh look`, async () => {
      const { email, outs } = await created({}, status);
      await lab.provider.delete(email, outs);
      assert.equal(lab.isLive(email), false);
      assert.deepEqual(lab.takeRequests(), ["get", "revoke"]);
    });

  for (const status of ["revoked", "deleted"])
    it(`somebody who is ${status} already is a success, without a revoke`, async () => {
      const { email, outs } = await created({}, status);
      await lab.provider.delete(email, outs);
      assert.deepEqual(lab.requestsAbout(email), ["get"]);
    });

  for (const status of GUARDED) {
    it(`leaves somebody who is ${status} alone, whatever the state says`, async () => {
      const { email, outs } = await created({}, status);
      const refusal = /has headshots \(.*forceDestroy: true .*retainOnDelete or `pulumi state delete`/;
      await failsWith(lab.provider.delete(email, { ...outs, status: "pending" }), refusal);
      assert.deepEqual(lab.takeRequests(), ["get"]);
      assert.equal(lab.emulator.invite(email)?.status, status);
    });

    it(`revokes somebody who is ${status} if the state says forceDestroy`, async () => {
      const { email, outs } = await created({ forceDestroy: true }, status);
      await lab.provider.delete(email, outs);
      assert.equal(lab.isLive(email), false);
    });
  }
});

describe("delete while others act, in this process", () => {
  const lab = virtualLabForAll();

  it("looks again before each attempt: whoever uploads in between keeps their photos", async () => {
    const { email, outs } = await lab.invitedBefore();
    lab.emulator.fault({ on: "revoke", when: "before", kind: "reset", email });
    lab.once("answered", "revoke", email, () => lab.emulator.setStatus(email, "uploading"));
    await failsWith(lab.provider.delete(email, outs), /has headshots \(uploading\)/);
    assert.deepEqual(lab.requestsAbout(email), ["get", "revoke", "get"]);
    assert.ok(lab.isLive(email));
  });

  it("looks again when the look has grown old, because of a rate limit: photos that came meanwhile stay", async () => {
    const { email, outs } = await lab.invitedBefore();
    const other = lab.person();
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
    assert.deepEqual(lab.requestsAbout(email), ["get", "get", "get"], "no revoke after an old look");
    await invited;
  });
});

describe("delete at an API that keeps what is revoked", () => {
  const lab = virtualLabForAll({ revoked: "kept" });

  it("of somebody who is revoked already is a success", async () => {
    const email = lab.invitedByHand();
    lab.emulator.revokeByHand(email);
    await lab.provider.delete(email, { email });
    assert.deepEqual(lab.takeRequests(), ["get"]);
  });

  it("of somebody with headshots names the environment as a way out, which the state does not forbid", async () => {
    const email = lab.invitedByHand({ status: "completed" });
    await failsWith(lab.provider.delete(email, { email }), /HEADSHOTPRO_FORCE_DESTROY/);
  });
});

/** Every combination of what the program, the state and the configuration say: tests/unit/headshots-guard.spec.ts. */
describe("headshots are deleted if the program and the state allow it, by default too", () => {
  const lab = virtualLabForAll({ env: { HEADSHOTPRO_FORCE_DESTROY: "true" } });

  /** Somebody with headshots, as the state has them. */
  function completed(inputs: { forceDestroy?: boolean } = {}) {
    const email = lab.invitedByHand({ status: "completed" });
    return { email, state: { email, status: "completed", adopted: true, renewals: 0, ...inputs } };
  }

  it("a resource that is gone is revoked, unless the state forbids it", async () => {
    const { email, state } = completed();
    await lab.provider.delete(email, state);
    assert.equal(lab.isLive(email), false);
    const other = completed({ forceDestroy: false });
    assert.doesNotMatch(await failureOf(lab.provider.delete(other.email, other.state)), /FORCE_DESTROY/);
    assert.ok(lab.isLive(other.email));
  });

  it("another address may be declared, unless the program forbids it", async () => {
    const { email, state } = completed();
    const news = { email: `new-${email}` };
    assert.deepEqual((await lab.preview(state, news)).replaces, ["email"]);
    await failureOf(lab.preview(state, { ...news, forceDestroy: false }));
  });

  it("a replacement is refused before anybody is known to have headshots: they may come while it waits", async () => {
    const { email, state } = completed({ forceDestroy: true });
    const old = { ...state, status: "pending" };
    await failsWith(
      lab.preview(old, { email: `new-${email}`, forceDestroy: false }),
      /may no longer lose headshots under this program, but the state still allows it/,
    );
  });
});
