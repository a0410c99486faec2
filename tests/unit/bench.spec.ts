import assert from "node:assert/strict";
import { COMMANDS, compare, countBytes, countRequests, median, type Point } from "../../bench/points";
import { formatTable, holds } from "../../bench/table";

const OURS = { contender: "ours", people: 1000, checkpoints: true, command: "up" } as const;
const FLOOR = { ...OURS, contender: "floor", requests: 0, stateBytes: 2_000_000 } as const;
const POINTS: Point[] = [
  { ...FLOOR, seconds: 40 },
  { ...OURS, seconds: 50, stateBytes: 970_000, requests: 1000 },
  { ...FLOOR, seconds: 44 },
  { ...OURS, seconds: 42, stateBytes: 970_400, requests: 1001 },
  // None of these belongs to it.
  ...[{ people: 100 }, { checkpoints: false }, { command: "destroy" } as const].map((other) => ({
    ...OURS,
    ...{ seconds: 1, requests: 5000, stateBytes: 1 },
    ...other,
  })),
];

describe("the bench's budgets", () => {
  it("a time is the best of all rounds, against the other's best", () => {
    const { value, measured, bound } = compare(POINTS, OURS, "floor", 1.1);
    assert.deepEqual([value, measured, bound], [1.05, "42.0 s against 40.0 s", 1.1]);
  });

  it("whoever did not run keeps no bound", () =>
    assert.equal(holds(compare(POINTS, OURS, "tutorial", 1.1)), false));

  it("state is counted for each person", () => assert.equal(countBytes(POINTS, OURS, 970).value, 970));

  const bounds = { preview: 0, up: 1001, "no-op up": 0, refresh: 3, destroy: 1040 } as const;
  for (const command of COMMANDS)
    it(`the most requests of all rounds count: ${command} may make ${bounds[command]}`, () => {
      const isKept = (more: number) => {
        const rounds = [0, bounds[command] + more].map((requests) => ({ ...POINTS[1], command, requests }));
        return holds(countRequests(rounds as Point[], OURS, [command]));
      };
      assert.deepEqual([isKept(0), isKept(1)], [true, false]);
    });

  it("a command that did not run keeps no bound", () => assert.equal(holds(countRequests([], OURS)), false));

  it("the middle value counts of many", () => assert.equal(median([9, 1, 3]), 3));

  for (const { value, bound, kept } of [
    { value: 1.1, bound: 1.1, kept: true },
    { value: 1.1001, bound: 1.1, kept: false },
    { value: 0, bound: 0, kept: true },
    { value: 1, bound: 0, kept: false },
    { value: Number.NaN, bound: 1, kept: false },
    { value: [0, 3], bound: [0, 3], kept: true },
    { value: [0, 4], bound: [0, 3], kept: false },
    { value: 7, bound: undefined, kept: undefined },
  ])
    it(`${value} under a bound of ${bound}: ${kept ?? "nothing was promised"}`, () =>
      assert.equal(holds({ budget: "b", value, bound }), kept));

  it("ratios are never rounded in our favour", () =>
    assert.match(formatTable([{ budget: "b", measured: "m", value: 1.1004, bound: 1.1 }]), /\| 1\.11 .*✖/));
});
