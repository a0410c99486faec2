import { run } from "./contender";
import { COMMANDS, type Contender, compare, countBytes, countRequests, type Point } from "./points";
import type { Row } from "./table";

/** The budgets of time are about so many: below, the CLI's own start is most of the time. */
const BUDGETED = 1000;
/** How often an `up` is measured, which the bounds are about. Everything else runs once. */
const ROUNDS = 2;

/** Every command of a stack's life against a provider that does nothing, with checkpoints and without. */
export async function life(people: number): Promise<Row[]> {
  const points: Point[] = [];
  for (const checkpoints of [true, false]) {
    // In turns, so that whatever else the machine does hits all of them.
    for (const contender of ["floor", "ours"] as const)
      points.push(...(await run({ contender, people, checkpoints })));
    points.push(...(await run({ contender: "bare", people, checkpoints, commands: ["up", "destroy"] })));
    for (let round = 1; round < ROUNDS; round++)
      for (const contender of ["floor", "ours"] as const)
        points.push(...(await run({ contender, people, checkpoints, commands: ["up"] })));
  }
  return [true, false].flatMap((checkpoints) => {
    const ours = { contender: "ours", people, checkpoints } as const;
    const bound = people < BUDGETED ? undefined : checkpoints ? 1.1 : 1.25;
    return [
      ...COMMANDS.map((command) =>
        compare(points, { ...ours, command }, "floor", command === "up" ? bound : undefined),
      ),
      ...(["up", "destroy"] as const).map((command) => compare(points, { ...ours, command }, "bare")),
      countRequests(points, ours),
    ];
  });
}

/** The tutorials' dynamic provider side by side with ours. */
export async function peers(people: number): Promise<Row[]> {
  const points: Point[] = [];
  for (const checkpoints of [true, false])
    for (const contender of ["tutorial", "ours"] as const)
      points.push(...(await run({ contender, people, checkpoints })));
  const times = [true, false].flatMap((checkpoints) =>
    COMMANDS.map((command) =>
      compare(points, { contender: "ours", people, checkpoints, command }, "tutorial"),
    ),
  );
  return [...times, countBytes(points, { contender: "tutorial", people, checkpoints: true, command: "up" })];
}

/** What is in the state for each person, at most (bytes); and the rosters' requests. */
export async function state(people: number): Promise<Row[]> {
  const bounds: [Contender, number][] = [
    ["our YAML roster", 850],
    ["our roster", 1050],
    ["ours", 970],
  ];
  const points: Point[] = [];
  for (const [contender] of bounds) points.push(...(await run({ contender, people, checkpoints: false })));
  points.push(
    ...(await run({ contender: "ours", people: 1, checkpoints: false, commands: ["up", "refresh"] })),
  );
  const which = { people, checkpoints: false } as const;
  return [
    ...bounds.map(([contender, bound]) =>
      countBytes(
        points,
        { ...which, contender, command: "up" },
        // Of few people, what the stack itself takes is most of it.
        people < BUDGETED ? undefined : bound,
      ),
    ),
    ...(["our roster", "our YAML roster"] as const).map((contender) =>
      countRequests(points, { ...which, contender }),
    ),
    countRequests(points, { contender: "ours", people: 1, checkpoints: false }, ["refresh"]),
  ];
}
