import assert from "node:assert/strict";
import { mock } from "node:test";
import { failingLine, Pauses, rateLimitLine } from "../../provider/src/session/pause";

describe("the lines about waiting", () => {
  it("say how long and how many", () => {
    assert.equal(rateLimitLine(20, 40_001), "HeadshotPro's rate limit is reached: 20 requests wait 41 s");
    assert.equal(rateLimitLine(1, 6000), "HeadshotPro's rate limit is reached: 1 request waits 6 s");
    assert.equal(
      failingLine("503: Busy", 2, 161_250),
      "HeadshotPro does not answer properly (503: Busy): 2 requests are tried again, for up to 162 s",
    );
  });
});

describe("Pauses", () => {
  const said: string[] = [];
  let pauses: Pauses;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
    said.length = 0;
    pauses = new Pauses((line) => said.push(line));
  });
  afterEach(() => mock.timers.reset());

  /** Notes the turns in the order in which they pass. */
  function come(...turns: number[]): number[] {
    const passed: number[] = [];
    for (const turn of turns) void pauses.pass(turn).then(() => passed.push(turn));
    return passed;
  }
  async function elapse(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 5) {
      mock.timers.tick(Math.min(5, left));
      await Promise.resolve();
    }
  }

  it("nobody waits at an open gate", async () => {
    const passed = come(3, 1);
    await Promise.resolve();
    assert.deepEqual(passed, [3, 1]);
  });

  it("nobody passes a closed one, and then they go in turn, one by one", async () => {
    pauses.close(1000);
    const passed = come(3, 1, 2);
    await elapse(995);
    assert.deepEqual(passed, []);
    await elapse(5);
    assert.deepEqual(passed, [1]);
    await elapse(10);
    assert.deepEqual(passed, [1, 2, 3]);
  });

  it("who comes while others are still going waits in line", async () => {
    pauses.close(100);
    const passed = come(1, 2, 3);
    await elapse(100);
    passed.push(...come(4));
    const late = come(5);
    await elapse(10);
    assert.deepEqual([passed, late], [[1, 2, 3], []]);
    await elapse(10);
    assert.deepEqual(late, [5]);
  });

  it("closes again while they go, for as long as the longest pause", async () => {
    pauses.close(100);
    const passed = come(1, 2);
    await elapse(100);
    pauses.close(200);
    pauses.close(50);
    await elapse(195);
    assert.deepEqual(passed, [1]);
    await elapse(10);
    assert.deepEqual(passed, [1, 2]);
  });

  it("says a long pause once, however many run into it within the same moments", async () => {
    for (let i = 0; i < 20; i++) pauses.close(41_000 + i * 50);
    come(...Array.from({ length: 20 }, (_, i) => i + 1));
    await elapse(500);
    assert.deepEqual(said, ["HeadshotPro's rate limit is reached: 20 requests wait 42 s"]);
    await elapse(42_000);
    pauses.close(41_000);
    come(30);
    await elapse(500);
    assert.equal(said.length, 2, "the next window is said again");
  });

  it("says nothing of a short one, or where nobody waits", async () => {
    pauses.close(5000);
    come(1);
    await elapse(6000);
    pauses.close(50_000);
    await elapse(500);
    assert.deepEqual(said, []);
  });

  it("says once a minute that the API does not answer properly, counting time-outs as waits", async () => {
    const end = pauses.startFailing();
    void pauses.backOff(500, Date.now() - 1000, "503: Busy", 160_000);
    await elapse(500);
    assert.deepEqual(said, [], "a second and a half is not long");
    for (let i = 0; i < 3; i++) void pauses.backOff(500, Date.now() - 30_000, "no complete reply", 160_000);
    await elapse(300);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /\(no complete reply\): 1 request is tried again, for up to 130 s$/);
    end();
    void pauses.backOff(500, Date.now() - 30_000, "no complete reply", 160_000);
    await elapse(61_000);
    assert.equal(said.length, 1);
  });
});
