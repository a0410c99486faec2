import assert from "node:assert/strict";
import type { StoredInvite } from "headshotpro-emulator";
import { virtualLabForAll } from "../support/lab";
import { failsWith } from "../support/operations";

const EARLIER = "2026-01-15T10:30:00.000Z";
const LATER = "2026-11-15T10:30:00.000Z";

/** An address with an entry that has headshots and one without. GET tells one of them, and a revoke ends that one. */
for (const getAnswers of ["newest", "oldest"] as const)
  for (const withHeadshots of ["newest", "oldest"] as const)
    for (const status of ["completed", "on-the-moon"]) {
      const getTells = getAnswers === withHeadshots ? status : "pending";

      describe(`two entries, the ${withHeadshots} ${status}, of which GET tells the ${getAnswers}`, () => {
        const lab = virtualLabForAll({ getAnswers });

        function twice(): string {
          const email = lab.person();
          const [earlier, later] = withHeadshots === "oldest" ? [status, "pending"] : ["pending", status];
          lab.emulator.addEntry({ email, status: earlier, createdAt: EARLIER });
          lab.emulator.addEntry({ email, status: later, createdAt: LATER });
          return email;
        }
        const others = (count: number) =>
          Array.from({ length: count }, () => lab.emulator.inviteByHand({ email: lab.person() }));
        const isKept = (email: string) =>
          lab.emulator.invites().some((one) => one.email === email && one.status === status);

        for (const atOnce of [1, 3, 10, 11, 30])
          it(`${atOnce} deletes at once: what has headshots stays, and the others are revoked`, async () => {
            const rest: StoredInvite[] = others(atOnce - 1);
            const email = twice();
            const revoked = rest.map((one) => lab.provider.delete(one.email, { email: one.email }));
            const verb = lab.provider.delete(email, { email });
            // One GET alone cannot tell of the other entry; but then it is not that one which a revoke ends.
            if (getTells === "pending" && atOnce <= 10) await verb;
            else await failsWith(verb, new RegExp(`^${email} has headshots \\(${status}\\)`));
            await Promise.all(revoked);
            assert.ok(isKept(email));
            for (const one of rest) assert.equal(lab.isLive(one.email), false);
          });
      });
    }

/** So many at a time, as the engine calls. */
async function inWaves(emails: string[], width: number, act: (email: string) => Promise<unknown>) {
  const queue = emails.values();
  const work = async () => {
    for (const email of queue) await act(email);
  };
  await Promise.all(Array.from({ length: width }, work));
}

describe("a hundred people", () => {
  const lab = virtualLabForAll();
  const hundred = () => Array.from({ length: 100 }, () => lab.invitedByHand());

  it("are refreshed with one list, eight at a time", async () => {
    const createdAt = new Date(lab.clock.now()).toISOString();
    await inWaves(hundred(), 8, async (email) => {
      const found = await lab.provider.read(email, { email, createdAt });
      assert.equal(found?.props.status, "pending");
    });
    const verbs = lab.takeRequests();
    assert.ok(verbs.length <= 3, `${verbs}`);
  });

  for (const { width, others } of [
    { width: 16, others: 3 },
    // Ten or fewer at once look for themselves; thirty in a row show that there are many. One at a time while the
    // engine writes checkpoints.
    { width: 10, others: 32 },
    { width: 1, others: 32 },
  ])
    it(`are destroyed with a hundred revokes and at most ${others} other requests, ${width} at a time`, async () => {
      const emails = hundred();
      await inWaves(emails, width, (email) => lab.provider.delete(email, { email }));
      const verbs = lab.takeRequests();
      assert.equal(verbs.filter((one) => one === "revoke").length, 100);
      assert.ok(verbs.length <= 100 + others, `${verbs.length}`);
      for (const email of emails) assert.equal(lab.isLive(email), false);
    });
});

describe("an invite that is sent again by what the list tells", () => {
  const lab = virtualLabForAll();

  it("leaves alone whoever has headshots in another entry: a revoke by address might delete them", async () => {
    const email = lab.person();
    lab.emulator.addEntry({ email, status: "completed", createdAt: "2025-11-15T10:30:00.000Z" });
    lab.emulator.addEntry({ email, status: "pending", createdAt: EARLIER });
    const known = { email, status: "pending", adopted: true, renewals: 0, createdAt: EARLIER };
    const state = { ...known, expiresAt: "2026-02-14T10:30:00.000Z" };
    const found = await lab.provider.update(email, state, { email });
    assert.deepEqual(lab.takeRequests(), ["list", "get"]);
    assert.deepEqual([found.status, lab.emailsTo(email)], ["completed", 0]);
  });
});
