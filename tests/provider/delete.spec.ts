import assert from "node:assert/strict";
import { type LabOptions, throughEachFace, virtualLabForAll } from "../support/lab";
import { failsWith, failureOf } from "../support/operations";

const GUARDED = ["uploading", "generating", "completed", "on-the-moon"];

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

  it("does so with nothing but the id", async () => {
    const { email } = await lab.invited();
    await lab.provider.delete(email);
    assert.equal(lab.isLive(email), false);
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
      const message = await failureOf(lab.provider.delete(email, { ...outs, status: "pending" }));
      const ways =
        "forceDestroy: true .*HEADSHOTPRO_FORCE_DESTROY=true.*retainOnDelete or `pulumi state delete`";
      assert.match(message, new RegExp(`^${email} has headshots \\(${status}\\); .*${ways}`));
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

  it("somebody who goes between the look and the revoke is a success", async () => {
    const { email, outs } = await lab.invitedBefore();
    lab.once("answered", "get", email, () => lab.emulator.revokeByHand(email));
    await lab.provider.delete(email, outs);
    assert.deepEqual(lab.requestsAbout(email), ["get", "revoke"]);
  });

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

describe("delete at an API that keeps what is revoked, or minds the case of letters", () => {
  const lab = virtualLabForAll({ revoked: "kept", codes: "specific", caseSensitive: true });
  // Beforehand: a list that is asked for once confirms for a second that somebody is not there.
  before(() => {
    lab.emulator.inviteByHand({ email: "Zoe@Acme.com" });
    lab.emulator.inviteByHand({ email: "Bob@Acme.com" });
    lab.emulator.setStatus("Bob@Acme.com", "completed");
  });

  it("somebody who is revoked already is a success", async () => {
    const email = lab.invitedByHand();
    lab.emulator.revokeByHand(email);
    await lab.provider.delete(email, { email });
    assert.deepEqual(lab.takeRequests(), ["get"]);
  });

  it("revokes in the API's own spelling", async () => {
    await lab.provider.delete("zoe@acme.com", {});
    assert.equal(lab.isLive("Zoe@Acme.com"), false);
  });

  it("guards somebody whom only the list knows", () =>
    failsWith(lab.provider.delete("bob@acme.com", {}), /has headshots \(completed\)/));
});

/** What the program says, and what the state says; undefined: nothing. Every combination: tests/unit/headshots-guard.spec.ts. */
type Flag = boolean | undefined;
const flagged = (forceDestroy: Flag) => (forceDestroy === undefined ? {} : { forceDestroy });

const DEFAULTS: [name: string, options: LabOptions, byDefault: boolean][] = [
  ["not forced by default", {}, false],
  ["forced by HEADSHOTPRO_FORCE_DESTROY", { env: { HEADSHOTPRO_FORCE_DESTROY: "true" } }, true],
  ["forced by the configuration", { config: { "headshotpro:forceDestroy": "true" } }, true],
];

for (const [name, options, byDefault] of DEFAULTS)
  describe(`headshots are deleted if the program and the state allow it, ${name}`, () => {
    const lab = virtualLabForAll(options);

    /** Somebody with headshots whom the state allows, forbids or says nothing about. */
    function completed(state: Flag) {
      const email = lab.invitedByHand({ status: "completed" });
      return { email, state: { email, status: "completed", adopted: true, renewals: 0, ...flagged(state) } };
    }

    for (const recorded of [true, false, undefined]) {
      const may = recorded ?? byDefault;
      it(`a resource that is gone, ${recorded} in the state: ${may ? "revokes" : "is refused"}`, async () => {
        const { email, state } = completed(recorded);
        const ended = lab.provider.delete(email, state);
        if (may) await ended;
        // The environment is a way out unless the state protects them.
        else assert.equal(/HEADSHOTPRO_FORCE_DESTROY/.test(await failureOf(ended)), recorded === undefined);
        assert.equal(lab.isLive(email), !may);
      });
    }

    for (const [program, recorded, may] of [
      [undefined, undefined, byDefault],
      [true, true, true],
      [false, true, false],
      [true, false, false],
    ] as const)
      it(`another address, ${program} in the program and ${recorded} in the state: ${may ? "may be" : "is refused"}`, async () => {
        const { email, state } = completed(recorded);
        const preview = lab.preview(state, { email: `new-${email}`, ...flagged(program) });
        if (may) assert.deepEqual((await preview).replaces, ["email"]);
        else await failureOf(preview);
      });

    it("a replacement is refused before anybody is known to have headshots: they may come while it waits", async () => {
      const { email, state } = completed(true);
      const old = { ...state, status: "pending" };
      await failsWith(
        lab.preview(old, { email: `new-${email}`, forceDestroy: false }),
        /may no longer lose headshots under this program, but the state still allows it/,
      );
    });
  });
