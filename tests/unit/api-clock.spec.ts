import assert from "node:assert/strict";
import fc from "fast-check";
import { ApiClock } from "../../provider/src/api/api-clock";

const whole = (time: number) => Math.floor(time / 1000) * 1000;

/** A clock that has learnt from replies at these times, on an API that is so far ahead. */
function taught(ahead: number, sentAt: readonly number[], roundTrip = 20): ApiClock {
  const clock = new ApiClock();
  for (const at of sentAt)
    clock.learn({ sentAt: at, answeredAt: at + roundTrip, date: whole(at + roundTrip / 2 + ahead) });
  return clock;
}

describe("ApiClock", () => {
  it("takes the clocks as equal if no reply has a date", () => {
    const clock = new ApiClock();
    clock.learn({ sentAt: 5, answeredAt: 6 });
    assert.deepEqual([clock.surely(60_000), clock.uncertainty], [60_002, 0]);
  });

  it("one reply leaves a second, and two around the full second leave their distance", () => {
    assert.equal(taught(0, [10_000]).uncertainty, 1020);
    const clock = taught(0, [9_960, 10_000]);
    assert.equal(clock.uncertainty, 60);
    assert.equal(clock.surely(20_000), 20_000 + 20 + 2);
  });

  it("starts anew when a clock was set", () => {
    const clock = taught(0, [9_960, 10_000]);
    clock.learn({ sentAt: 20_000, answeredAt: 20_020, date: 3_000 });
    assert.equal(clock.uncertainty, 1020);
    assert.equal(clock.surely(4_000), 21_020 + 2);
  });

  it("is never early, however far apart the clocks are, and never later than it says", () => {
    const time = fc.integer({ min: 0, max: 60_000 });
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.array(time, { minLength: 1 }), (ahead, sentAt) => {
        const clock = taught(ahead, sentAt);
        const late = clock.surely(100_000) - (100_000 - ahead);
        assert.ok(late >= 0 && late <= clock.uncertainty + 2, `${late} of ${clock.uncertainty}`);
      }),
    );
  });
});
