import { bytesOf, compare, requestsOf } from "../compare";
import { type Command, LIFE, mostRequests, run } from "../contender";
import type { PartResult, Point, Row } from "../results";
import type { Settings } from "../settings";
import type { Contender } from "../stack-of";

/** The whole `up` is budgeted for so many: below, the CLI's own start is most of the time. */
const BUDGETED = 1000;

/** What is in the state for each person, at most (bytes). */
const BYTES: [Contender, bound: number][] = [
  ["our YAML roster", 850],
  ["our roster", 1050],
  ["ours", 950],
];

/** Rosters in YAML and in TypeScript, and ours of today against ours of 85defa9. */
export async function faces({ sizes, rounds }: Settings): Promise<PartResult> {
  const people = sizes.at(-1) ?? BUDGETED;
  const points: Point[] = [];
  const race = async (contender: Contender, checkpoints: boolean, commands?: readonly Command[]) =>
    points.push(...(await run({ contender, people, checkpoints, commands })));
  for (let round = 0; round < rounds; round++)
    for (const contender of ["earlier", "ours"] as const) await race(contender, true, ["up", "destroy"]);
  for (const checkpoints of [true, false])
    for (const contender of ["our roster", "our YAML roster"] as const) await race(contender, checkpoints);

  const bytes = BYTES.map(([contender, bound]) =>
    bytesOf(points, { contender, people, checkpoints: true, command: "up" }, bound),
  );
  return { rows: [...bytes, ...times(points, people), ...requests(points, people)], points };
}

function times(points: Point[], people: number): Row[] {
  const bound = (ratio: number) => (people >= BUDGETED ? ratio : undefined);
  const yaml = { contender: "our YAML roster", people } as const;
  return [
    ...(["up", "destroy"] as const).flatMap((command) => [
      compare(points, { contender: "ours", people, checkpoints: true, command }, "earlier", bound(0.6)),
      compare(points, { ...yaml, checkpoints: true, command }, "our roster", bound(0.95)),
    ]),
    compare(points, { ...yaml, checkpoints: false, command: "up" }, "our roster", bound(0.6)),
  ];
}

function requests(points: Point[], people: number): Row[] {
  return (["our roster", "our YAML roster"] as const).flatMap((contender) =>
    (Object.keys(LIFE) as Command[]).map((command) =>
      requestsOf(points, { contender, people, command }, mostRequests(command, people)),
    ),
  );
}
