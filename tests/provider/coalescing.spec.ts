import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";

const about = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${name}${i}@acme.com`);

/** So many at a time, as the engine calls. */
async function inWaves(emails: string[], width: number, verb: (email: string) => Promise<unknown>) {
  const queue = emails.values();
  const work = async () => {
    for (const email of queue) await verb(email);
  };
  await Promise.all(Array.from({ length: width }, work));
}

describe("look-ups of many people", () => {
  const lab = virtualLabForAll({ credits: 1000 });

  // Beforehand: whoever is not in a list that is still fresh is asked for by GET.
  before(() => {
    for (const email of about("refreshed", 100)) lab.emulator.inviteByHand({ email, teamId: "team_xyz789" });
  });
  it("a refresh of 100, eight at a time, is one list", async () => {
    const emails = about("refreshed", 100);
    const createdAt = new Date(lab.clock.now()).toISOString();
    await inWaves(emails, 8, async (email) => {
      const found = await lab.provider.read(email, { email, teamId: "team_xyz789", createdAt });
      assert.equal(found?.props.status, "pending");
    });
    const verbs = lab.takeRequests();
    assert.ok(verbs.length <= 3, `${verbs}`);
  });
});

describe("a destroy of 100", () => {
  for (const { width, others } of [
    { width: 16, others: 3 },
    // Ten or fewer at once look for themselves; thirty in a row show that there are many.
    { width: 10, others: 32 },
    // So it is while the engine writes checkpoints.
    { width: 1, others: 32 },
  ]) {
    const lab = virtualLabForAll({ credits: 100 });

    it(`${width} at a time, is 100 revokes and at most ${others} other requests`, async () => {
      const emails = about("destroyed", 100);
      for (const email of emails) lab.emulator.inviteByHand({ email });
      await inWaves(emails, width, (email) => lab.provider.delete(email, { email }));
      const verbs = lab.takeRequests();
      assert.equal(verbs.filter((one) => one === "revoke").length, 100);
      assert.ok(verbs.length <= 100 + others, `${verbs.length}`);
      for (const email of emails) assert.equal(lab.isLive(email), false);
    });
  }
});
