import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { create, emulators, list } from "../support/emulators";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const PAGE = join(__dirname, "../../emulator/page");

interface Limited {
  rateLimit: { remaining: number; resetInMs: number } | null;
}

describe("emulator: page", () => {
  const start = emulators();

  it("answers a browser at /, unlogged and outside of the limit", async () => {
    const emulator = await start({ rateLimit: { limit: 1, windowSeconds: 600 } });
    for (let n = 0; n < 3; n += 1) {
      const response = await fetch(new URL("/", emulator.url), { headers: { accept: BROWSER } });
      assert.equal(response.status, 200);
      assert.match(await response.text(), /<title>HeadshotPro emulator<\/title>/);
      const policy = response.headers.get("content-security-policy") ?? "";
      assert.match(policy, /^default-src 'none';/);
      assert.doesNotMatch(policy, /unsafe|\*|data:|https?:/);
    }
    assert.deepEqual(emulator.requests, []);
  });

  for (const [what, path, init] of [
    ["a program at /", "/", { headers: { accept: "*/*" } }],
    ["a program that wants JSON", "/", { headers: { accept: "application/json" } }],
    ["a POST", "/", { method: "POST", headers: { accept: BROWSER } }],
    ["a browser elsewhere", "/index.html", { headers: { accept: BROWSER } }],
    ["a browser at an end point", "/api/v2/organization/invites", { headers: { accept: BROWSER } }],
  ] as const) {
    it(`leaves ${what} to the API, which logs it`, async () => {
      const emulator = await start();
      const response = await fetch(new URL(path, emulator.url), init);
      assert.equal(response.status, path.startsWith("/api") ? 401 : 404);
      assert.doesNotMatch(await response.text(), /<title>HeadshotPro emulator/);
      assert.equal(emulator.requests.length, 1);
    });
  }

  it("has its files, with their types, and nothing else of the disk", async () => {
    const emulator = await start();
    const ask = (name: string) => fetch(new URL(`/_emulator/page/${name}`, emulator.url));
    const types: Record<string, string> = {
      css: "text/css",
      html: "text/html",
      mjs: "text/javascript",
      svg: "image/svg+xml",
    };
    for (const name of readdirSync(PAGE).filter((file) => file !== "tsconfig.json")) {
      const type = types[name.split(".")[1] ?? ""];
      assert.equal((await ask(name)).headers.get("content-type"), `${type}; charset=utf-8`, name);
    }
    for (const name of [
      "",
      "tsconfig.json",
      "none.css",
      "%2e%2e%2fdist%2findex.js",
      "..%2fpackage.json",
      "main.mjs%00.css",
    ])
      assert.equal((await ask(name)).status, 404, name);
  });

  it("finds in the state what it shows: clock, credits, limits, teams, faults", async () => {
    const emulator = await start({
      credits: 5,
      uid: "org_1",
      name: "Acme",
      retentionDays: 30,
      now: () => Date.UTC(2031, 0, 1),
    });
    emulator.fault({ on: "create", kind: { status: 503 }, times: 2, after: 1 });
    emulator.fault({ on: "get", when: "after", kind: "reset", times: Infinity });
    await create(emulator, "ada@acme.com");
    await create(emulator, "grace@acme.com");
    assert.deepEqual(await control(emulator.url, "state"), {
      now: "2031-01-01T00:00:00.000Z",
      organization: { uid: "org_1", name: "Acme" },
      automation: { retentionDays: 30, nextShootMonths: null },
      credits: 5,
      pending: { count: 1, limit: 10 },
      teams: { team_xyz789: "Marketing", team_abc123: "Engineering" },
      rateLimit: { limit: 300, windowSeconds: 60, remaining: 298, resetInMs: 60_000 },
      faults: [
        { on: "create", kind: { status: 503 }, times: 1, after: 0 },
        { on: "get", when: "after", kind: "reset", times: "always", after: 0 },
      ],
      counts: { outbox: 1, requests: 2 },
    });
  });

  it("has the whole limit left when no window is open, and none without a limit", async () => {
    const clock = { now: Date.UTC(2031, 0, 1) };
    const emulator = await start({ now: () => clock.now });
    await list(emulator);
    clock.now += 60_000;
    const { rateLimit } = await control<Limited>(emulator.url, "state");
    assert.deepEqual([rateLimit?.remaining, rateLimit?.resetInMs], [300, 0]);
    emulator.setRateLimit(false);
    assert.equal((await control<Limited>(emulator.url, "state")).rateLimit, null);
  });

  it("asks for the newest of a log only", async () => {
    const emulator = await start();
    for (const name of ["ada", "grace", "alan"]) await create(emulator, `${name}@acme.com`);
    const sent = await control<{ to: string }[]>(emulator.url, "outbox?newest=2");
    assert.deepEqual(
      sent.map(({ to }) => to),
      ["grace@acme.com", "alan@acme.com"],
    );
    assert.equal((await control<object[]>(emulator.url, "requests?newest=9")).length, 3);
    for (const wrong of ["0", "-1", "x", ""])
      assert.deepEqual(await control(emulator.url, `requests?newest=${wrong}`), {
        error: `newest is a whole number above 0, not ${wrong}`,
      });
  });
});

async function control<Answer>(url: string, what: string): Promise<Answer> {
  const response = await fetch(new URL(`/_emulator/${what}`, url));
  return (await response.json()) as Answer;
}
