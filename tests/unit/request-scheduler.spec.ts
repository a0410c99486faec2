import assert from "node:assert/strict";
import { type Purpose, RequestScheduler, waitingLine } from "../../provider/src/api/rate-limiter";
import type { RequestHooks, ResponseInfo } from "../../provider/src/client/types";
import { settled, VirtualClock } from "../support/virtual-clock";

describe("the line about a wait", () => {
  it("says why, who waits, how many and how long", () => {
    const line = (waiting: Purpose[], ms: number) => waitingLine("Why", waiting, ms).split(": ")[1];
    assert.equal(waitingLine("It is closed", ["create"], 6000), "It is closed: 1 invite waits 6 s");
    assert.equal(line(["create", "create"], 40_001), "2 invites wait 41 s");
    assert.equal(line(["read", "create"], 40_000), "1 invite and 1 look-up wait 40 s");
    assert.equal(
      line(["read", "revoke", "create", "read"], 9000),
      "1 invite, 1 revoke and 2 look-ups wait 9 s",
    );
    assert.equal(line(["move", "read"], 9000), "1 move and 1 look-up wait 9 s");
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
    passed[index]?.hooks.afterResponse({
      sentAt: clock.now(),
      answeredAt: clock.now(),
      refused: false,
      ...news,
    });
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

  it("nobody waits if the limit is not reached", async () => {
    await opened();
    come("create", 3, 1);
    await settled();
    assert.deepEqual(turns(), [3, 1]);
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

  it("who gives the turn back unused lets the next one go", async () => {
    await opened(told(1, 60));
    come("revoke", 2);
    come("create", 3);
    await settled();
    assert.deepEqual(turns(), [2]);
    passed[0]?.hooks.afterResponse();
    await settled();
    assert.deepEqual(turns(), [2, 3]);
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

  it("says a long pause once, however many run into it within the same moments", async () => {
    await opened();
    for (let i = 0; i < 20; i++) scheduler.close(41_000 + i * 50);
    come("create", ...Array.from({ length: 20 }, (_, i) => i + 1));
    await elapse(500);
    scheduler.close(41_600);
    await elapse(500);
    assert.deepEqual(said, ["HeadshotPro's rate limit is reached: 20 invites wait 42 s"]);
  });

  it("says why everybody waits, if it is for something else than a limit", async () => {
    await opened();
    scheduler.close(41_000, "HeadshotPro asks to wait (503: Busy)");
    scheduler.close(1000);
    come("create", 1, 2);
    await elapse(500);
    assert.deepEqual(said, ["HeadshotPro asks to wait (503: Busy): 2 invites wait 41 s"]);
    await elapse(41_000);
    await answer(0, told(0, 41));
    await elapse(500);
    assert.match(said[1] ?? "", /^HeadshotPro's rate limit is reached: 1 invite waits 41 s$/);
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

  it("a full window of requests in flight is nothing to talk about", async () => {
    await opened(told(40, 60));
    come("create", ...Array.from({ length: 50 }, (_, i) => i + 1));
    await elapse(150);
    for (let i = 0; i < 32; i++) await answer(i);
    assert.deepEqual(said, []);
  });
});
