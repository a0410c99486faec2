import assert from "node:assert/strict";
import { mock } from "node:test";
import { BackOffs } from "../../provider/src/api/back-off";
import { RequestScheduler, type Verb } from "../../provider/src/api/request-scheduler";
import { longestMs, retryDelay, withRetries } from "../../provider/src/api/retry";
import {
  type FailureReason,
  HeadshotProError,
  isHeadshotProError,
} from "../../provider/src/client/headshotpro-error";
import type { RequestHooks } from "../../provider/src/client/request-hooks";
import { VirtualClock } from "../support/virtual-clock";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const failure = (reason: FailureReason, retryInSeconds?: number) =>
  new HeadshotProError({
    reason,
    method: "GET",
    path: "/x",
    text: "no",
    ...(retryInSeconds !== undefined && { retryAt: new Date(NOW.getTime() + retryInSeconds * 1000) }),
  });

const VERBS = ["create", "read", "revoke", "move"] as const;
/** Who may repeat after which failure. */
const repeaters: Record<FailureReason, readonly string[]> = {
  unreachable: VERBS,
  "rate-limit": VERBS,
  server: ["read", "revoke", "move"],
  "no-reply": ["read", "revoke", "move"],
  "unusable-reply": ["read", "revoke", "move"],
  rejected: [],
  unauthorized: [],
  forbidden: [],
  "insufficient-credits": [],
  "not-found": [],
  "invite-limit": [],
  "wrong-address": [],
  "proxy-refused": [],
};

describe("retryDelay", () => {
  for (const [reason, who] of Object.entries(repeaters))
    for (const verb of VERBS) {
      const repeats = who.includes(verb);
      it(`${verb} after ${reason}: ${repeats ? "again, four times" : "never again"}`, () => {
        for (const attempt of [1, 2, 3, 4])
          assert.equal(
            retryDelay(failure(reason as FailureReason), verb, attempt, NOW, 0) !== undefined,
            repeats,
          );
        assert.equal(retryDelay(failure(reason as FailureReason), verb, 5, NOW, 0), undefined);
      });
    }

  const waits: [
    name: string,
    error: HeadshotProError,
    attempt: number,
    random: number,
    ms: number | undefined,
  ][] = [
    ["the first, at the earliest", failure("server"), 1, 0, 250],
    ["the first, at the latest", failure("server"), 1, 1, 750],
    ["the second: twice as long", failure("server"), 2, 0.5, 1000],
    ["the fourth", failure("no-reply"), 4, 0.5, 4000],
    ["a rate limit: until its reset", failure("rate-limit", 41), 1, 0, 41_000],
    ["a rate limit: spread over a second", failure("rate-limit", 41), 4, 0.5, 41_500],
    ["a rate limit that does not say when: soon", failure("rate-limit"), 1, 0, 1000],
    ["the second time: later", failure("rate-limit"), 2, 0.5, 4500],
    ["the fourth time: most of a window", failure("rate-limit"), 4, 0, 45_000],
    ["a rate limit that is over already: the same", failure("rate-limit", -60), 1, 0, 1000],
    ["a rate limit of two minutes is waited out", failure("rate-limit", 120), 1, 0, 120_000],
    ["a longer one is not", failure("rate-limit", 120.001), 1, 0, undefined],
  ];
  for (const [name, error, attempt, random, ms] of waits) {
    it(`${name}: ${ms} ms`, () => assert.equal(retryDelay(error, "read", attempt, NOW, random), ms));
  }
});

/** Runs through all waits at once; answers how often it was sent, and what was said. */
async function attempts(
  verb: Verb,
  errors: Error[],
  { random = 0, clock = new VirtualClock(NOW.getTime()) } = {},
) {
  const asked = mock.method(Math, "random", () => random);
  const began = clock.now();
  let sent = 0;
  const said: string[] = [];
  const send = async ({ beforeRequest, afterResponse }: Required<RequestHooks>) => {
    await beforeRequest();
    const error = errors[sent++];
    const refused = isHeadshotProError(error) && error.reason === "rate-limit";
    // A reply without a word on any limit.
    afterResponse({ sentAt: clock.now(), answeredAt: clock.now(), refused });
    if (error) throw error;
    return "done";
  };
  const say = (line: string) => void said.push(line);
  const waits = {
    scheduler: new RequestScheduler(say, clock),
    backOffs: new BackOffs(say, clock),
    clock,
    timeoutMs: 30_000,
  };
  const work = withRetries(verb, send, waits).catch((error: Error) => error);
  const outcome = await clock.through(work);
  const count = asked.mock.callCount();
  // At once: two mocks in one test would be restored in the order in which they were made, and leave the first behind.
  asked.mock.restore();
  return { outcome, sent, said, asked: count, took: clock.now() - began };
}

describe("withRetries", () => {
  it("answers what came in the end, and says nothing of short waits", async () => {
    const { outcome, sent, said } = await attempts("read", [failure("server"), failure("no-reply")]);
    assert.deepEqual({ outcome, sent, said }, { outcome: "done", sent: 3, said: [] });
  });

  it("gives up after four repeats, with the last failure", async () => {
    const errors = Array.from({ length: 9 }, () => failure("server"));
    const { outcome, sent } = await attempts("read", errors);
    assert.equal(sent, 5);
    assert.equal(outcome, errors[4]);
  });

  it("a create whose reply is lost is sent once", async () => {
    const lost = failure("no-reply");
    const { outcome, sent, said } = await attempts("create", [lost]);
    assert.deepEqual({ outcome, sent, said }, { outcome: lost, sent: 1, said: [] });
  });

  for (const error of [new Error("bug"), new TypeError("bug")]) {
    it(`what is not the API's failure is not repeated: ${error.name}`, async () => {
      const { outcome, sent } = await attempts("read", [error]);
      assert.deepEqual([outcome, sent], [error, 1]);
    });
  }

  it("ends within its bound: five time-outs and four back-offs", () => {
    assert.equal(longestMs(30_000), 161_250);
  });

  it("says how long a rate limit makes it wait", async () => {
    const { said, sent } = await attempts("create", [failure("rate-limit", 41)]);
    assert.deepEqual([said, sent], [["HeadshotPro's rate limit is reached: 1 invite waits 41 s"], 2]);
  });

  it("does not call a failing server a rate limit", async () => {
    const errors = Array.from({ length: 4 }, () => failure("server"));
    const { said } = await attempts("read", errors, { random: 0.9 });
    assert.equal(said.length, 1);
    assert.match(
      `${said}`,
      /^HeadshotPro does not answer properly \(no\): 1 request is tried again, for up to \d+ s$/,
    );
  });

  it("asks the rule once for each failure, and waits as long as that one answer says", async () => {
    const { asked, took, sent } = await attempts("read", [failure("server"), failure("no-reply")], {
      random: 0.5,
    });
    assert.deepEqual({ asked, took, sent }, { asked: 2, took: 500 + 1000, sent: 3 });
  });

  it("asks it by the one clock that it waits by, whatever this machine's shows", async () => {
    for (const [seconds, sends] of [
      [119, 2],
      [121, 1],
    ] as const) {
      const { sent, took } = await attempts("create", [failure("rate-limit", seconds)]);
      assert.deepEqual([sent, took], [sends, sends === 2 ? seconds * 1000 : 0]);
    }
  });

  it("does not disagree with itself at the bound, though the clock goes on while it thinks", async () => {
    for (let beyond = 0; beyond < 12; beyond++) {
      const error = failure("rate-limit", 120 + beyond / 1000);
      const { outcome, sent, took, asked } = await attempts("create", [error], {
        clock: new RestlessClock(NOW.getTime()),
      });
      assert.equal(asked, 1);
      // Given up, it has not waited; waited for, it is sent again after the announced time.
      if (outcome === error) assert.ok(sent === 1 && took < 1000, `given up after ${took} ms`);
      else assert.ok(outcome === "done" && sent === 2 && took >= 120_000, `sent again after ${took} ms`);
    }
  });
});

/** A clock that is a millisecond later each time somebody looks at it. */
class RestlessClock extends VirtualClock {
  override now(): number {
    this.set(super.now() + 1);
    return super.now();
  }
}
