import assert from "node:assert/strict";
import { GITHUB, GITLAB } from "../../provider/src/cli/comments/github-or-gitlab";
import { upsertComment } from "../../provider/src/cli/comments/upsert-comment";
import { isApiError } from "../../provider/src/client/errors";
import type { Clock } from "../../provider/src/clock";
import { APP, PERSON, ReviewHost } from "../support/review-host";

const TEXT = { marker: "<!-- mark -->", body: "<!-- mark -->\nnew" };
const NOW = Date.parse("2026-11-28T12:00:00Z");

for (const kind of ["github", "gitlab"] as const)
  describe(`a comment kept on ${kind}`, () => {
    let host: ReviewHost;
    let waits: number[];
    /** Passes every wait at once. */
    const clock: Clock = {
      now: () => NOW,
      after(ms, done) {
        waits.push(ms);
        setImmediate(done);
        return () => {};
      },
    };
    beforeEach(async () => {
      host = await ReviewHost.start(kind);
      waits = [];
    });
    afterEach(() => host.close());

    function keep(text = TEXT) {
      const target = {
        forge: kind === "github" ? GITHUB : GITLAB,
        apiUrl: host.url,
        repository: "acme/people",
        request: 3,
        token: host.token,
        tokenEnv: "TOKEN",
      };
      return upsertComment(target, text, clock, () => {});
    }

    it("is found behind hundreds of others, and one for each mark", async () => {
      for (let n = 0; n < 250; n++) host.add(`comment ${n}`);
      const ours = host.add("<!-- mark -->\nold", APP);
      host.add("a later one");
      assert.equal(await keep(), "updated");
      assert.equal(ours.body, TEXT.body);
      assert.equal(await keep({ marker: "<!-- other -->", body: "<!-- other -->\nnew" }), "created");
      assert.equal(host.comments.length, 253);
    });

    it("is one, if several runs write it at once, and later runs update it", async () => {
      host.together = 3;
      const texts = ["a", "b", "c"].map((text) => ({ ...TEXT, body: `${TEXT.marker}\n${text}` }));
      await Promise.all(texts.map((text) => keep(text)));
      assert.equal(host.requests.filter((request) => request.startsWith("POST")).length, 3);
      assert.equal(host.comments.length, 1);
      assert.ok(texts.some(({ body }) => body === host.bodies[0]));
      assert.equal(await keep(), "updated");
      assert.deepEqual(host.bodies, [TEXT.body]);
    });

    it("stays the oldest one of two, and the other is removed if it may be", async () => {
      for (const text of ["first", "second", "third"]) host.add(`<!-- mark -->\n${text}`, APP);
      host.faults.push({ status: 403, text: '{"message":"Forbidden"}', method: "DELETE" });
      assert.equal(await keep(), "updated");
      assert.deepEqual(host.bodies, [TEXT.body, "<!-- mark -->\nsecond"]);
    });

    it("is not another's who wrote the mark", async () => {
      host.add("<!-- mark -->\nNothing to see here");
      assert.equal(await keep(), "created");
      assert.deepEqual(host.bodies, ["<!-- mark -->\nNothing to see here", TEXT.body]);
      assert.equal(await keep(), "updated");
      assert.equal(host.comments.length, 2);
    });

    it("is the person's own, if the token is a person's", async () => {
      host.account = PERSON;
      host.add("<!-- mark -->\nby an app", APP);
      assert.equal(await keep(), "created");
      assert.equal(await keep(), "updated");
      assert.deepEqual(host.bodies, ["<!-- mark -->\nby an app", TEXT.body]);
    });

    for (const [what, fault] of [
      ["the connection is cut", {}],
      ["a gateway times out", { status: 504, text: "<title>Gateway Time-out</title>" }],
    ] as const)
      it(`stands there once, if ${what} after it was written`, async () => {
        host.faults.push({ ...fault, method: "POST", afterEffect: true });
        assert.equal(await keep(), "updated");
        assert.deepEqual(host.bodies, [TEXT.body]);
        assert.equal(waits.length, 1);
      });

    it("follows no redirect, which would carry the token along", async () => {
      const elsewhere = await ReviewHost.start(kind);
      try {
        host.faults.push({ status: 307, headers: { Location: `${elsewhere.url}/user` } });
        await assert.rejects(keep(), { reason: "rejected", status: 307 });
        assert.deepEqual(elsewhere.requests, []);
      } finally {
        await elsewhere.close();
      }
    });

    it("fails in words that do not have the token", async () => {
      host.faults.push({ status: 400, text: `{"message":"Bad header: ${host.token}"}` });
      await assert.rejects(keep(), (error) => {
        assert.ok(isApiError(error));
        assert.equal(error.text, "Bad header: [token]");
        assert.ok(!error.message.includes(host.token));
        return true;
      });
    });
  });
