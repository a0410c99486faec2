import assert from "node:assert/strict";
import { type EmulatorOptions, startEmulator } from "headshotpro-emulator";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import {
  carryOut,
  halfIsTaken,
  limitDoubles,
  type Meanwhile,
  prepare,
  requestsAt,
  type Work,
} from "../support/limited-work";
import { failsWith } from "../support/operations";
import { OneRun, VirtualClock } from "../support/virtual-clock";

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

const about = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${name}${i}@acme.com`);

throughEachFace("a rate limit of a second", (labForAll) => {
  const lab = labForAll({ rateLimit: { limit: 6, windowSeconds: 1 } });

  it("is waited out, and nothing to talk about", async () => {
    const people = about("real", 8);
    await Promise.all(people.map((email) => lab.provider.create({ email })));
    for (const email of people) assert.equal(lab.emailsTo(email), 1, email);
    assert.deepEqual(lab.provider.printed, []);
  });
});

describe("a long wait", () => {
  const limit = (seconds: number) => ({ status: 429, code: "RATE_LIMIT_EXCEEDED", retryAfter: seconds });
  const lab = virtualLabForAll({ rateLimit: false });

  it("is said once, with how long and for how many, and not once for each", async () => {
    lab.emulator.fault({ on: "create", kind: limit(41), times: 20 });
    await Promise.all(about("said", 20).map((email) => lab.provider.create({ email })));
    const [line, ...more] = lab.provider.printed;
    assert.match(line ?? "", /^HeadshotPro's rate limit is reached: 20 invites wait 4[12] s$/);
    assert.deepEqual(more, []);
    assert.equal(lab.emulator.outbox.length, 20);
  });

  it("is said again for the next one", async () => {
    lab.emulator.fault({ on: "create", kind: limit(30), times: 2 });
    await lab.provider.create({ email: "twice@acme.com" });
    assert.equal(lab.provider.printed.length, 2);
    for (const line of lab.provider.printed)
      assert.match(line, /^HeadshotPro's rate limit is reached: 1 invite waits 3[01] s$/);
  });

  it("of more than two minutes is not waited out", async () => {
    lab.emulator.fault({ on: "create", kind: limit(300) });
    await failsWith(
      lab.provider.create({ email: "long@acme.com" }),
      /rate limit .*\. Run the same command again in a few minutes\.$/,
    );
    assert.equal(lab.requestsAbout("long@acme.com").length, 1);
    assert.deepEqual(lab.provider.printed, []);
  });

  it("stops all: nobody runs into the limit that somebody else has met", async () => {
    lab.emulator.fault({ on: "create", kind: limit(60), email: "first@acme.com" });
    let others: Promise<unknown>[] = [];
    lab.once("answered", "create", "first@acme.com", () =>
      lab.clock.after(1, () => {
        others = about("other", 5).map((email) => lab.provider.create({ email }));
      }),
    );
    const refusedAt = lab.clock.now();
    let goesOnAt = 0;
    lab.once("asked", "create", "other0@acme.com", () => {
      goesOnAt = lab.clock.now();
    });
    await lab.provider.create({ email: "first@acme.com" });
    await Promise.all(others);
    assert.ok(goesOnAt - refusedAt >= 60_000, "nothing is sent before the reset");
    const [, second] = lab.emulator.requests.filter(({ verb }) => verb === "create").map((one) => one.email);
    assert.equal(second, "first@acme.com", "who came first goes first");
  });
});
