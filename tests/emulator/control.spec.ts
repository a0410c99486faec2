import assert from "node:assert/strict";
import type { Emulator } from "headshotpro-emulator";
import { type Answer, bring, call, emulators } from "../support/emulators";

const ADA = "ada@acme.com";
const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/** Asks the control, which needs no key. */
function control(emulator: Emulator, method: string, path: string, body?: unknown): Promise<Answer> {
  const { origin } = new URL(emulator.url);
  const headers = { "content-type": "application/json" };
  return call({ ...emulator, url: origin }, method, `/_emulator/${path}`, body, { headers });
}

describe("emulator: control over HTTP", () => {
  const start = emulators();

  it("plays what people and admins do, and is not logged", async () => {
    const emulator = await start();
    bring(emulator, ADA, "pending");
    for (const [deed, status, body] of [
      ["accept", "accepted"],
      ["upload", "uploading"],
      ["generate", "generating"],
      ["complete", "completed"],
      ["retry", "uploading"],
      ["generate", "generating"],
      ["complete", "completed"],
      ["next-shoot", "accepted", { status: "accepted" }],
      ["move", "accepted", { teamId: "team_xyz789" }],
      ["leave", "deleted"],
    ] as const) {
      const answer = await control(emulator, "POST", `people/ada%40acme.com/${deed}`, body);
      assert.equal(answer.body.status, status, deed);
    }
    bring(emulator, "bob@acme.com", "pending");
    await control(emulator, "POST", "people/bob@acme.com/expire");
    assert.throws(() => emulator.accept("bob@acme.com"), /the link expired/);
    assert.equal((await control(emulator, "POST", "people/bob@acme.com/revoke")).body.status, "revoked");
    assert.equal(emulator.invite(ADA)?.teamId, "team_xyz789");
    assert.deepEqual((await control(emulator, "GET", "invites")).body, emulator.invites());
    assert.deepEqual((await control(emulator, "GET", "outbox")).body, emulator.outbox);
    assert.deepEqual((await control(emulator, "GET", "requests")).body, []);
  });

  it("turns the clock, and what is due happens", async () => {
    const emulator = await start();
    const now = async (turn: object) => (await control(emulator, "POST", "clock", turn)).body.now;
    assert.match(await now({ set: "2031-05-01" }), /^2031-05-01T00:00:0/);
    bring(emulator, ADA, "completed");
    const set = { retentionDays: 30, nextShootMonths: 12 };
    assert.deepEqual((await control(emulator, "POST", "automation", set)).body, set);
    const off = await control(emulator, "POST", "automation", { nextShootMonths: null });
    assert.deepEqual(off.body, { ...set, nextShootMonths: null });
    assert.match(await now({ advanceDays: 30 }), /^2031-05-31T00:00:0/);
    assert.equal((await control(emulator, "GET", "invites")).body[0].status, "deleted");
  });

  for (const [path, body, status = 400] of [
    ["people/ada@acme.com/accept", undefined],
    ["people/ada@acme.com/move", { teamId: "team_none" }],
    ["people/ada@acme.com/toString", undefined, 404],
    ["keys", {}],
    ["clock", {}],
    ["faults", null],
    ["nothing", undefined, 404],
  ] as const)
    it(`refuses ${path} with ${JSON.stringify(body) ?? "nothing"}`, async () => {
      const emulator = await start();
      bring(emulator, ADA, "completed");
      const answer = await control(emulator, "POST", path, body);
      assert.equal(answer.status, status);
      assert.equal(typeof answer.body.error, "string");
    });
});

describe("emulator: the page's files", () => {
  const start = emulators();

  it("answers a browser and curl at /, unlogged and outside of the limit", async () => {
    const emulator = await start({ rateLimit: { limit: 1, windowSeconds: 600 } });
    for (const accept of [BROWSER, "*/*", ""]) {
      const response = await fetch(new URL("/", emulator.url), { headers: { accept } });
      assert.equal(response.status, 200);
      assert.match(await response.text(), /<title>HeadshotPro emulator<\/title>/);
      const policy = response.headers.get("content-security-policy") ?? "";
      assert.match(policy, /^default-src 'none';/);
      assert.doesNotMatch(policy, /unsafe|\*|data:|https?:/);
    }
    assert.deepEqual(emulator.requests, []);
  });

  it("has its files, and nothing else of the disk", async () => {
    const emulator = await start();
    const ask = (name: string) => fetch(new URL(`/_emulator/page/${name}`, emulator.url));
    const main = await ask("main.mjs");
    assert.equal(main.headers.get("content-type"), "text/javascript; charset=utf-8");
    for (const name of ["", "tsconfig.json", "none.css", "main.mjs%00.css", "%2e%2e%2fdist%2findex.js"])
      assert.equal((await ask(name)).status, 404, name);
  });
});
