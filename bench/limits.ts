// How near a session comes to the bound that a rate limit sets, and how often it is refused.
// node --require ts-node/register/transpile-only bench/limits.ts [--json]

import { setTimeout as sleep } from "node:timers/promises";
import { type Emulator, type EmulatorOptions, startEmulator } from "headshotpro-emulator";
import { resolveSettings } from "../provider/src/api/configuration";
import { Session } from "../provider/src/api/session";
import type { CanonicalEmail } from "../provider/src/invites/email";
import { personOf } from "../provider/src/invites/people";
import { NO_LIMIT } from "../tests/support/no-limit";

export interface LimitTrial {
  trial: string;
  people: number;
  /** Requests in each window of so many seconds. */
  limit: number;
  windowSeconds: number;
  work: keyof typeof WORK;
  options?: EmulatorOptions;
  /** Whether another client uses the same limit. */
  isShared?: boolean;
  /** What else goes on; ends when it is told that the trial has. */
  meanwhile?(emulator: Emulator, trial: LimitTrial, isOver: () => boolean): Promise<void>;
  /** For {@link limitChanges}: after how many requests. */
  changesAfter?: number;
  /** Windows that have to be waited out at least, if the limit is not all of it. */
  waits?: number;
  /** How many are sent after the last wait, if that is not the rest of `people` over `limit`. */
  last?: number;
}

export interface LimitRow {
  trial: string;
  requests: number;
  lists: number;
  /** Answered with 429. */
  refused: number;
  failed: number;
  /** Windows that have to be waited out at least. */
  waits: number;
  seconds: number;
  /** The time of the trial over its bound: those windows, and the last requests without any limit. */
  ratio: number;
}

const WORK = {
  async create(session: Session, emails: CanonicalEmail[]) {
    return settle(emails, (email) => session.invite(email, undefined));
  },
  async refresh(session: Session, emails: CanonicalEmail[]) {
    return settle(emails, (email) => session.lookUp(email));
  },
  async "create one by one"(session: Session, emails: CanonicalEmail[]) {
    let failed = 0;
    for (const email of emails) failed += await settle([email], (one) => session.invite(one, undefined));
    return failed;
  },
  async destroy(session: Session, emails: CanonicalEmail[]) {
    return settle(emails, (email) => session.revoke(email, () => true));
  },
};

const SHORT = { limit: 300, windowSeconds: 5 };
const LONGER = { limit: 300, windowSeconds: 10 };
/** What a session assumes of an API that does not tell. */
const MINUTE = { limit: 300, windowSeconds: 60 };

/** Another client with the same key takes every second request until half of the window is its own. */
export async function halfIsTaken(
  emulator: Emulator,
  { limit }: LimitTrial,
  isOver: () => boolean,
): Promise<void> {
  for (let answered = 0, taken = 0, window = ""; !isOver(); ) {
    await sleep(2);
    const now = emulator.requests.filter(({ status }) => status !== 429).length;
    const current = String(Math.floor((now * 2) / limit));
    if (current !== window) taken = 0;
    window = current;
    const share = Math.min(now - answered, limit / 2 - taken);
    answered = now;
    taken += share;
    if (share > 0) emulator.consumeRateLimit(share);
  }
}

/** After a while twice as much is allowed. */
export async function limitChanges(emulator: Emulator, trial: LimitTrial): Promise<void> {
  const { changesAfter = 400, limit, windowSeconds } = trial;
  while (emulator.requests.length < changesAfter) await sleep(5);
  emulator.setRateLimit({ limit: limit * 2, windowSeconds });
}

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
    meanwhile: limitChanges,
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
  const emulator = await startEmulator({ credits: people, rateLimit: NO_LIMIT, ...options });
  const emails = Array.from({ length: people }, (_, i) => personOf(`person${i}@acme.com`));
  try {
    const lastPart = emails.slice(0, trial.last ?? (people % limit || limit));
    const unlimited = await secondsOf(() => prepared(emulator, work, lastPart));
    for (const { email, status } of emulator.invites())
      if (status === "pending") emulator.revokeByHand(email);
    if (!isCreate(work)) for (const email of emails) emulator.inviteByHand({ email });

    emulator.clearLog();
    emulator.setRateLimit({ limit, windowSeconds });
    let over = false;
    const other = meanwhile?.(emulator, trial, () => over);
    let failed = 0;
    const seconds = await secondsOf(async () => {
      failed = await WORK[work](sessionAt(emulator), emails);
    });
    over = true;
    await other;

    const count = (is: (one: Emulator["requests"][number]) => boolean) => emulator.requests.filter(is).length;
    const refused = count(({ status }) => status === 429);
    const requests = emulator.requests.length;
    const waits = trial.waits ?? Math.ceil((requests - refused) / limit) - 1;
    const ratio = seconds / (waits * windowSeconds + unlimited);
    const lists = count(({ verb, status }) => verb === "list" && status !== 429);
    return { trial: trial.trial, requests, lists, refused, failed, waits, seconds, ratio };
  } finally {
    await emulator.close();
  }
}

function isCreate(work: LimitTrial["work"]): boolean {
  return work === "create" || work === "create one by one";
}

async function prepared(
  emulator: Emulator,
  work: LimitTrial["work"],
  emails: CanonicalEmail[],
): Promise<void> {
  if (!isCreate(work)) for (const email of emails) emulator.inviteByHand({ email });
  await WORK[work](sessionAt(emulator), emails);
}

function sessionAt({ url, apiKey }: Emulator): Session {
  const settings = resolveSettings((key) => ({ apiKey, baseUrl: url })[key], {});
  return new Session(settings, () => {});
}

/** @returns how many failed. */
async function settle(
  emails: CanonicalEmail[],
  run: (email: CanonicalEmail) => Promise<unknown>,
): Promise<number> {
  const results = await Promise.allSettled(emails.map(run));
  return results.filter(({ status }) => status === "rejected").length;
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
