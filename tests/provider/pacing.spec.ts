import assert from "node:assert/strict";
import { type EmulatorOptions, startEmulator } from "headshotpro-emulator";
import {
  carryOut,
  halfIsTaken,
  limitDoubles,
  type Meanwhile,
  prepare,
  requestsAt,
  type Work,
} from "../support/limited-work";
import { OneRun } from "../support/one-run";
import { VirtualClock } from "../support/virtual-clock";

const LIMIT = 100;
const WINDOW_SECONDS = 60;

interface Trial {
  work: Work;
  people: number;
  meanwhile?: Meanwhile;
  options?: EmulatorOptions;
}

async function outcomeOf({ work, people, meanwhile, options }: Trial) {
  const clock = new VirtualClock();
  const run = new OneRun(clock);
  const emulator = await startEmulator({
    ...{ rateLimit: { limit: LIMIT, windowSeconds: WINDOW_SECONDS }, ...options },
    now: () => clock.now(),
    onRequest(record) {
      run.dealtWith(record);
      alsoDo?.(record);
    },
  });
  const alsoDo = meanwhile?.(emulator, LIMIT);
  const emails = Array.from({ length: people }, (_, i) => `person${i}@acme.com`);
  prepare(work, emulator, emails);
  try {
    const began = clock.now();
    const failed = await carryOut(work, emulator, emails, run);
    return { failed, seconds: (clock.now() - began) / 1000, ...requestsAt(emulator) };
  } finally {
    await emulator.close();
  }
}

/** What fits, fits: nobody fails, hardly a request is refused, and no longer is waited than the windows last. */
describe(`pacing by the API's headers, ${LIMIT} requests in ${WINDOW_SECONDS} s`, () => {
  const trials: [name: string, Trial, most: { refused: number; windows: number }][] = [
    ["250 invites", { work: "create", people: 250 }, { refused: 2, windows: 2 }],
    ["250 invites one by one", { work: "create one by one", people: 250 }, { refused: 2, windows: 2 }],
    ["250 people refreshed", { work: "refresh", people: 250 }, { refused: 0, windows: 0 }],
    ["250 revokes", { work: "destroy", people: 250 }, { refused: 2, windows: 2 }],
    [
      "150 invites while another client takes half",
      { work: "create", people: 150, meanwhile: halfIsTaken },
      { refused: 4, windows: 2 },
    ],
    [
      "400 invites while the limit doubles",
      { work: "create", people: 400, meanwhile: limitDoubles(150, WINDOW_SECONDS) },
      { refused: 4, windows: 2 },
    ],
  ];
  for (const [name, trial, most] of trials)
    it(`${name}: all of them, ${most.windows} windows waited out, at most ${most.refused} refusals`, async () => {
      const { failed, refused, seconds } = await outcomeOf(trial);
      assert.equal(failed, 0);
      assert.ok(refused <= most.refused, `${refused} refused`);
      assert.ok(seconds <= most.windows * WINDOW_SECONDS + 1, `${seconds} s`);
    });

  for (const rateLimitHeaders of ["lying", false] as const)
    it(`headers that are ${rateLimitHeaders || "missing"} make nobody fail`, async () => {
      const { failed } = await outcomeOf({ work: "create", people: 250, options: { rateLimitHeaders } });
      assert.equal(failed, 0);
    });
});
