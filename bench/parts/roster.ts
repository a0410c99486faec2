import { compare } from "../compare";
import { type Command, LIFE, run } from "../contender";
import type { PartResult, Point } from "../results";
import type { Settings } from "../settings";

/** The prototype of one resource for everybody, against one resource for each person. */
export async function roster({ sizes }: Settings): Promise<PartResult> {
  const people = sizes.at(-1) ?? 0;
  const points: Point[] = [];
  for (const contender of ["roster", "ours"] as const)
    points.push(...(await run({ contender, people, checkpoints: false })));
  const rows = (Object.keys(LIFE) as Command[]).map((command) =>
    compare(points, { contender: "ours", people, checkpoints: false, command }, "roster"),
  );
  return { rows, points };
}
