import assert from "node:assert/strict";
import { compare, requestsOf, stateOf } from "../../bench/compare";
import type { Point } from "../../bench/results";

const UP = { people: 1000, checkpoints: true, command: "up", requests: 0 } as const;
const POINTS: Point[] = [
  { ...UP, contender: "floor", seconds: 40, stateBytes: 2_000_000 },
  { ...UP, contender: "ours", seconds: 50, stateBytes: 1_000_000, requests: 1000 },
  { ...UP, contender: "floor", seconds: 44, stateBytes: 2_000_000 },
  { ...UP, contender: "ours", seconds: 42, stateBytes: 1_000_000, requests: 1001 },
  // None of these belongs to it.
  { ...UP, contender: "ours", seconds: 1, people: 100 },
  { ...UP, contender: "ours", seconds: 1, checkpoints: false },
  { ...UP, contender: "ours", seconds: 1, command: "destroy" },
];
const OURS = { contender: "ours", people: 1000, checkpoints: true, command: "up" } as const;

describe("compare", () => {
  it("takes the best of all rounds of either", () =>
    assert.deepEqual(compare(POINTS, OURS, "floor", 1.1), {
      budget: "up of 1,000, against the floor",
      measured: "42.0 s against 40.0 s",
      value: 1.05,
      bound: 1.1,
    }));

  it("is no number if somebody did not run, so that no bound is kept by it", () =>
    assert.ok(Number.isNaN(compare(POINTS, OURS, "tutorial", 1.1).value)));
});

describe("requestsOf", () => {
  it("takes the worst of all rounds", () =>
    assert.deepEqual(requestsOf(POINTS, OURS, 1000), {
      budget: "requests: up of 1,000",
      measured: "1,001",
      value: 1001,
      bound: 1000,
    }));

  it("takes both with checkpoints and without if it is not said", () => {
    const { checkpoints: _, ...either } = OURS;
    const points = [...POINTS, { ...UP, contender: "ours", seconds: 1, checkpoints: false, requests: 1002 }];
    assert.equal(requestsOf(points, either, 1000).value, 1002);
    assert.equal(requestsOf(points, OURS, 1000).value, 1001);
  });
});

describe("stateOf", () => {
  it("is about the bytes for each person", () =>
    assert.deepEqual(stateOf(POINTS, OURS, "floor", 1.05), {
      budget: "state for each of 1,000, against the floor",
      measured: "1,000 B against 2,000 B",
      value: 0.5,
      bound: 1.05,
    }));
});
