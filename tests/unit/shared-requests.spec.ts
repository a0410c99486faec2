import assert from "node:assert/strict";
import { PeopleList, SharedAnswer, TeamMoves } from "../../provider/src/api/shared-requests";
import { ApiError, type FailureReason } from "../../provider/src/client/errors";
import type { InviteList, ListedInvite } from "../../provider/src/client/types";
import { personOf } from "../../provider/src/invite/email";
import { VirtualClock } from "../support/virtual-clock";

const ADA = personOf("ada@acme.com");
const BOB = personOf("bob@acme.com");

/** A list whose every fetch is answered by hand. */
function setUp() {
  const fetches: { answer(status: string, email?: string): void; fail(error: Error): void }[] = [];
  const clock = new VirtualClock();
  const list = new PeopleList((sent) => {
    sent();
    return new Promise<InviteList>((resolve, fail) => {
      const answer = (status: string, email = "ada@acme.com") =>
        resolve({ invites: [{ email, status } as ListedInvite], unreadable: 0 });
      fetches.push({ answer, fail });
    });
  }, clock);
  return { list, fetches, clock };
}

describe("PeopleList", () => {
  it("keeps an answer for as long as the question allows, from when it was asked for", async () => {
    const { list, fetches, clock } = setUp();
    const first = list.find(ADA, 1000);
    clock.advance(600);
    fetches[0]?.answer("pending");
    await first;
    clock.advance(400);
    assert.equal((await list.find(ADA, 1000)).entry?.status, "pending");
    clock.advance(1);
    void list.find(ADA, 1000);
    assert.equal(fetches.length, 2, "older than 1000 ms by now");
    void list.find(ADA, 60_000);
    assert.equal(fetches.length, 2);
  });

  it("does not answer with a list from before a change, though it comes after it and the clock was set back", () => {
    for (const back of [0, 500_000]) {
      const { list, fetches, clock } = setUp();
      void list.find(ADA, 60_000);
      clock.set(clock.now() - back);
      list.changed(ADA);
      void list.find(ADA, 60_000);
      assert.equal(fetches.length, 2);
    }
  });

  it("is as old as when it was sent for, which may be long after it was wanted, and again with each repeat", async () => {
    const sends: (() => void)[] = [];
    let answer: (list: InviteList) => void = () => {};
    const clock = new VirtualClock(1_000_000);
    const list = new PeopleList((sent) => {
      sends.push(sent);
      return new Promise((resolve) => {
        answer = resolve;
      });
    }, clock);
    const first = list.find(ADA, 1000);
    list.changed(ADA);
    clock.advance(55_000);
    void list.find(ADA, 1000);
    assert.equal(sends.length, 1, "it has not been sent yet, so it will tell of all that came before");
    sends[0]?.();
    clock.advance(900);
    sends[0]?.();
    answer({ invites: [], unreadable: 0 });
    assert.equal((await first).askedAt, 1_055_900);
    clock.advance(1000);
    void list.find(ADA, 1000);
    assert.equal(sends.length, 1);
    list.changed(ADA);
    void list.find(ADA, 1000);
    assert.equal(sends.length, 2);
  });

  it("fails at once for a minute for who can do without, and is asked for by who cannot", async () => {
    const { list, fetches, clock } = setUp();
    const failing = list.find(ADA, 60_000);
    fetches[0]?.fail(new Error("down"));
    await assert.rejects(failing, /down/);
    await assert.rejects(list.findUnlessFailing(BOB, 60_000), /down/);
    assert.equal(fetches.length, 1);
    clock.advance(60_000);
    const later = list.findUnlessFailing(BOB, 60_000);
    fetches[1]?.fail(new Error("still down"));
    await assert.rejects(later, /still down/);
    const needed = list.find(BOB, 60_000);
    fetches[2]?.answer("pending", "bob@acme.com");
    assert.equal((await needed).entry?.status, "pending");
    assert.equal((await list.findUnlessFailing(BOB, 60_000)).entry?.status, "pending");
  });

  it("that failed late does not drop the one that came after it", async () => {
    const { list, fetches, clock } = setUp();
    const late = list.find(ADA, 0);
    clock.advance(10);
    const next = list.find(ADA, 0);
    fetches[0]?.fail(new Error("down"));
    await assert.rejects(late, /down/);
    fetches[1]?.answer("pending");
    await next;
    assert.equal((await list.find(ADA, 0)).entry?.status, "pending");
  });

  it("answers nothing, about anybody, from before another process changed somebody", async () => {
    const { list, fetches } = setUp();
    const early = list.everyone(10_000);
    list.changedElsewhere();
    const everyone = list.everyone(10_000);
    const ada = list.find(ADA, 10_000);
    assert.equal(fetches.length, 2, "one more, for both");
    fetches[0]?.answer("pending");
    fetches[1]?.answer("accepted");
    assert.equal((await early).people.get(ADA)?.status, "pending");
    assert.equal((await everyone).people.get(ADA)?.status, "accepted");
    assert.equal((await ada).entry?.status, "accepted");
  });
});

it("a shared answer is asked for once in a run, again once it is too old, and anew after a change elsewhere", async () => {
  const clock = new VirtualClock();
  let asked = 0;
  const answer = new SharedAnswer(async () => ++asked, clock);
  assert.equal(answer.wasAsked, false);
  assert.deepEqual([await answer.ofRun(), await answer.ofRun(), answer.wasAsked], [1, 1, true]);
  clock.advance(1000);
  assert.deepEqual([await answer.noOlderThan(1000), await answer.noOlderThan(999)], [1, 2]);
  answer.changedElsewhere();
  assert.equal(await answer.ofRun(), 3);
});

const failure = (reason: FailureReason) => new ApiError({ reason, method: "POST", path: "/x", text: "no" });
const people = (count: number) => Array.from({ length: count }, (_, i) => `p${i}@acme.com`);

describe("TeamMoves", () => {
  const clock = new VirtualClock();
  /** The team, and how many people. */
  let requests: string[];
  let answer: (emails: readonly string[]) => Error | undefined;
  let moves: TeamMoves;
  beforeEach(() => {
    requests = [];
    answer = () => undefined;
    moves = new TeamMoves(async (teamId, emails) => {
      requests.push(`${teamId} ${emails.length}`);
      const error = answer(emails);
      if (error) throw error;
    }, clock);
  });

  /** @returns who was not moved, and why */
  async function move(teamId: string, emails: string[]): Promise<[email: string, reason: FailureReason][]> {
    const failed: [string, FailureReason][] = [];
    const each = emails.map((email) =>
      moves.into(teamId, email).catch(({ reason }) => failed.push([email, reason])),
    );
    await clock.through(Promise.all(each));
    return failed;
  }

  it("people into one team share requests of at most 100", async () => {
    assert.deepEqual(await move("t1", people(201)), []);
    assert.deepEqual(requests, ["t1 100", "t1 100", "t1 1"]);
  });

  it("into two teams they do not, nor one after the other", async () => {
    await Promise.all([move("t1", people(2)), move("t2", people(3))]);
    await move("t1", people(1));
    assert.deepEqual(requests, ["t1 2", "t2 3", "t1 1"]);
  });

  for (const reason of ["rejected", "not-found"] as const)
    it(`one who cannot be moved does not keep the others: ${reason}`, async () => {
      answer = (emails) => (emails.includes("p1@acme.com") ? failure(reason) : undefined);
      assert.deepEqual(await move("t1", people(3)), [["p1@acme.com", reason]]);
      assert.deepEqual(requests, ["t1 3", "t1 1", "t1 1", "t1 1"]);
    });

  it("one alone is asked for once", async () => {
    answer = () => failure("not-found");
    assert.deepEqual(await move("t1", people(1)), [["p0@acme.com", "not-found"]]);
    assert.equal(requests.length, 1);
  });

  for (const reason of ["forbidden", "server"] as const)
    it(`what would be the same for each is the same for all: ${reason}`, async () => {
      answer = () => failure(reason);
      assert.deepEqual(
        await move("t1", people(3)),
        people(3).map((email) => [email, reason]),
      );
      assert.equal(requests.length, 1);
    });
});
