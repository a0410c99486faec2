import assert from "node:assert/strict";
import type { Verb } from "../../provider/src/api/request-scheduler";
import { longestMs, retryDelay } from "../../provider/src/api/retry";
import { type FailureReason, HeadshotProError } from "../../provider/src/client/headshotpro-error";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const failure = (reason: FailureReason, retryAfterMs?: number) =>
  new HeadshotProError({
    ...{ reason, method: "GET", path: "/x", text: "no" },
    ...(retryAfterMs !== undefined && { retryAt: new Date(NOW.getTime() + retryAfterMs) }),
  });

/** All waits of one request that fails in the same way each time. */
function waits(error: HeadshotProError, verb: Verb, random: number): number[] {
  const delays: number[] = [];
  for (;;) {
    const delay = retryDelay(error, verb, delays.length + 1, NOW, random);
    if (delay === undefined) return delays;
    delays.push(delay);
  }
}
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

describe("retrying hides a failure for no longer than it says", () => {
  const TIMEOUT = 30_000;

  for (const reason of ["server", "no-reply", "unusable-reply", "unreachable"] as const)
    it(`${reason}: at most 161.25 s, five time-outs of 30 s included`, () => {
      const delays = waits(failure(reason), "read", 1);
      assert.equal(sum(delays) + (delays.length + 1) * TIMEOUT, longestMs(TIMEOUT));
      assert.equal(longestMs(TIMEOUT), 161_250);
    });

  it("back-offs grow, and are spread by chance around 0.5, 1, 2 and 4 s", () => {
    assert.deepEqual(waits(failure("server"), "read", 0), [250, 500, 1000, 2000]);
    assert.deepEqual(waits(failure("server"), "read", 0.5), [500, 1000, 2000, 4000]);
    assert.deepEqual(waits(failure("server"), "revoke", 1), [750, 1500, 3000, 6000]);
  });

  for (const [name, error] of [
    ["does not say how long", failure("rate-limit")],
    ["says that it is over", failure("rate-limit", -60_000)],
    ["says zero seconds", failure("rate-limit", 0)],
  ] as const)
    it(`a rate limit that ${name}: soon first, more than a window in all, at most 70 s`, () => {
      assert.deepEqual(waits(error, "create", 0), [1000, 4000, 16_000, 45_000]);
      assert.ok(sum(waits(error, "create", 0)) > 60_000);
      assert.equal(sum(waits(error, "create", 1)), 70_000);
    });

  it("a rate limit that says how long: four times 121 s at most, and never before its end", () => {
    assert.deepEqual(waits(failure("rate-limit", 41_000), "create", 0), Array(4).fill(41_000));
    assert.equal(sum(waits(failure("rate-limit", 120_000), "create", 1)), 4 * 121_000);
    assert.deepEqual(waits(failure("rate-limit", 120_001), "create", 0), []);
  });

  for (const reason of ["server", "no-reply", "unusable-reply"] as const)
    it(`a create is never repeated blindly: ${reason}`, () =>
      assert.deepEqual(waits(failure(reason), "create", 0), []));

  for (const reason of [
    "invite-limit",
    "insufficient-credits",
    "unauthorized",
    "forbidden",
    "rejected",
  ] as const)
    it(`never: ${reason}`, () => {
      for (const verb of ["create", "read", "revoke"] as const)
        assert.deepEqual(waits(failure(reason, 1000), verb, 0), []);
    });
});
