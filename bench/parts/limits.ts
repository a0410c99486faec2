import { type LimitRow, runTrial, TRIALS } from "../limits";
import type { PartResult, Row } from "../results";
import type { Settings } from "../settings";

/** A run may be refused so often; and if another client takes from the same window, so often in each. */
const REFUSALS = 5;
const REFUSALS_IN_SHARED = 2;

/** The trials of the rate limit, each against the time that the limit takes in any case. */
export async function limits({ quick }: Settings): Promise<PartResult> {
  const rows: Row[] = [];
  for (const trial of quick ? TRIALS.slice(0, 1) : TRIALS) {
    const row = await runTrial(trial);
    rows.push(...rowsOf(row, trial.isShared ? REFUSALS_IN_SHARED * (row.waits + 1) : REFUSALS));
  }
  return { rows };
}

function rowsOf({ trial, ratio, seconds, waits, refused, failed }: LimitRow, mayBeRefused: number): Row[] {
  const measured = `${seconds.toFixed(1)} s for ${waits} windows to wait out`;
  return [
    {
      budget: `${trial}: time over the limit's own`,
      measured,
      value: ratio,
      // Without a window to wait out, the limit sets no bound.
      bound: waits > 0 ? 1.05 : undefined,
    },
    {
      budget: `${trial}: requests refused (429)`,
      measured: String(refused),
      value: refused,
      bound: mayBeRefused,
    },
    { budget: `${trial}: people who failed`, measured: String(failed), value: failed, bound: 0 },
  ];
}
