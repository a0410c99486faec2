import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { personOf } from "../../provider/src/invite/people";
import { PartialUpdateError } from "../../provider/src/user-error";
import { NO_LIMIT } from "../support/constants";
import { providerAt } from "../support/in-process";

const KEY = "hp_live_5ecretKey0fTheTests";
const ada = { email: personOf("ada@acme.com"), teamId: "team_abc123" };
const HOUR_MS = 3_600_000;

describe("an invite that is taken away and sent again", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ apiKey: KEY, rateLimit: NO_LIMIT });
  });
  afterEach(() => emulator.close());

  const run = () => providerAt({ url: emulator.url, key: KEY });
  const emails = () => emulator.outbox.length;

  /** Ada was invited an hour ago. */
  async function invited() {
    emulator.clock.advance({ hours: -1 });
    const { outs } = await run().provider.create(ada);
    emulator.clock.reset();
    return outs;
  }

  it("is recorded as revoked if the new one fails, and the next run sends exactly one", async () => {
    const before = await invited();
    emulator.fault({ on: "create", kind: { status: 402, code: "INSUFFICIENT_CREDITS" } });
    const moved = { ...ada, teamId: "team_xyz789" };
    const failure: unknown = await run()
      .provider.update(ada.email, before, moved)
      .catch((error) => error);
    assert.ok(failure instanceof PartialUpdateError, `${failure}`);
    assert.match(
      failure.message,
      /^the invite of ada@acme\.com was revoked, but no new one was sent: .*no credits/,
    );
    const { status, teamId, link, createdAt } = failure.properties;
    assert.deepEqual(
      { status, teamId, link, createdAt },
      { status: "revoked", teamId: ada.teamId, link: undefined, createdAt: undefined },
    );
    assert.equal(emails(), 1);
    const { outs } = await run().provider.update(ada.email, failure.properties, moved);
    assert.deepEqual([outs.status, outs.teamId, emails()], ["pending", "team_xyz789", 2]);
  });

  it("is sent once more by a raised resend, and recorded", async () => {
    const before = await invited();
    const { outs } = await run().provider.update(ada.email, before, { ...ada, resend: 1 });
    assert.deepEqual([outs.status, outs.resend, emails()], ["pending", 1, 2]);
    assert.notEqual(outs.link, before.link);
  });

  for (const status of ["accepted", "completed", "Archived"])
    it(`is not, for somebody who is ${status} by now`, async () => {
      const before = await invited();
      emulator.setStatus(ada.email, status);
      const { outs } = await run().provider.update(ada.email, before, { ...ada, resend: 1 });
      assert.deepEqual([outs.status, outs.resend, emails()], [status, 1, 1]);
    });

  it("is not sent twice if an earlier run did it and could not record it", async () => {
    const before = await invited();
    await run().provider.update(ada.email, before, { ...ada, resend: 1 });
    const { outs } = await run().provider.update(ada.email, before, { ...ada, resend: 1 });
    assert.deepEqual([outs.status, outs.resend, emails()], ["pending", 1, 2]);
    assert.ok(Date.parse(`${outs.createdAt}`) - Date.parse(`${before.createdAt}`) > HOUR_MS / 2);
  });

  it("is not refused because of headshots that an earlier run has deleted already", async () => {
    const before = { ...(await invited()), status: "completed" };
    emulator.revokeByHand(ada.email);
    const { provider } = run();
    const moved = { ...ada, teamId: "team_xyz789" };
    await provider.check({ ...ada }, moved);
    await provider.diff(ada.email, before, moved);
    const { outs } = await provider.update(ada.email, before, moved);
    assert.deepEqual([outs.teamId, emails()], ["team_xyz789", 2]);
  });
});

describe("an invite with adopt: false whose reply was lost", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ apiKey: KEY, rateLimit: NO_LIMIT });
  });
  afterEach(() => emulator.close());

  const create = () => providerAt({ url: emulator.url, key: KEY }).provider.create({ ...ada, adopt: false });

  it("is not taken for one that somebody made clearly earlier", async () => {
    emulator.clock.advance({ minutes: -5 });
    emulator.inviteByHand({ email: ada.email });
    emulator.clock.reset();
    emulator.fault({ on: "create", when: "before", kind: { status: 503 } });
    await assert.rejects(
      create(),
      /is already invited \(pending\), and adopt: false does not allow this stack to adopt them/,
    );
    assert.equal(emulator.outbox.length, 1);
  });

  it("is found if it is of this moment", async () => {
    emulator.fault({ on: "create", when: "after", kind: { status: 503 } });
    const { outs } = await create();
    assert.deepEqual([outs.status, emulator.outbox.length], ["pending", 1]);
  });
});
