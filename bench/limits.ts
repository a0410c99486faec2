import { type EmulatorOptions, type RequestRecord, startEmulator } from "headshotpro-emulator";
import { NO_LIMIT } from "../tests/support/constants";
import {
  carryOut,
  halfIsTaken,
  limitDoubles,
  type Meanwhile,
  prepare,
  requestsAt,
  type Work,
} from "../tests/support/limited-work";
import type { Row } from "./table";

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

/** A run may be refused so often; and if another client takes from the same window, so often in each. */
const REFUSALS = 5;
const REFUSALS_IN_SHARED = 2;

/** Half of the vendor's minute. The end of a window is known to within a second only, since the API tells its time in seconds. */
const WINDOW = { limit: 300, windowSeconds: 30 };
/** What a session assumes of an API that does not tell. */
const MINUTE = { limit: 300, windowSeconds: 60 };

const TRIALS: readonly LimitTrial[] = [
  { trial: "600 invites", people: 600, work: "create", ...WINDOW },
  { trial: "2,000 invites", people: 2000, work: "create", ...WINDOW },
  { trial: "600 invites, one by one", people: 600, work: "create one by one", ...WINDOW },
  { trial: "600 revoked", people: 600, work: "destroy", ...WINDOW },
  {
    trial: "600 invites, half is taken",
    people: 600,
    work: "create",
    isShared: true,
    meanwhile: halfIsTaken,
    waits: 3,
    ...WINDOW,
  },
  {
    trial: "900 invites, the limit doubles",
    people: 900,
    work: "create",
    meanwhile: limitDoubles(400, WINDOW.windowSeconds),
    waits: 1,
    last: 600,
    ...WINDOW,
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

/** How near a session comes to the time that a rate limit takes in any case, and how often it is refused. */
export async function limits(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const trial of TRIALS) rows.push(await runTrial(trial));
  return rows;
}

/** Runs one trial in this process, against an emulator of its own. */
async function runTrial(trial: LimitTrial): Promise<Row> {
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
    // Over those windows, and the last requests without any limit.
    const ratio = seconds / (waits * windowSeconds + unlimited);
    const { refused } = counted;
    const isKept = failed === 0 && refused <= (trial.isShared ? REFUSALS_IN_SHARED * (waits + 1) : REFUSALS);
    return {
      budget: `${trial.trial}: time over the limit's own`,
      measured: `${seconds.toFixed(1)} s for ${waits} × ${windowSeconds} s to wait; ${refused} refused, ${failed} failed`,
      value: isKept ? ratio : Number.NaN,
      bound: 1.05,
    };
  } finally {
    await emulator.close();
  }
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1000;
}
