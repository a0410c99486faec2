import assert from "node:assert/strict";
import { compare, countRequests, type Point } from "../../bench/points";
import { formatTable, holds } from "../../bench/table";

const OURS = { contender: "ours", people: 1000, checkpoints: true, command: "up" } as const;
const FLOOR = { ...OURS, contender: "floor", requests: 0, stateBytes: 2_000_000 } as const;
const POINTS: Point[] = [
  { ...FLOOR, seconds: 40 },
  { ...OURS, seconds: 50, stateBytes: 970_000, requests: 1000 },
  { ...FLOOR, seconds: 44 },
  { ...OURS, seconds: 42, stateBytes: 970_400, requests: 1001 },
  { ...OURS, people: 100, seconds: 1, requests: 5000, stateBytes: 1 },
];

describe("the bench's budgets", () => {
  it("a time is the best of all rounds, against the other's best; requests are the most of all rounds", () => {
    assert.equal(compare(POINTS, OURS, "floor", 1.1).value, 1.05);
    assert.ok(holds(countRequests(POINTS, OURS, ["up"])));
    assert.ok(!holds(countRequests([...POINTS, { ...(POINTS[3] as Point), requests: 1002 }], OURS, ["up"])));
  });

  it("what did not run keeps no bound", () => {
    assert.equal(holds(compare(POINTS, OURS, "tutorial", 1.1)), false);
    assert.equal(holds(countRequests([], OURS)), false);
  });

  it("ratios are never rounded in our favour", () =>
    assert.match(formatTable([{ budget: "b", measured: "m", value: 1.1004, bound: 1.1 }]), /\| 1\.11 .*✖/));
});
