import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { personOf } from "../../provider/src/invite/people";
import { NO_LIMIT } from "../support/constants";
import { providerAt, Room } from "../support/in-process";

const KEYS = ["hp_live_theFirstKey", "hp_live_theSecondKey"] as const;
const zoe = { email: personOf("zoe@acme.com") };

/** Two providers of one run: the one that people leave, and the one that they are declared in now. */
describe("a person who moves between two providers of one run", () => {
  let here: Emulator;
  let there: Emulator;
  let room: Room;
  beforeEach(async () => {
    here = await startEmulator({ apiKey: KEYS, rateLimit: NO_LIMIT });
    there = await startEmulator({ apiKey: KEYS, rateLimit: NO_LIMIT });
    room = new Room();
  });
  afterEach(() => Promise.all([here.close(), there.close()]));

  const left = () => providerAt({ url: here.url, key: KEYS[0], room });
  const entered = (to: { url: string; key: string }) => providerAt({ ...to, name: "emea", room });

  /** Zoe is invited by an earlier run, and declared in the other provider now. */
  async function moved(to: { url: string; key: string }, flags: { forceDestroy?: boolean } = {}) {
    const { outs } = await providerAt({ url: here.url, key: KEYS[0] }).provider.create(zoe);
    const old = left();
    const now = entered(to);
    await now.provider.check({}, { ...zoe, ...flags });
    return { old, now, outs };
  }

  for (const [which, key] of [
    ["the same key", KEYS[0]],
    ["another key of the same organization", KEYS[1]],
  ] as const)
    it(`stays invited, with one e-mail, if both have ${which}`, async () => {
      const { old, now, outs } = await moved({ url: here.url, key });
      await now.provider.create(zoe);
      await old.provider.delete(zoe.email, outs);
      assert.equal(here.invite(zoe.email)?.status, "pending");
      assert.equal(here.outbox.length, 1);
      assert.match(
        `${old.said}`,
        /zoe@acme\.com stays invited: another provider declares them in the same organization/,
      );
    });

  it("is revoked in the organization that they leave, and e-mailed once by the one that they enter", async () => {
    const { old, now, outs } = await moved({ url: there.url, key: KEYS[1] });
    await now.provider.create(zoe);
    await old.provider.delete(zoe.email, outs);
    assert.equal(here.invite(zoe.email)?.status, "revoked");
    assert.equal(there.invite(zoe.email)?.status, "pending");
    assert.deepEqual([here.outbox.length, there.outbox.length], [1, 1]);
  });

  it("keeps their headshots if the program does not allow them to be deleted, in whichever provider it says so", async () => {
    const { old, outs } = await moved({ url: there.url, key: KEYS[1] }, { forceDestroy: false });
    here.setStatus(zoe.email, "completed");
    await assert.rejects(
      old.provider.delete(zoe.email, { ...outs, forceDestroy: true }),
      /has headshots \(completed\); revoking would delete them for good/,
    );
    assert.equal(here.invite(zoe.email)?.status, "completed");
  });

  it("is left alone if the other provider can no longer be asked", async () => {
    const { old, outs } = await moved({ url: there.url, key: KEYS[1] });
    room.broken = new Error("connect ECONNREFUSED");
    await assert.rejects(
      old.provider.delete(zoe.email, outs),
      /^UserError: zoe@acme\.com was not revoked: another provider of this run can no longer be asked .*Run `pulumi up` again/,
    );
    assert.equal(here.invite(zoe.email)?.status, "pending");
  });

  for (const whose of ["that they leave", "that they enter"])
    it(`stays invited if the list of the provider ${whose} leaves it unclear who is in it`, async () => {
      await here.close();
      // Behind a row that makes no sense, the page that zoe is on is never asked for.
      here = await startEmulator({ apiKey: KEYS, rateLimit: NO_LIMIT, pageSize: 1 });
      const unclear = () => here.fault({ on: "list", kind: "unreadable-rows" });
      const { old, now, outs } = await moved({ url: here.url, key: KEYS[1] });
      if (whose === "that they enter") unclear();
      await now.provider.create(zoe);
      if (whose === "that they leave") unclear();
      await assert.rejects(
        old.provider.delete(zoe.email, outs),
        /^UserError: zoe@acme\.com was not revoked: the program declares them in another provider, too, and .*same invite/,
      );
      assert.equal(here.invite(zoe.email)?.status, "pending");
    });

  it("is an error if both declare them and reach one organization", async () => {
    const one = left();
    const other = entered({ url: here.url, key: KEYS[0] });
    for (const { provider } of [one, other]) await provider.check({}, zoe);
    await one.provider.create(zoe);
    await assert.rejects(
      other.provider.create(zoe),
      /is declared twice, by two providers that reach the same organization/,
    );
    assert.equal(here.outbox.length, 1);
  });
});
