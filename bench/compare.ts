import type { Command } from "./contender";
import type { Point, Row } from "./results";
import type { Contender } from "./stack-of";
import { least } from "./statistics";

/** Which points of a run are meant. */
export interface Which {
  contender: Contender;
  people: number;
  checkpoints: boolean;
  command: Command;
}

function pick(points: readonly Point[], which: Partial<Which>): Point[] {
  return points.filter((point) =>
    Object.entries(which).every(([name, value]) => point[name as keyof Which] === value),
  );
}

/** The best time of all rounds, in seconds; NaN if there is none. */
export function bestSeconds(points: readonly Point[], which: Which): number {
  return least(pick(points, which).map(({ seconds }) => seconds));
}

/**
 * One row: a command's time against somebody else's.
 *
 * @example
 * compare(points, { contender: "ours", people: 1000, checkpoints: true, command: "up" }, "floor", 1.1);
 */
export function compare(points: readonly Point[], which: Which, against: Contender, bound?: number): Row {
  const ours = bestSeconds(points, which);
  const theirs = bestSeconds(points, { ...which, contender: against });
  return {
    budget: `${name(which)}, against ${NAMES[against]}`,
    measured: `${ours.toFixed(1)} s against ${theirs.toFixed(1)} s`,
    value: ours / theirs,
    bound,
  };
}

/** One row: the most requests that a command made in any round, with checkpoints and without if it is not said. */
export function requestsOf(
  points: readonly Point[],
  which: Omit<Which, "checkpoints"> & { checkpoints?: boolean },
  bound: number,
): Row {
  const counts = pick(points, which).map(({ requests }) => requests);
  const value = counts.length > 0 ? Math.max(...counts) : Number.NaN;
  return {
    budget: `requests: ${name({ checkpoints: true, ...which })}`,
    measured: text(value),
    value,
    bound,
  };
}

/** One row: the bytes of state for each person after an `up`. */
export function bytesOf(points: readonly Point[], which: Which, bound: number): Row {
  const value = bytesEach(points, which);
  return {
    budget: `state for each of ${text(which.people)}: ${NAMES[which.contender]}`,
    measured: `${text(value)} B`,
    value,
    bound,
  };
}

function bytesEach(points: readonly Point[], which: Which): number {
  const sizes = pick(points, which).map(({ stateBytes }) => stateBytes ?? Number.NaN);
  return Math.round(least(sizes) / which.people);
}

/** One row: the bytes of state for each person after an `up`, against somebody else's. */
export function stateOf(points: readonly Point[], which: Which, against: Contender, bound?: number): Row {
  const [ours, theirs] = [bytesEach(points, which), bytesEach(points, { ...which, contender: against })];
  return {
    budget: `state for each of ${text(which.people)}, against ${NAMES[against]}`,
    measured: `${text(ours)} B against ${text(theirs)} B`,
    value: ours / theirs,
    bound,
  };
}

const NAMES: Record<Contender, string> = {
  ours: "ours",
  "our roster": "a roster in TypeScript",
  "our YAML roster": "a roster in YAML",
  earlier: "85defa9",
  floor: "the floor",
  bare: "the bare floor",
  tutorial: "the tutorials'",
  roster: "one resource for all",
};

function name({ contender, command, people, checkpoints }: Which): string {
  const whose = contender === "ours" ? "" : ` in ${NAMES[contender]}`;
  return `${command} of ${text(people)}${whose}${checkpoints ? "" : " (checkpoints off)"}`;
}

function text(count: number): string {
  return count.toLocaleString("en-US");
}
