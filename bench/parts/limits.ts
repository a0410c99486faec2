import { type LimitRow, runTrial, TRIALS } from "../limits";
import type { PartResult, Row } from "../results";
import type { Settings } from "../settings";

/** A run may be refused so often: a handful. */
const REFUSALS = 5;

/** The trials of the rate limit, each against the time that the limit takes in any case. */
export async function limits({ quick }: Settings): Promise<PartResult> {
  const rows: Row[] = [];
  for (const trial of quick ? TRIALS.slice(0, 1) : TRIALS) {
    const isTold = trial.options?.rateLimitHeaders === undefined;
    rows.push(...rowsOf(await runTrial(trial), isTold));
  }
  return { rows };
}

/** @param isTold whether the API tells of its limit: where it does not or lies, only a failure counts. */
function rowsOf({ trial, ratio, seconds, waits, refused, failed }: LimitRow, isTold: boolean): Row[] {
  const measured = `${seconds.toFixed(1)} s for ${waits} windows to wait out`;
  return [
    {
      budget: `${trial}: time over the limit's own`,
      measured,
      value: ratio,
      bound: isTold ? 1.03 : undefined,
    },
    {
      budget: `${trial}: requests refused (429)`,
      measured: String(refused),
      value: refused,
      bound: isTold ? REFUSALS : undefined,
    },
    { budget: `${trial}: people who failed`, measured: String(failed), value: failed, bound: 0 },
  ];
}
