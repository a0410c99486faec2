import { bestSeconds, compare } from "../compare";
import { run } from "../contender";
import type { PartResult, Point, Row } from "../results";
import type { Settings } from "../settings";
import { deviations, fitParameters } from "../simulation";
import type { Contender } from "../stack-of";

const MEBIBYTE = 2 ** 20;

/** The simulation is at most so far from what it has not been fitted to, in either direction. */
const SIMULATION_WITHIN = 1.25;

/**
 * How an `up` grows: without checkpoints from hundreds to 5,000, and with them at a few sizes with the bytes that
 * the CLI writes, from which the simulation of docs/scale.md is made. The memory of the provider process, too.
 */
export async function growth({ rounds, quick }: Settings): Promise<PartResult> {
  const without = quick ? [10, 20, 30] : [100, 1000, 5000];
  const withThem = quick ? [10, 20, 30] : [100, 500, 1000];
  const points: Point[] = [];
  const up = async (contender: Contender, people: number, checkpoints: boolean) =>
    points.push(...(await run({ contender, people, checkpoints, commands: ["up"], watch: true })));
  // All but the largest again: the simulation extrapolates thousands from their seconds.
  const inRounds = (sizes: number[]) =>
    Array.from({ length: rounds }, (_, round) => (round === 0 ? sizes : sizes.slice(0, -1))).flat();
  for (const people of inRounds(without))
    for (const contender of ["floor", "ours"] as const) await up(contender, people, false);
  for (const people of inRounds(withThem)) await up("ours", people, true);

  const rows = without.map((people) =>
    compare(points, { contender: "ours", people, checkpoints: false, command: "up" }, "floor"),
  );
  const simulated = simulation(points, quick ? undefined : SIMULATION_WITHIN);
  const memories = without.map((people) => memory(points, people));
  return { rows: [...rows, perPerson(points, without), ...memories, ...simulated], points };
}

/** Not if the system does not tell how much was written. */
function simulation(points: Point[], bound: number | undefined): Row[] {
  if (points.some(({ checkpoints, writtenBytes }) => checkpoints && writtenBytes === undefined)) return [];
  return deviations(points, fitParameters(points)).map(({ what, simulated, measured }) => ({
    budget: `simulation: ${what}`,
    measured: `${Math.round(simulated).toLocaleString("en-US")}, measured ${Math.round(measured).toLocaleString("en-US")}`,
    value: Math.max(simulated / measured, measured / simulated),
    bound,
  }));
}

/** Whether the time grows faster than the number of people does. */
function perPerson(points: Point[], sizes: number[]): Row {
  const [fewest = 0, middle = 0, most = 0] = [sizes[0], sizes.at(-2), sizes.at(-1)];
  const seconds = (people: number) =>
    bestSeconds(points, { contender: "ours", people, checkpoints: false, command: "up" });
  const each = (more: number, less: number) => ((seconds(more) - seconds(less)) / (more - less)) * 1000;
  const [early, late] = [each(middle, fewest), each(most, middle)];
  return {
    budget: `each further person, up to ${most} against up to ${middle} (checkpoints off)`,
    measured: `${late.toFixed(1)} ms against ${early.toFixed(1)} ms`,
    value: late / early,
  };
}

function memory(points: Point[], people: number): Row {
  const bytes = (contender: Contender) =>
    points.find((point) => point.contender === contender && point.people === people)?.providerBytes ??
    Number.NaN;
  const [ours, floor] = [bytes("ours"), bytes("floor")];
  return {
    budget: `memory of the provider process, up of ${people}, against the floor's`,
    measured: `${(ours / MEBIBYTE).toFixed(0)} MiB against ${(floor / MEBIBYTE).toFixed(0)} MiB`,
    value: ours / floor,
  };
}
