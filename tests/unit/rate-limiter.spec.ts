import assert from "node:assert/strict";
import { type Purpose, RateLimiter, RequestScheduler } from "../../provider/src/api/rate-limiter";
import type { RequestHooks, ResponseInfo } from "../../provider/src/client/types";
import { settled, VirtualClock } from "../support/virtual-clock";

/** A limiter and the time that passes; both clocks are the same, to the millisecond. */
class Trial {
  now = 1_000_000;
  readonly limiter = new RateLimiter();

  /** Sends as many as may go, at most so many. @returns their numbers */
  send(most: number): number[] {
    const numbers: number[] = [];
    while (numbers.length < most && this.limiter.mayGo(this.now)) numbers.push(this.limiter.sent(this.now));
    return numbers;
  }

  answer(number: number | undefined, news: Partial<ResponseInfo> = {}): void {
    assert.ok(number);
    this.limiter.ended(number, this.now, { sentAt: this.now, answeredAt: this.now, refused: false, ...news });
  }

  /** The one that goes alone comes back with this. */
  open(news: Partial<ResponseInfo> = {}): void {
    const [number, ...more] = this.send(9);
    assert.deepEqual(more, []);
    this.answer(number, news);
  }
}

describe("RateLimiter", () => {
  let trial: Trial;
  beforeEach(() => {
    trial = new Trial();
  });
  const told = (remaining: number, inMs = 60_000) => ({ remaining, resetAt: trial.now + inMs });

  it("the first goes alone, and its answer opens the way to 32 at once", () => {
    assert.equal(trial.send(100).length, 1);
    trial.answer(1);
    const numbers = trial.send(100);
    assert.equal(numbers.length, 32);
    assert.equal(trial.limiter.opensAt(trial.now), undefined, "only an answer makes room");
    trial.answer(numbers[0]);
    assert.equal(trial.send(100).length, 1);
  });

  it("does not wait for the answer to the first for longer than two seconds", () => {
    trial.send(1);
    assert.equal(trial.limiter.opensAt(trial.now), trial.now + 2000);
    trial.now += 2000;
    assert.equal(trial.send(5).length, 5);
  });

  it("sends a quarter of what is left of a window at once, those in flight included, and then waits for its end", () => {
    trial.open(told(5));
    const sizes: number[] = [];
    for (let left = 5; left > 0; ) {
      const numbers = trial.send(9);
      sizes.push(numbers.length);
      for (const number of numbers) trial.answer(number, told(--left));
    }
    assert.deepEqual(sizes, [2, 1, 1, 1]);
    assert.equal(trial.send(9).length, 0);
    assert.equal(trial.limiter.opensAt(trial.now), trial.now + 60_002);
    trial.now += 60_002;
    assert.equal(trial.send(9).length, 1, "one goes alone");
    trial.answer(7, told(4));
    assert.equal(trial.send(9).length, 1);
  });

  it("one that comes back without an answer stops nobody but itself", () => {
    trial.open();
    const [number] = trial.send(2);
    trial.limiter.ended(number ?? 0, trial.now);
    assert.equal(trial.send(99).length, 31);
  });

  it("a reply that tells of a limit ends what was assumed", () => {
    trial.open(told(100));
    for (let sent = 1; sent < 400; sent++) trial.answer(trial.send(1)[0]);
    assert.equal(trial.send(99).length, 25, "a quarter");
  });

  it("a request without any answer is in flight no more, and opens nothing", () => {
    const [number] = trial.send(1);
    trial.limiter.ended(number ?? 0, trial.now);
    assert.equal(trial.send(9).length, 1);
  });

  it("takes over another limit in the middle of a window, from the later request", () => {
    trial.open(told(10));
    const [early, late] = trial.send(2);
    trial.answer(late, told(1000, 3000));
    trial.answer(early, told(8));
    assert.equal(trial.send(99).length, 32);
    assert.equal(trial.limiter.opensAt(trial.now), undefined);
  });

  it("a refusal counts, whatever its header says is left", () => {
    trial.open(told(300));
    const [number] = trial.send(1);
    trial.answer(number, { ...told(300), refused: true });
    trial.now += 1;
    assert.equal(trial.send(9).length, 0);
  });

  for (const [name, news] of [
    ["nothing", () => ({})],
    ["only how many are left", () => ({ remaining: 0 })],
    ["a window that is over", () => told(0, -60_000)],
    ["a window of an hour", () => told(0, 3_600_000)],
  ] as const)
    it(`headers that tell ${name} stop nobody`, () => {
      trial.open(news());
      assert.equal(trial.send(99).length, 32);
    });

  it("replies that tell of no limit leave the one that the vendor documents: 300 a minute", () => {
    const from = trial.now;
    trial.open();
    for (let sent = 1; sent < 300; sent++) trial.answer(trial.send(1)[0]);
    assert.equal(trial.send(9).length, 0);
    assert.equal(trial.limiter.opensAt(trial.now), from + 60_500);
    trial.now = from + 60_500;
    assert.equal(trial.send(9).length, 1, "one goes alone");
  });

  it("the end of a window by the API's clock, an hour ahead, is never waited for too shortly, and as exactly as the best of its replies tells it", () => {
    const HOUR = 3_600_000;
    const date = () => HOUR + Math.floor(trial.now / 1000) * 1000;
    const endsAt = trial.now + 60_000;
    const reset = HOUR + endsAt;
    trial.now += 990;
    trial.open({ remaining: 3, resetAt: reset, date: date() });
    assert.equal(trial.limiter.opensAt(trial.now), undefined);
    const [late] = trial.send(1);
    trial.now += 20;
    trial.answer(late, { remaining: 1, resetAt: reset, date: date() });
    const [later] = trial.send(1);
    trial.now += 900;
    trial.answer(later, { remaining: 2, resetAt: reset + 1, date: date() });
    assert.equal(trial.send(2).length, 1, "no more than the least that was told");
    assert.equal(trial.limiter.opensAt(trial.now), endsAt + 12);
  });

  it("a refusal closes for the pause that it is given, and then one goes alone", () => {
    trial.open();
    const [number] = trial.send(3);
    trial.answer(number, { refused: true });
    assert.equal(trial.send(9).length, 0, "at once");
    trial.limiter.close(trial.now + 4000);
    assert.equal(trial.send(9).length, 0);
    assert.equal(trial.limiter.opensAt(trial.now), trial.now + 4000);
    trial.now += 4000;
    assert.equal(trial.send(9).length, 1);
  });
});

describe("RequestScheduler", () => {
  const said: string[] = [];
  /** Who passed, in that order, and how each ends. */
  let passed: { turn: number; hooks: Required<RequestHooks> }[] = [];
  let clock: VirtualClock;
  let scheduler: RequestScheduler;
  beforeEach(() => {
    clock = new VirtualClock();
    said.length = 0;
    passed = [];
    scheduler = new RequestScheduler((line) => said.push(line), clock);
  });

  const come = (purpose: Purpose, ...turns: number[]) => {
    // A place is taken with the hooks, and waited for in whichever order.
    const hooks = new Map(turns.toSorted((a, b) => a - b).map((turn) => [turn, scheduler.hooks(purpose)]));
    for (const turn of turns) {
      const its = hooks.get(turn) ?? scheduler.hooks(purpose);
      void Promise.resolve(its.beforeRequest()).then(() => passed.push({ turn, hooks: its }));
    }
  };
  const elapse = (ms: number) => {
    clock.advance(ms);
    return settled();
  };
  const answer = (index: number, news: Partial<ResponseInfo> = {}) => {
    const now = clock.now();
    passed[index]?.hooks.afterResponse({ sentAt: now, answeredAt: now, refused: false, ...news });
    return settled();
  };
  const turns = () => passed.map(({ turn }) => turn);
  const told = (remaining: number, seconds: number) => ({ remaining, resetAt: clock.now() + seconds * 1000 });
  /** The first of all goes alone. */
  async function opened(news: Partial<ResponseInfo> = {}): Promise<void> {
    come("read", 0);
    await settled();
    await answer(0, news);
    passed = [];
  }

  it("what is half done goes before look-ups, and those before new invites", async () => {
    await opened();
    scheduler.close(1000);
    come("create", 2, 3);
    come("read", 9, 8);
    come("revoke", 10);
    await elapse(1000);
    await answer(0);
    assert.deepEqual(turns(), [10, 8, 9, 2, 3]);
  });

  it("waits for the reset that the headers tell, and says it once, with all who wait", async () => {
    await opened(told(8, 41));
    come("create", 2, 3, 4);
    await settled();
    assert.deepEqual(turns(), [2, 3], "a quarter of what is left");
    await answer(0, told(1, 41));
    await answer(1, told(0, 41));
    come("create", 5);
    come("read", 6);
    await elapse(300);
    assert.deepEqual(said, ["HeadshotPro's rate limit is reached: 2 invites and 1 look-up wait 41 s"]);
    await elapse(40_000);
    assert.equal(passed.length, 2);
    await elapse(1000);
    assert.deepEqual(turns(), [2, 3, 6]);
    await answer(2, told(0, 41));
    await elapse(300);
    assert.equal(said.length, 2, "the next window is said again");
  });

  it("after a wait one goes first, whoever came first, and then the others in turn", async () => {
    await opened();
    scheduler.close(1000);
    come("create", 7, 5, 6);
    await elapse(999);
    assert.deepEqual(turns(), []);
    await elapse(1);
    assert.deepEqual(turns(), [5]);
    await answer(0);
    assert.deepEqual(turns(), [5, 6, 7]);
  });

  it("says why everybody waits, if it is for something else than a limit", async () => {
    await opened();
    scheduler.close(41_000, "HeadshotPro asks to wait (503: Busy)");
    scheduler.close(1000);
    come("create", 1, 2);
    come("read", 3);
    come("revoke", 4);
    await elapse(500);
    const who = "2 invites, 1 revoke and 1 look-up";
    assert.deepEqual(said, [`HeadshotPro asks to wait (503: Busy): ${who} wait 41 s`]);
    await elapse(41_000);
    await answer(0, told(0, 41));
    await elapse(500);
    assert.match(said[1] ?? "", /^HeadshotPro's rate limit is reached: 2 invites and 1 look-up wait 41 s$/);
  });

  it("says nothing of a short one, or if nobody waits", async () => {
    await opened();
    scheduler.close(5000);
    come("create", 1);
    await elapse(6000);
    scheduler.close(50_000);
    await elapse(500);
    assert.deepEqual(said, []);
  });
});
