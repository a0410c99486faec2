import assert from "node:assert/strict";
import { startEmulator } from "headshotpro-emulator";
import { virtualLabForAll } from "../support/lab";
import { carryOut, requestsAt } from "../support/limited-work";
import { OneRun, VirtualClock } from "../support/virtual-clock";

const WINDOW_SECONDS = 60;

/** Revokes, refreshes, other clients and other limits: `npm run bench` (bench/limits.ts). */
describe(`pacing by the API's headers, 100 requests in ${WINDOW_SECONDS} s`, () => {
  async function outcome() {
    const clock = new VirtualClock();
    const run = new OneRun(clock);
    const emulator = await startEmulator({
      rateLimit: { limit: 100, windowSeconds: WINDOW_SECONDS },
      now: () => clock.now(),
      onRequest: (record) => run.dealtWith(record),
    });
    try {
      const began = clock.now();
      const failed = await carryOut("create", emulator, about("person", 250), run);
      return { failed, seconds: (clock.now() - began) / 1000, ...requestsAt(emulator) };
    } finally {
      await emulator.close();
    }
  }

  it("250 invites: all of them, hardly a refusal, and no longer a wait than the windows last", async () => {
    const { failed, refused, seconds } = await outcome();
    assert.equal(failed, 0);
    assert.ok(refused <= 2, `${refused} refused`);
    assert.ok(seconds <= 2 * WINDOW_SECONDS + 1, `${seconds} s`);
  });
});

const about = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${name}${i}@acme.com`);

describe("a long wait", () => {
  const limit = (seconds: number) => ({ status: 429, code: "RATE_LIMIT_EXCEEDED", retryAfter: seconds });
  const lab = virtualLabForAll({ rateLimit: false });

  it("is said once, with how long and for how many, and not once for each", async () => {
    lab.emulator.fault({ on: "create", kind: limit(41), times: 20 });
    await Promise.all(about("said", 20).map((email) => lab.provider.create({ email })));
    lab.assertSaid(/^HeadshotPro's rate limit is reached: 20 invites wait 4[12] s$/);
    assert.equal(lab.emulator.outbox.length, 20);
  });
});
