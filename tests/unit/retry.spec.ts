import assert from "node:assert/strict";
import { mock } from "node:test";
import {
  type FailureReason,
  HeadshotProError,
  isHeadshotProError,
  type Pass,
} from "../../provider/src/client";
import { BackOffs } from "../../provider/src/session/back-off";
import { Gate } from "../../provider/src/session/gate";
import { final, longestMs, retryDelay, withRetries } from "../../provider/src/session/retry";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const failure = (reason: FailureReason, retryInSeconds?: number) =>
  new HeadshotProError({
    reason,
    method: "GET",
    path: "/x",
    text: "no",
    ...(retryInSeconds !== undefined && { retryAt: new Date(NOW.getTime() + retryInSeconds * 1000) }),
  });

/** A reply without a word on any limit. */
const news = (refused: boolean) => ({ sentAt: Date.now(), answeredAt: Date.now(), refused });

const VERBS = ["create", "read", "revoke"] as const;
/** Who may repeat after which failure. */
const repeaters: Record<FailureReason, readonly string[]> = {
  unreachable: VERBS,
  "rate-limit": VERBS,
  server: ["read", "revoke"],
  "no-reply": ["read", "revoke"],
  "unusable-reply": ["read", "revoke"],
  rejected: [],
  unauthorized: [],
  forbidden: [],
  "insufficient-credits": [],
  "not-found": [],
  "invite-limit": [],
  "wrong-address": [],
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

describe("withRetries", () => {
  /** Runs through all waits at once; answers how often it was sent, and what was said. */
  async function attempts(verb: "create" | "read", errors: Error[], random = 0) {
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOW });
    mock.method(Math, "random", () => random);
    let sent = 0;
    const said: string[] = [];
    const send = async (pass: Pass) => {
      const done = await pass();
      const error = errors[sent++];
      done(news(isHeadshotProError(error) && error.reason === "rate-limit"));
      if (error) throw error;
      return "done";
    };
    let settled = false;
    const say = (line: string) => void said.push(line);
    const waits = { gate: new Gate(say), backOffs: new BackOffs(say) };
    const outcome = withRetries(verb, send, waits, 30_000).catch((error: Error) => error);
    void outcome.then(() => {
      settled = true;
    });
    while (!settled) {
      await new Promise((resolve) => setImmediate(resolve));
      mock.timers.tick(100);
    }
    return { outcome: await outcome, sent, said };
  }
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });

  it("answers what came in the end, and says nothing of short waits", async () => {
    const errors = [failure("server"), failure("no-reply")];
    assert.deepEqual(await attempts("read", errors), { outcome: "done", sent: 3, said: [] });
  });

  it("gives up after four repeats, with the last failure", async () => {
    const errors = Array.from({ length: 9 }, () => failure("server"));
    const { outcome, sent } = await attempts("read", errors);
    assert.equal(sent, 5);
    assert.equal(outcome, errors[4]);
  });

  it("a create whose reply is lost is sent once", async () => {
    const lost = failure("no-reply");
    assert.deepEqual(await attempts("create", [lost]), { outcome: lost, sent: 1, said: [] });
  });

  for (const error of [new Error("bug"), new TypeError("bug")]) {
    it(`what is not the API's failure is not repeated: ${error.name}`, async () => {
      assert.deepEqual(await attempts("read", [error]), { outcome: error, sent: 1, said: [] });
    });
  }

  it("what is final is not repeated, and thrown as it is", async () => {
    const error = failure("server");
    const { outcome, sent } = await attempts("read", [final(error) as Error]);
    assert.deepEqual([outcome, sent], [error, 1]);
  });

  it("ends within its bound: five time-outs and four back-offs", () => {
    assert.equal(longestMs(30_000), 161_250);
  });

  it("says how long a rate limit makes it wait", async () => {
    const { said, sent } = await attempts("create", [failure("rate-limit", 41)]);
    assert.deepEqual([said, sent], [["HeadshotPro's rate limit is reached: 1 invite waits 41 s"], 2]);
  });

  it("does not call a failing server a rate limit", async () => {
    const errors = Array.from({ length: 4 }, () => failure("server"));
    const { said } = await attempts("read", errors, 0.9);
    assert.equal(said.length, 1);
    assert.match(
      `${said}`,
      /^HeadshotPro does not answer properly \(no\): 1 request is tried again, for up to \d+ s$/,
    );
  });
});
