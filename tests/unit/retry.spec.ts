import assert from "node:assert/strict";
import type { Purpose } from "../../provider/src/api/rate-limiter";
import { longestMs, Requests, retryDelay } from "../../provider/src/api/retry";
import { ApiError, type FailureReason } from "../../provider/src/client/errors";
import type { RequestHooks } from "../../provider/src/client/types";
import { sleep } from "../../provider/src/clock";
import { settled, VirtualClock } from "../support/virtual-clock";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const failure = (reason: FailureReason, retryInSeconds?: number) =>
  new ApiError({
    ...{ reason, method: "GET", path: "/x", text: "no" },
    ...(retryInSeconds !== undefined && { retryAt: new Date(NOW.getTime() + retryInSeconds * 1000) }),
  });

/** All waits of one request that fails in the same way each time. */
function waits(error: ApiError, purpose: Purpose, random: number): number[] {
  const delays: number[] = [];
  for (;;) {
    const delay = retryDelay(error, purpose, delays.length + 1, NOW, random);
    if (delay === undefined) return delays;
    delays.push(delay);
  }
}

const PURPOSES = ["create", "read", "revoke", "move"] as const;
const NOT_CREATE = ["read", "revoke", "move"];
const NEVER: [readonly string[], number] = [[], 0];
/** Which requests are repeated after which failure, and how often. */
const repeats: Record<FailureReason, [purposes: readonly string[], times: number]> = {
  unreachable: [PURPOSES, 4],
  "rate-limit": [PURPOSES, 4],
  server: [NOT_CREATE, 4],
  "no-reply": [NOT_CREATE, 4],
  // What makes no sense hardly makes more the next time.
  "unusable-reply": [NOT_CREATE, 1],
  ...{
    rejected: NEVER,
    unauthorized: NEVER,
    forbidden: NEVER,
    "insufficient-credits": NEVER,
    "not-found": NEVER,
  },
  ...{ "invite-limit": NEVER, "wrong-address": NEVER, "proxy-refused": NEVER },
};

describe("retryDelay", () => {
  for (const [reason, [purposes, times]] of Object.entries(repeats))
    for (const purpose of PURPOSES) {
      const expected = purposes.includes(purpose) ? times : 0;
      it(`${purpose} after ${reason}: repeated ${expected} times, whether it is asked to wait or not`, () => {
        for (const error of [failure(reason as FailureReason), failure(reason as FailureReason, 9)])
          assert.equal(waits(error, purpose, 0).length, expected);
      });
    }

  const asked = (seconds: number) => Array(4).fill(seconds * 1000);
  const SOON_THEN_A_WINDOW = [1000, 4000, 16_000, 45_000];
  const cases: [name: string, error: ApiError, random: number, delays: number[]][] = [
    ["back-offs at the earliest", failure("server"), 0, [250, 500, 1000, 2000]],
    ["back-offs at the latest", failure("unreachable"), 1, [750, 1500, 3000, 6000]],
    ["a rate limit that says when", failure("rate-limit", 41), 1, asked(41)],
    ["a rate limit that does not: soon, then a window", failure("rate-limit"), 1, SOON_THEN_A_WINDOW],
    ["a rate limit that is over already: the same", failure("rate-limit", -60), 0, SOON_THEN_A_WINDOW],
    ["a failing server that says too soon", failure("server", 1), 0.5, [1000, 1000, 2000, 4000]],
    ["two minutes are waited out", failure("server", 120), 0, asked(120)],
    ["longer is not", failure("server", 120.001), 0, []],
  ];
  for (const [name, error, random, delays] of cases)
    it(name, () => assert.deepEqual(waits(error, "read", random), delays));

  it("a request ends within its bound: five time-outs and four back-offs", () => {
    const sum = waits(failure("server"), "read", 1).reduce((a, b) => a + b, 0);
    assert.deepEqual([longestMs(30_000), sum + 5 * 30_000], [161_250, 161_250]);
  });
});

/** Runs through all waits at once; answers how often it was sent, and what was reported. */
async function attempts(purpose: Purpose, errors: Error[]) {
  const clock = new VirtualClock(NOW.getTime());
  const began = clock.now();
  let sent = 0;
  const lines: string[] = [];
  const send = async ({ beforeRequest, afterResponse }: Required<RequestHooks>) => {
    await beforeRequest();
    const error = errors[sent++];
    // A reply without a word on any limit.
    afterResponse({ sentAt: clock.now(), answeredAt: clock.now(), refused: false });
    if (error) throw error;
    return "done";
  };
  const work = new Requests((line) => lines.push(line), clock, 30_000).send(purpose, send);
  const outcome = await clock.through(work.catch((error: Error) => error));
  return { outcome, sent, lines, took: clock.now() - began };
}

describe("Requests", () => {
  it("a create whose reply is lost is sent once", async () => {
    const lost = failure("no-reply");
    const { outcome, sent, lines } = await attempts("create", [lost]);
    assert.deepEqual({ outcome, sent, lines }, { outcome: lost, sent: 1, lines: [] });
  });

  for (const [reason, why] of [
    ["rate-limit", "HeadshotPro's rate limit is reached"],
    ["server", "HeadshotPro asks to wait (no)"],
  ] as const)
    it(`says how long it is asked to wait: ${reason}`, async () => {
      const { lines, sent, took } = await attempts("read", [failure(reason, 41)]);
      assert.deepEqual([lines, sent, took], [[`${why}: 1 look-up waits 41 s`], 2, 41_000]);
    });

  it("nothing that makes is repeated after a lost reply, nor what can be done without but after a limit", async () => {
    const clock = new VirtualClock(NOW.getTime());
    const requests = new Requests(() => {}, clock, 30_000);
    const goesOn = (error: Error, purpose: Purpose, isOptional = false) =>
      clock.through(requests.waitAfter(error, requests.begin(purpose, { isOptional })));
    assert.equal(await goesOn(failure("no-reply"), "make a team"), false);
    assert.equal(await goesOn(failure("server"), "read", true), false);
    assert.equal(await goesOn(failure("rate-limit"), "read", true), true);
    assert.equal(await goesOn(new TypeError("bug"), "read"), false);
  });

  it("a proxy that refuses is asked once", async () => {
    const requests = new Requests(() => {}, new VirtualClock(), 30_000);
    const refused = failure("proxy-refused");
    await requests.waitAfter(refused, requests.begin("read"));
    await assert.rejects(async () => requests.begin("read").hooks.beforeRequest(), refused);
  });

  it("does not call a failing server a rate limit", async () => {
    const { lines } = await attempts("read", Array(4).fill(failure("server")));
    const said = /^HeadshotPro does not answer properly \(no\): 1 request is tried again, for up to \d+ s$/;
    assert.match(`${lines}`, said);
  });

  it("reports once a minute that the API does not answer properly, counting time-outs as waits", async () => {
    const clock = new VirtualClock();
    const lines: string[] = [];
    const requests = new Requests((line) => lines.push(line), clock, 30_000);
    const hang = () =>
      requests.send("read", () => sleep(clock, 30_000).then(() => Promise.reject(failure("no-reply"))));
    const failed = Promise.allSettled([hang(), hang(), hang()]);
    clock.advance(30_000);
    await settled();
    clock.advance(210);
    assert.match(`${lines}`, /properly \(no\): 3 requests are tried again, for up to 132 s$/);
    await clock.through(failed);
    assert.equal(lines.length, 2, "in two minutes");
  });

  it("knows the API's clock to a second", async () => {
    const clock = new VirtualClock();
    const requests = new Requests(() => {}, clock, 30_000);
    const date = Math.floor((clock.now() + 3_600_700) / 1000) * 1000;
    await requests.send("read", async ({ afterResponse }) =>
      afterResponse({ sentAt: clock.now(), answeredAt: clock.now(), date, refused: false }),
    );
    assert.ok(Math.abs(requests.toOwnTime(clock.now() + 3_600_700) - clock.now()) <= 1000);
  });
});
