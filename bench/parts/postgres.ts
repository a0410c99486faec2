import { startPostgres } from "../../tests/support/backends";
import type { PartResult } from "../results";
import type { Settings } from "../settings";
import { twoOperators } from "../two-operators";

/** Two operators of one stack, with the state in PostgreSQL. */
export async function postgres({ sizes }: Settings): Promise<PartResult> {
  const people = sizes.at(-1) ?? 0;
  const server = await startPostgres();
  try {
    const { first, refused, again } = await twoOperators(server, people);
    const failed = [first, again].find(({ code }) => code !== 0);
    if (failed) throw new Error(failed.printed);
    const isRefused = refused.code !== 0 && /currently locked/.test(refused.printed);
    const name = `PostgreSQL, ${people} people`;
    return {
      rows: [
        {
          budget: `${name}: requests of the first operator's up`,
          measured: `${first.requests} in ${first.seconds.toFixed(1)} s (checkpoints off)`,
          value: first.requests,
          bound: people,
        },
        {
          budget: `${name}: a second up in the meantime that is not refused`,
          measured: isRefused ? "refused by the lock" : refused.printed.slice(-200),
          value: isRefused ? 0 : 1,
          bound: 0,
        },
        {
          budget: `${name}: requests of the second operator's up afterwards`,
          measured: `${again.requests} in ${again.seconds.toFixed(1)} s, no change`,
          value: again.requests,
          bound: 0,
        },
      ],
    };
  } finally {
    await server.stop();
  }
}
