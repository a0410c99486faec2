import assert from "node:assert/strict";
import { TeamMoves } from "../../provider/src/api/shared-requests";
import { ApiError, type FailureReason } from "../../provider/src/client/errors";
import { VirtualClock } from "../support/virtual-clock";

const failure = (reason: FailureReason) => new ApiError({ reason, method: "POST", path: "/x", text: "no" });
const people = (count: number) => Array.from({ length: count }, (_, i) => `p${i}@acme.com`);

describe("TeamMoves", () => {
  const clock = new VirtualClock();
  let requests: [teamId: string, emails: number][];
  let answer: (emails: readonly string[]) => Error | undefined;
  let moves: TeamMoves;
  beforeEach(() => {
    requests = [];
    answer = () => undefined;
    moves = new TeamMoves(async (teamId, emails) => {
      requests.push([teamId, emails.length]);
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

  it("people into one team share a request", async () => {
    assert.deepEqual(await move("t1", people(60)), []);
    assert.deepEqual(requests, [["t1", 60]]);
  });

  it("of at most 100", async () => {
    await move("t1", people(201));
    assert.deepEqual(requests, [
      ["t1", 100],
      ["t1", 100],
      ["t1", 1],
    ]);
  });

  it("into two teams they do not, nor one after the other", async () => {
    await Promise.all([move("t1", people(2)), move("t2", people(3))]);
    await move("t1", people(1));
    assert.deepEqual(requests, [
      ["t1", 2],
      ["t2", 3],
      ["t1", 1],
    ]);
  });

  for (const reason of ["rejected", "not-found"] as const)
    it(`one who cannot be moved does not keep the others: ${reason}`, async () => {
      answer = (emails) => (emails.includes("p1@acme.com") ? failure(reason) : undefined);
      assert.deepEqual(await move("t1", people(3)), [["p1@acme.com", reason]]);
      assert.deepEqual(requests, [
        ["t1", 3],
        ["t1", 1],
        ["t1", 1],
        ["t1", 1],
      ]);
    });

  it("one alone is asked for once", async () => {
    answer = () => failure("not-found");
    assert.deepEqual(await move("t1", people(1)), [["p0@acme.com", "not-found"]]);
    assert.equal(requests.length, 1);
  });

  for (const reason of ["forbidden", "unauthorized", "server", "rate-limit"] as const)
    it(`what would be the same for each is the same for all: ${reason}`, async () => {
      answer = () => failure(reason);
      assert.deepEqual(
        await move("t1", people(3)),
        people(3).map((email) => [email, reason]),
      );
      assert.equal(requests.length, 1);
    });
});
