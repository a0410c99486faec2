import { setTimeout as sleep } from "node:timers/promises";
import type { Backend } from "../tests/support/backends";
import { LIFE } from "./contender";
import { startEmulatorProcess } from "./emulator";
import { stackOf } from "./stack-of";

/** So long is the first one at work at least: as long as the CLI takes to find the lock, and more. */
const AT_WORK_MS = 5_000;

/** What two operators of one stack saw. Each `requests` is what came in at the API in that time. */
export interface TwoOperators {
  first: { code: number; printed: string; seconds: number; requests: number };
  /** Started while the first one was at work. */
  refused: { code: number; printed: string };
  /** The second operator again, afterwards. */
  again: { code: number; printed: string; seconds: number; requests: number };
}

/** One `up` of so many people with the state in a backend with locks, a second one in the middle of it, and again. */
export async function twoOperators(backend: Backend, people: number): Promise<TwoOperators> {
  const api = await startEmulatorProcess(people);
  const trial = { contender: "ours", people, checkpoints: false } as const;
  let stack: Awaited<ReturnType<typeof stackOf>> | undefined;
  try {
    stack = await stackOf(api.emulator, trial, backend);
    await api.delayOneCreate(AT_WORK_MS);
    const begun = performance.now();
    let hasEnded = false;
    const running = stack.start(...LIFE.up).ended.finally(() => {
      hasEnded = true;
    });
    while (!hasEnded && (await api.requests()) === 0) await sleep(20);
    const refused = await stack.start(...LIFE.up).ended;
    const first = { ...(await running), seconds: secondsSince(begun), requests: await api.requests() };

    const begunAgain = performance.now();
    const ended = await stack.start(...LIFE["no-op up"]).ended;
    const requests = (await api.requests()) - first.requests;
    return { first, refused, again: { ...ended, seconds: secondsSince(begunAgain), requests } };
  } finally {
    await stack?.remove();
    await api.stop();
  }
}

function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000;
}
