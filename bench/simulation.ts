import type { Point } from "./results";

/** What an `up` is made of. {@link fitParameters} finds the figures in what was measured. */
export interface Parameters {
  /** Until the first person: the CLI, the program and the provider process start. */
  startSeconds: number;
  /** Each person, without checkpoints. */
  secondsEach: number;
  /** What one person takes in the state. */
  stateBytesEach: number;
  /** How often the whole state is written for each person, its backup included. */
  writesEach: number;
  /** To make and write a byte of checkpoint. */
  secondsPerByte: number;
}

/** How somebody runs it. */
export interface Plan {
  people: number;
  checkpoints: boolean;
  /** Requests that the API takes in a minute; left out: any number. */
  limit?: number;
}

export interface Simulated {
  seconds: number;
  writtenBytes: number;
  stateBytes: number;
}

/**
 * An `up` of new people, one after another as the engine records them. With checkpoints each of them has the
 * whole state so far written again, so that bytes and time grow with the square of the number of people.
 */
export function simulate({ people, checkpoints, limit = Infinity }: Plan, parameters: Parameters): Simulated {
  const { startSeconds, secondsEach, stateBytesEach, writesEach, secondsPerByte } = parameters;
  let seconds = startSeconds;
  let writtenBytes = 0;
  for (let person = 1; person <= people; person++) {
    const windowOpens = startSeconds + 60 * Math.floor((person - 1) / limit);
    const bytes = checkpoints ? writesEach * stateBytesEach * person : 0;
    seconds = Math.max(seconds, windowOpens) + secondsEach + bytes * secondsPerByte;
    writtenBytes += bytes;
  }
  return { seconds, writtenBytes, stateBytes: people * stateBytesEach };
}

/**
 * Finds the parameters in measured `up`s of ours: without checkpoints in the two smallest sizes, with them in the
 * second largest. The largest of both are left for {@link deviations} to be checked against.
 *
 * @throws Error if there are too few points for that.
 */
export function fitParameters(points: readonly Point[]): Parameters {
  const { without, withThem } = usable(points);
  const [few, more] = without;
  const middle = withThem.at(-2);
  if (!few || !more || without.length < 3 || !middle?.writtenBytes || !middle.stateBytes)
    throw new Error("The simulation needs ups of three sizes without checkpoints, and of two with them.");
  const secondsEach = (more.seconds - few.seconds) / (more.people - few.people);
  const startSeconds = few.seconds - secondsEach * few.people;
  const stateBytesEach = middle.stateBytes / middle.people;
  const oneWriteEach = (stateBytesEach * middle.people * (middle.people + 1)) / 2;
  const secondsOfWriting = middle.seconds - startSeconds - secondsEach * middle.people;
  return {
    startSeconds,
    secondsEach,
    stateBytesEach,
    writesEach: middle.writtenBytes / oneWriteEach,
    secondsPerByte: Math.max(0, secondsOfWriting / middle.writtenBytes),
  };
}

/** The sizes that the fit has not seen: what the simulation says of them against what was measured. */
export function deviations(
  points: readonly Point[],
  parameters: Parameters,
): { what: string; simulated: number; measured: number }[] {
  const { without, withThem } = usable(points);
  const [off, on] = [without.at(-1), withThem.at(-1)];
  if (!off || !on) return [];
  const simulated = simulate({ people: on.people, checkpoints: true }, parameters);
  return [
    {
      what: `seconds of an up of ${off.people} (checkpoints off)`,
      simulated: simulate({ people: off.people, checkpoints: false }, parameters).seconds,
      measured: off.seconds,
    },
    { what: `seconds of an up of ${on.people}`, simulated: simulated.seconds, measured: on.seconds },
    {
      what: `bytes written by an up of ${on.people}`,
      simulated: simulated.writtenBytes,
      measured: on.writtenBytes ?? Number.NaN,
    },
  ];
}

/** Our ups by size, the best round of each. */
function usable(points: readonly Point[]): { without: Point[]; withThem: Point[] } {
  const bySize = (checkpoints: boolean) => {
    const best = new Map<number, Point>();
    for (const point of points) {
      if (point.contender !== "ours" || point.command !== "up" || point.checkpoints !== checkpoints) continue;
      const other = best.get(point.people);
      if (!other || point.seconds < other.seconds) best.set(point.people, point);
    }
    return [...best.values()].sort((a, b) => a.people - b.people);
  };
  return { without: bySize(false), withThem: bySize(true) };
}
