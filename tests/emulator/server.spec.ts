import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { call, create, emulators, get, list, revoke } from "../support/emulators";

const ADA = "ada@acme.com";

describe("emulator: server", () => {
  const start = emulators();

  it("listens on a free port of loopback, and rejects when the port is taken", async () => {
    const { url } = await start();
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/api\/v2$/);
    await assert.rejects(startEmulator({ port: Number(new URL(url).port) }), { code: "EADDRINUSE" });
  });

  it("logs each request, and clears the log and the outbox", async () => {
    const emulator = await start();
    await create(emulator, ADA);
    await get(emulator, ADA);
    await list(emulator, "?limit=1");
    const path = "/api/v2/organization/invites";
    assert.deepEqual(
      emulator.requests.map(({ at, ...record }) => record),
      [
        { method: "POST", path, verb: "create", email: ADA, status: 200 },
        { method: "GET", path: `${path}/ada%40acme.com`, verb: "get", email: ADA, status: 200 },
        { method: "GET", path: `${path}?limit=1`, verb: "list", status: 200 },
      ],
    );
    emulator.clearLog();
    emulator.clearOutbox();
    assert.deepEqual([emulator.requests, emulator.outbox], [[], []]);
  });
});

describe("emulator: rate limit", () => {
  const start = emulators();

  it("is 300 a minute, and every reply tells, errors too", async () => {
    const now = Date.parse("2031-05-01T12:00:00.000Z");
    const emulator = await start({ now: () => now });
    for (const [path, remaining] of [
      ["/organization/invites", "299"],
      ["/nowhere", "298"],
    ] as const) {
      const { headers } = await call(emulator, "GET", path);
      const limits = ["limit", "remaining", "reset"].map((name) => headers.get(`x-ratelimit-${name}`));
      assert.deepEqual(limits, ["300", remaining, "2031-05-01T12:01:00.000Z"]);
    }
  });

  it("refuses over the limit, without any effect", async () => {
    const emulator = await start({ rateLimit: { limit: 1, windowSeconds: 60 } });
    await revoke(emulator, ADA);
    const { status, body, headers } = await create(emulator, ADA);
    const error = "Rate limit exceeded";
    assert.deepEqual([status, body], [429, { success: false, error, code: "RATE_LIMIT_EXCEEDED" }]);
    assert.equal(headers.get("x-ratelimit-remaining"), "0");
    assert.deepEqual(emulator.outbox, []);
  });
});

describe("emulator: clock", () => {
  const started = emulators();
  const REAL = Date.parse("2026-11-23T12:00:00.000Z");
  let realNow: number;
  beforeEach(() => {
    realNow = REAL;
  });
  const start = () => started({ now: () => realNow });
  const assertShown = (shown: string | Date | null | undefined, expected: string | number) =>
    assert.equal(new Date(shown ?? "").toISOString(), new Date(expected).toISOString());
  const assertReal = (emulator: Emulator) => assertShown(emulator.clock.now(), realNow);

  it("dates invites, e-mails and replies, and flows on", async () => {
    const emulator = await start();
    emulator.clock.set("2031-05-01T12:00:00.000Z");
    const { headers } = await create(emulator, ADA);
    for (const told of [headers.get("date"), emulator.invite(ADA)?.createdAt, emulator.outbox[0]?.at])
      assertShown(told, "2031-05-01T12:00:00.000Z");
    assert.doesNotMatch(emulator.requests[0]?.at ?? "", /^2031/);
    emulator.clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4 });
    assertShown(emulator.clock.now(), "2031-05-02T14:03:04.000Z");
    realNow += 1_500;
    assertShown(emulator.clock.now(), "2031-05-02T14:03:05.500Z");
    emulator.clock.reset();
    assertReal(emulator);
  });
});
