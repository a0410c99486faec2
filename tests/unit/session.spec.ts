import assert from "node:assert/strict";
import { Session } from "../../provider/src/api/session";
import { isApiError } from "../../provider/src/client/errors";
import { personOf } from "../../provider/src/invite/email";
import { isOver } from "../../provider/src/invite/headshots-guard";
import { resolveSettings } from "../../provider/src/settings";
import { VirtualClock } from "../support/virtual-clock";

const ADA = personOf("ada@acme.com");
const OK = { success: true, message: "Done" };
const ada = (status = "pending") => ({ success: true, invite: { email: "Ada@Acme.com", status } });

interface Answer {
  status?: number;
  body: object;
}

/** A session at an API that answers from a script; it is asked for "GET /organization/invites/ada@acme.com". */
class Script {
  readonly clock = new VirtualClock();
  readonly requests: string[] = [];
  readonly bodies: unknown[] = [];
  answers: Record<string, Answer[]> = {};
  readonly session = new Session(
    resolveSettings((key) => ({ apiKey: "hp_key", baseUrl: "http://127.0.0.1:1/api/v2" })[key], {}),
    () => {},
    {
      clock: this.clock,
      fetch: async (url, init) => {
        const { method, body } = init as { method: string; body?: string };
        const request = `${method} ${url.replace("http://127.0.0.1:1/api/v2/organization", "")}`;
        this.requests.push(request);
        if (body) this.bodies.push(JSON.parse(body));
        const left = this.answers[request] ?? assert.fail(`not in the script: ${request}`);
        const answer = (left.length > 1 ? left.shift() : left[0]) as Answer;
        return {
          status: answer.status ?? 200,
          headers: new Headers(),
          text: async () => JSON.stringify(answer.body),
        };
      },
    },
  );

  through<T>(work: Promise<T>): Promise<T> {
    return this.clock.through(work);
  }

  /** As a caller revokes. @returns the statuses that it saw */
  async revoke(): Promise<string[]> {
    const seen: string[] = [];
    for (;;) {
      const look = await this.session.lookToRevoke(ADA);
      seen.push(look.found?.status ?? "nobody");
      if (!look.found || isOver(look.found.status)) return seen;
      if ((await this.session.revokeSeen(ADA, look)) !== "stale") return seen;
    }
  }
}

const GET = "GET /invites/ada@acme.com";
const LIST = "GET /invites";
const REVOKE = "POST /invites/revoke";
const MEMBERS = "POST /teams/t1/members";
const busy: Answer = { status: 503, body: {} };

const becauseOf = (reason: string) => (error: unknown) => isApiError(error) && error.reason === reason;

describe("a session", () => {
  let lab: Script;
  beforeEach(() => {
    lab = new Script();
  });

  it("repeats a move whose reply is lost, and what it knew before is old then", async () => {
    lab.answers = { [LIST]: [{ body: { invites: [] } }], [MEMBERS]: [busy, { body: OK }] };
    const { session } = lab;
    await lab.through(session.listed(ADA));
    await lab.through(session.moveToTeam(ADA, "t1", "Ada@Acme.com"));
    await lab.through(session.listed(ADA));
    assert.deepEqual(lab.requests, [LIST, MEMBERS, MEMBERS, LIST]);
    assert.deepEqual(lab.bodies[1], { emails: ["Ada@Acme.com"] });
  });

  it("asks once for the organization and the credits, for all who want to know, though it may not", async () => {
    const [organization, { session }] = [{ uid: "u1", name: "Acme" }, lab];
    lab.answers = {
      "GET ": [{ body: { organization } }],
      "GET /credits": [{ status: 403, body: { success: false, code: "FORBIDDEN" } }],
    };
    const answers = await lab.through(Promise.all([session.organization(), session.organization()]));
    assert.deepEqual(answers, [organization, organization]);
    for (let time = 0; time < 2; time++)
      await assert.rejects(lab.through(session.credits()), becauseOf("forbidden"));
    assert.deepEqual(lab.requests, ["GET ", "GET /credits"]);
  });

  it("lists those who are deleted, with no live entry, and nobody who is revoked", async () => {
    const rows = ["a deleted", "b revoked", "c pending", "c deleted"].map((row) => row.split(" "));
    lab.answers = { [LIST]: [{ body: { invites: rows.map(([email, status]) => ({ email, status })) } }] };
    const { people } = await lab.through(lab.session.everyone());
    const told = [...people].map(([email, { status, liveEntries }]) => `${email} ${status} ${liveEntries}`);
    assert.deepEqual(told, ["a deleted 0", "c pending 1"]);
  });

  it("asks at most twice where the answer is about somebody else", async () => {
    lab.answers = { [GET]: [{ body: { invite: { email: "bob@acme.com", status: "completed" } } }] };
    const failed = lab.through(lab.session.lookUp(ADA));
    await assert.rejects(failed, (error) => isApiError(error) && /somebody other than/.test(error.text));
    assert.deepEqual(lab.requests, [GET, GET]);
  });
});

describe("a team whose reply does not name it", () =>
  it("is not sent for again before somebody looks", async () => {
    const lab = new Script();
    lab.answers = { "POST /teams": [{ body: { organization: { uid: "org_1" } } }] };
    await assert.rejects(lab.through(lab.session.createTeam("A")), becauseOf("unusable-reply"));
    assert.equal(lab.requests.length, 1);
  }));

describe("a revoke", () => {
  let lab: Script;
  beforeEach(() => {
    lab = new Script();
  });

  it("of somebody who is deleted, or not there, sends nothing", async () => {
    lab.answers = { [GET]: [{ body: ada("deleted") }] };
    assert.deepEqual(await lab.through(lab.revoke()), ["deleted"]);
    for (const found of [undefined, { email: ADA, status: "deleted" }])
      assert.equal(await lab.session.revokeSeen(ADA, { found, seenAt: lab.clock.now() }), "gone");
    assert.deepEqual(lab.requests, [GET]);
  });

  for (const [ms, outcome, requests] of [
    [10_000, "revoked", [REVOKE]],
    [10_001, "stale", []],
  ] as const)
    it(`by a look of ${ms} ms ago: ${outcome}`, async () => {
      lab.answers = { [REVOKE]: [{ body: OK }] };
      const look = { found: ada().invite, seenAt: lab.clock.now() - ms };
      assert.equal(await lab.through(lab.session.revokeSeen(ADA, look)), outcome);
      assert.deepEqual(lab.requests, requests);
    });

  it("is sent five times at most, however often the caller looks, and then looked into", async () => {
    lab.answers = { [GET]: [{ body: ada() }], [REVOKE]: [busy] };
    await assert.rejects(lab.through(lab.revoke()), (error) => isApiError(error) && error.status === 503);
    assert.deepEqual(lab.requests, [...Array(5).fill([GET, REVOKE]).flat(), GET]);
  });

  it("whose replies were all lost is a success if they are gone", async () => {
    const gone = { status: 404, body: { success: false, code: "NOT_FOUND" } };
    lab.answers = {
      [GET]: [...Array(5).fill({ body: ada() }), gone],
      [REVOKE]: [busy],
      [LIST]: [{ body: { invites: [] } }],
    };
    assert.equal((await lab.through(lab.revoke())).length, 5);
  });

  it("with a key that may not is told at once", async () => {
    lab.answers = {
      [GET]: [{ body: ada() }],
      [REVOKE]: [{ status: 403, body: { success: false, code: "FORBIDDEN" } }],
    };
    await assert.rejects(lab.through(lab.revoke()), becauseOf("forbidden"));
    assert.deepEqual(lab.requests, [GET, REVOKE]);
  });

  for (const [now, ends] of [
    ["revoked", true],
    ["pending", false],
  ] as const)
    it(`that is refused is looked into: ${now}`, async () => {
      lab.answers = {
        [GET]: [{ body: ada() }, { body: ada(now) }],
        [REVOKE]: [{ status: 400, body: { success: false, code: "INVALID_REQUEST" } }],
      };
      const outcome = lab.through(lab.revoke());
      if (ends) await outcome;
      else await assert.rejects(outcome, becauseOf("rejected"));
      assert.deepEqual(lab.requests, [GET, REVOKE, GET]);
    });
});
