import assert from "node:assert/strict";
import { call, create, emulators, get, list, revoke } from "../support/emulators";

const ADA = "ada@acme.com";

describe("emulator: rate limit", () => {
  const start = emulators();

  it("is 300 a minute, and every reply tells, errors too", async () => {
    const now = Date.parse("2031-05-01T12:00:00.000Z");
    const emulator = await start({ now: () => now });
    const told = async (path: string) => (await call(emulator, "GET", path)).headers;
    for (const [path, remaining] of [
      ["/organization/invites", "299"],
      ["/organization/invites/ada@acme.com", "298"],
      ["/nowhere", "297"],
    ] as const) {
      const headers = await told(path);
      assert.equal(headers.get("x-ratelimit-limit"), "300");
      assert.equal(headers.get("x-ratelimit-remaining"), remaining);
      assert.equal(headers.get("x-ratelimit-reset"), "2031-05-01T12:01:00.000Z");
    }
  });

  it("refuses over the limit, without any effect", async () => {
    const emulator = await start({ rateLimit: { limit: 3, windowSeconds: 60 } });
    await list(emulator);
    await get(emulator, ADA);
    await revoke(emulator, ADA);
    const over = await create(emulator, ADA);
    assert.equal(over.status, 429);
    assert.deepEqual(over.body, {
      success: false,
      error: "Rate limit exceeded",
      code: "RATE_LIMIT_EXCEEDED",
    });
    assert.equal(over.headers.get("x-ratelimit-remaining"), "0");
    assert.deepEqual(emulator.outbox, []);
  });

  it("takes requests again when the window has ended", async () => {
    let now = Date.now();
    const emulator = await start({ rateLimit: { limit: 1, windowSeconds: 0.2 }, now: () => now });
    await list(emulator);
    now += 199;
    assert.equal((await create(emulator, ADA)).status, 429);
    now += 1;
    assert.equal((await create(emulator, ADA)).status, 200);
  });

  it("does not follow the clock", async () => {
    const emulator = await start({ rateLimit: { limit: 1, windowSeconds: 60 } });
    await list(emulator);
    emulator.clock.advance({ days: 1 });
    assert.equal((await list(emulator)).status, 429);
  });

  it("can leave out its code, and only that one", async () => {
    const emulator = await start({ rateLimit: { limit: 1, windowSeconds: 60 }, rateLimitCode: false });
    assert.equal((await get(emulator, ADA)).body.code, "NOT_FOUND");
    assert.deepEqual((await list(emulator)).body, { success: false, error: "Rate limit exceeded" });
  });

  it("is shared with other clients", async () => {
    const emulator = await start();
    emulator.consumeRateLimit(298);
    assert.equal((await list(emulator)).headers.get("x-ratelimit-remaining"), "1");
    emulator.consumeRateLimit(1);
    assert.equal((await list(emulator)).status, 429);
  });

  it("can change while running", async () => {
    const emulator = await start({ rateLimit: { limit: 1, windowSeconds: 60 } });
    await list(emulator);
    emulator.setRateLimit({ limit: 2, windowSeconds: 60 });
    assert.equal((await list(emulator)).headers.get("x-ratelimit-remaining"), "1");
    emulator.setRateLimit(false);
    for (let n = 0; n < 5; n += 1) {
      const { status, headers } = await list(emulator);
      assert.deepEqual([status, headers.get("x-ratelimit-limit")], [200, null]);
    }
  });

  it("can be silent, or lie", async () => {
    const rateLimit = { limit: 1, windowSeconds: 60 };
    const silent = await start({ rateLimit, rateLimitHeaders: false });
    assert.equal((await list(silent)).headers.get("x-ratelimit-limit"), null);
    assert.equal((await list(silent)).status, 429);
    const lying = await start({ rateLimit, rateLimitHeaders: "lying" });
    await list(lying);
    const { status, headers } = await list(lying);
    assert.deepEqual([status, headers.get("x-ratelimit-remaining")], [429, "1"]);
    assert.ok(Date.parse(headers.get("x-ratelimit-reset") ?? "") < Date.now());
  });
});
