// How near a session comes to the bound that a rate limit sets, and how often it is refused.
// node --require tsx/cjs bench/limits.ts [--json]

import { type EmulatorOptions, type RequestRecord, startEmulator } from "headshotpro-emulator";
import { NO_LIMIT } from "../tests/support/constants";
import {
  carryOut,
  halfIsTaken,
  limitDoubles,
  type Meanwhile,
  prepare,
  type Requests,
  requestsAt,
  type Work,
} from "../tests/support/limited-work";

interface LimitTrial {
  trial: string;
  people: number;
  /** Requests in each window of so many seconds. */
  limit: number;
  windowSeconds: number;
  work: Work;
  options?: EmulatorOptions;
  /** Whether another client uses the same limit. */
  isShared?: boolean;
  meanwhile?: Meanwhile;
  /** Windows that have to be waited out at least, if the limit is not all of it. */
  waits?: number;
  /** How many are sent after the last wait, if that is not the rest of `people` over `limit`. */
  last?: number;
}

export interface LimitRow extends Requests {
  trial: string;
  failed: number;
  /** Windows that have to be waited out at least. */
  waits: number;
  seconds: number;
  /** The time of the trial over its bound: those windows, and the last requests without any limit. */
  ratio: number;
}

const SHORT = { limit: 300, windowSeconds: 5 };
const LONGER = { limit: 300, windowSeconds: 10 };
/** What a session assumes of an API that does not tell. */
const MINUTE = { limit: 300, windowSeconds: 60 };

export const TRIALS: readonly LimitTrial[] = [
  { trial: "600 invites", people: 600, work: "create", ...SHORT },
  { trial: "2,000 invites", people: 2000, work: "create", ...SHORT },
  { trial: "2,000 refreshed", people: 2000, work: "refresh", ...SHORT },
  { trial: "600 invites, one by one", people: 600, work: "create one by one", ...SHORT },
  { trial: "600 revoked", people: 600, work: "destroy", ...SHORT },
  {
    trial: "600 invites, half is taken",
    people: 600,
    work: "create",
    isShared: true,
    meanwhile: halfIsTaken,
    waits: 3,
    ...LONGER,
  },
  {
    trial: "900 invites, the limit doubles",
    people: 900,
    work: "create",
    meanwhile: limitDoubles(400, LONGER.windowSeconds),
    waits: 1,
    last: 600,
    ...LONGER,
  },
  {
    trial: "400 invites, lying headers",
    people: 400,
    work: "create",
    options: { rateLimitHeaders: "lying" },
    ...MINUTE,
  },
  {
    trial: "400 invites, no headers",
    people: 400,
    work: "create",
    options: { rateLimitHeaders: false },
    ...MINUTE,
  },
];

/** Runs one trial in this process, against an emulator of its own. */
export async function runTrial(trial: LimitTrial): Promise<LimitRow> {
  const { people, limit, windowSeconds, work, options, meanwhile } = trial;
  let other: ((answered: RequestRecord) => void) | undefined;
  const emulator = await startEmulator({
    ...{ credits: people, rateLimit: NO_LIMIT, ...options },
    onRequest: (record) => other?.(record),
  });
  const emails = Array.from({ length: people }, (_, i) => `person${i}@acme.com`);
  try {
    const lastPart = emails.slice(0, trial.last ?? (people % limit || limit));
    prepare(work, emulator, lastPart);
    const unlimited = await secondsOf(() => carryOut(work, emulator, lastPart));
    for (const { email, status } of emulator.invites())
      if (status === "pending") emulator.revokeByHand(email);
    prepare(work, emulator, emails);

    emulator.clearLog();
    emulator.setRateLimit({ limit, windowSeconds });
    other = meanwhile?.(emulator, limit);
    let failed = 0;
    const seconds = await secondsOf(async () => {
      failed = await carryOut(work, emulator, emails);
    });

    const counted = requestsAt(emulator);
    const waits = trial.waits ?? Math.ceil((counted.requests - counted.refused) / limit) - 1;
    const ratio = seconds / (waits * windowSeconds + unlimited);
    return { trial: trial.trial, ...counted, failed, waits, seconds, ratio };
  } finally {
    await emulator.close();
  }
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1000;
}

async function main(): Promise<void> {
  const rows: LimitRow[] = [];
  for (const trial of TRIALS) {
    const row = await runTrial(trial);
    rows.push(row);
    if (!process.argv.includes("--json"))
      console.table([{ ...row, seconds: row.seconds.toFixed(2), ratio: row.ratio.toFixed(3) }]);
  }
  if (process.argv.includes("--json")) console.log(JSON.stringify(rows));
}

if (require.main === module) void main();
