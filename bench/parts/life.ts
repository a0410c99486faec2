import { compare, requestsOf, stateOf, type Which } from "../compare";
import { type Command, LIFE, mostRequests, run } from "../contender";
import type { PartResult, Point, Row } from "../results";
import type { Settings } from "../settings";

/** The budgets of the whole `up` are about so many: below, the CLI's own start is most of the time. */
const BUDGETED = 1000;

/** What the bare floor does: it shows what is left of the time if nothing is asked of the API. */
const BARE = ["up", "destroy"] as const;

/** Every command of a stack's life against the floor, at each size, with checkpoints and without. */
export async function life({ sizes, rounds }: Settings): Promise<PartResult> {
  const points: Point[] = [];
  for (const people of sizes)
    for (const checkpoints of [true, false]) {
      // Interleaved, so that whatever else the machine does hits all of them.
      points.push(...(await run({ contender: "floor", people, checkpoints })));
      points.push(...(await run({ contender: "ours", people, checkpoints })));
      if (people === sizes.at(-1)) points.push(...(await moreUps(people, checkpoints, rounds - 1)));
    }
  points.push(
    ...(await run({ contender: "ours", people: 1, checkpoints: true, commands: ["up", "refresh"] })),
  );
  const most = sizes.at(-1) ?? BUDGETED;
  return { rows: [...times(points, sizes), ...requests(points, most), ...states(points, most)], points };
}

/** The whole life takes long, and the bounds are about `up`: only that is repeated. */
async function moreUps(people: number, checkpoints: boolean, times: number): Promise<Point[]> {
  const points = await run({ contender: "bare", people, checkpoints, commands: BARE });
  for (let time = 0; time < times; time++)
    for (const contender of ["floor", "ours"] as const)
      points.push(...(await run({ contender, people, checkpoints, commands: ["up"] })));
  return points;
}

function times(points: Point[], sizes: number[]): Row[] {
  const rows = sizes.flatMap((people) =>
    [true, false].flatMap((checkpoints) =>
      (Object.keys(LIFE) as Command[]).map((command) => {
        const bound = command === "up" && people >= BUDGETED ? (checkpoints ? 1.1 : 1.25) : undefined;
        return compare(points, { contender: "ours", people, checkpoints, command }, "floor", bound);
      }),
    ),
  );
  const most = { contender: "ours", people: sizes.at(-1) ?? BUDGETED } as const;
  const bare = [true, false].flatMap((checkpoints) =>
    BARE.map((command) => compare(points, { ...most, checkpoints, command }, "bare")),
  );
  return [...rows, ...bare];
}

function requests(points: Point[], most: number): Row[] {
  const row = ({ people = most, ...which }: Pick<Which, "command"> & Partial<Which>) =>
    requestsOf(points, { contender: "ours", people, ...which }, mostRequests(which.command, people));
  return [
    row({ command: "preview" }),
    row({ command: "up" }),
    row({ command: "no-op up" }),
    row({ command: "refresh", people: 1 }),
    row({ command: "refresh" }),
    row({ command: "destroy", checkpoints: false }),
    row({ command: "destroy", checkpoints: true }),
  ];
}

function states(points: Point[], people: number): Row[] {
  const which = { contender: "ours" as const, people, checkpoints: true, command: "up" as const };
  return [stateOf(points, which, "floor", 1.05), stateOf(points, which, "bare")];
}
