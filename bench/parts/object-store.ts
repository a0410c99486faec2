import { startObjectStore } from "../../tests/support/backends";
import { type Command, run } from "../contender";
import type { PartResult, Point, Row } from "../results";
import type { Settings } from "../settings";

/** A store on this machine, and one that takes so much longer for each request. */
const DELAYS_MS = [0, 20];

/** A stack's life with the state in an object store, against the same with the state in a folder. */
export async function objectStore({ sizes }: Settings): Promise<PartResult> {
  const commands: readonly Command[] = ["up", "no-op up", "destroy"];
  const rows: Row[] = [];
  for (const checkpoints of [true, false]) {
    const trial = { contender: "ours", people: sizes.at(-1) ?? 0, checkpoints, commands } as const;
    const inFolder = await run(trial);
    for (const delayMs of DELAYS_MS) {
      const backend = await startObjectStore(delayMs);
      const inStore = await run({ ...trial, backend }).finally(() => backend.stop());
      rows.push(...inStore.map((point, n) => against(point, inFolder[n]?.seconds ?? Number.NaN, delayMs)));
    }
  }
  return { rows };
}

function against({ command, people, checkpoints, seconds }: Point, folder: number, delayMs: number): Row {
  const store = `an object store${delayMs ? ` with ${delayMs} ms for each request` : ""}`;
  const which = checkpoints ? "" : " (checkpoints off)";
  return {
    budget: `${command} of ${people.toLocaleString("en-US")}${which}, the state in ${store}, against a folder`,
    measured: `${seconds.toFixed(1)} s against ${folder.toFixed(1)} s`,
    value: seconds / folder,
  };
}
