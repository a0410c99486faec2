import assert from "node:assert/strict";
import type { Point } from "../../bench/results";
import { deviations, fitParameters, type Parameters, simulate } from "../../bench/simulation";

const KNOWN: Parameters = {
  startSeconds: 4,
  secondsEach: 0.005,
  stateBytesEach: 1300,
  writesEach: 4,
  secondsPerByte: 1e-8,
};

/** What would be measured if {@link KNOWN} were the whole truth. */
function measured(people: number, checkpoints: boolean): Point {
  const { seconds, writtenBytes, stateBytes } = simulate({ people, checkpoints }, KNOWN);
  const common = { contender: "ours", command: "up", requests: people, people, checkpoints };
  return { ...common, seconds, writtenBytes, stateBytes };
}

const POINTS = [
  ...[100, 1000, 5000].map((people) => measured(people, false)),
  ...[100, 500, 1000].map((people) => measured(people, true)),
];

describe("simulate", () => {
  const within = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual / expected - 1) < 0.01, `${actual} is not about ${expected}`);

  it("writes the square of the number of people with checkpoints, and nothing without", () => {
    const written = (people: number) => simulate({ people, checkpoints: true }, KNOWN).writtenBytes;
    within(written(1000), (4 * 1300 * 1000 ** 2) / 2);
    within(written(10_000) / written(1000), 100);
    assert.equal(simulate({ people: 1000, checkpoints: false }, KNOWN).writtenBytes, 0);
  });

  it("takes a time that grows with the number of people without checkpoints", () => {
    within(simulate({ people: 1000, checkpoints: false }, KNOWN).seconds, 4 + 5);
    within(simulate({ people: 10_000, checkpoints: false }, KNOWN).seconds, 4 + 50);
  });

  for (const { people, minutes } of [
    { people: 300, minutes: 0 },
    { people: 301, minutes: 1 },
    { people: 600, minutes: 1 },
    { people: 100_000, minutes: 333 },
  ])
    it(`${people} people wait ${minutes} min for a limit of 300 a minute`, () => {
      const seconds = simulate(
        { people, checkpoints: false, limit: 300 },
        { ...KNOWN, secondsEach: 0 },
      ).seconds;
      assert.equal(seconds, 4 + 60 * minutes);
    });

  it("the slower of the limit and the engine decides, window by window", () => {
    const slow = { ...KNOWN, secondsEach: 1 };
    within(simulate({ people: 600, checkpoints: false, limit: 300 }, slow).seconds, 604);
  });

  it("everything of nobody is nothing but the start", () =>
    assert.deepEqual(simulate({ people: 0, checkpoints: true }, KNOWN), {
      seconds: 4,
      writtenBytes: 0,
      stateBytes: 0,
    }));
});

describe("fitParameters", () => {
  it("finds the parameters that the points were made from", () => {
    const found = fitParameters(POINTS);
    for (const [name, value] of Object.entries(KNOWN))
      assert.ok(
        Math.abs(found[name as keyof Parameters] / value - 1) < 1e-6,
        `${name}: ${found[name as keyof Parameters]}`,
      );
  });

  it("is not distracted by other contenders and other commands", () => {
    const others = POINTS.flatMap((point) => [
      { ...point, contender: "floor", seconds: 1 },
      { ...point, command: "destroy", seconds: 1 },
    ]);
    assert.deepEqual(fitParameters([...others, ...POINTS]), fitParameters(POINTS));
  });

  it("takes the best round of each size", () => {
    const slower = POINTS.map((point) => ({ ...point, seconds: point.seconds * 1.5 }));
    assert.deepEqual(fitParameters([...slower, ...POINTS]), fitParameters(POINTS));
    assert.deepEqual(fitParameters([...POINTS, ...slower]), fitParameters(POINTS));
  });

  it("says what is missing if there are too few points", () =>
    assert.throws(() => fitParameters(POINTS.slice(0, 4)), /needs ups of three sizes/));
});

describe("deviations", () => {
  it("compares with the largest sizes, which the fit has not seen", () => {
    const doubled = POINTS.map((point) =>
      point.people === 5000 ? { ...point, seconds: point.seconds * 2 } : point,
    );
    const [largest, ...rest] = deviations(doubled, fitParameters(doubled)).map(
      ({ simulated, measured }) => measured / simulated,
    );
    assert.ok(Math.abs((largest ?? 0) - 2) < 1e-6, String(largest));
    assert.equal(rest.length, 2);
    for (const ratio of rest) assert.ok(Math.abs(ratio - 1) < 1e-6, String(ratio));
  });
});
