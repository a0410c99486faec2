import { compare, stateOf } from "../compare";
import { type Command, LIFE, run } from "../contender";
import type { PartResult, Point } from "../results";
import type { Settings } from "../settings";

/** The tutorials' dynamic provider side by side with ours. */
export async function peers({ sizes, quick }: Settings): Promise<PartResult> {
  const people = sizes.at(-1) ?? 0;
  const points: Point[] = [];
  for (const checkpoints of quick ? [true] : [true, false])
    for (const contender of ["tutorial", "ours"] as const)
      points.push(...(await run({ contender, people, checkpoints })));
  const rows = [...new Set(points.map(({ checkpoints }) => checkpoints))].flatMap((checkpoints) =>
    (Object.keys(LIFE) as Command[]).map((command) =>
      compare(points, { contender: "ours", people, checkpoints, command }, "tutorial"),
    ),
  );
  const which = { contender: "ours" as const, people, checkpoints: true, command: "up" as const };
  return { rows: [...rows, stateOf(points, which, "tutorial")], points };
}
