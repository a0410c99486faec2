import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Emulator, FaultSpec } from "headshotpro-emulator";
import { type Answer, create, emulators, get, list, revoke } from "../support/emulators";

const ADA = "ada@acme.com";

/** What the client sees: an answer, or that the connection broke. */
async function seen(request: Promise<Answer>): Promise<Answer | "broken"> {
  return request.catch(() => "broken" as const);
}

interface Case {
  spec: Omit<FaultSpec, "on" | "when">;
  logged: number | "reset";
  check(answer: Answer | "broken"): void;
}

function answered(check: (answer: Answer) => void): Case["check"] {
  return (answer) => {
    assert.notEqual(answer, "broken");
    check(answer as Answer);
  };
}

const broken: Case["check"] = (answer) => assert.equal(answer, "broken");

const CASES: Record<string, Case> = {
  reset: { spec: { kind: "reset" }, logged: "reset", check: broken },
  truncated: { spec: { kind: "truncated" }, logged: 200, check: broken },
  oversized: {
    spec: { kind: "oversized", bytes: 200_000 },
    logged: 200,
    check: answered(({ status, text, body }) => {
      assert.equal(status, 200);
      assert.equal(text.length, 200_000);
      assert.equal(body.success, true);
    }),
  },
  redirect: {
    spec: { kind: "redirect", to: "https://example.invalid/there" },
    logged: 302,
    check: answered(({ status, headers }) => {
      assert.equal(status, 302);
      assert.equal(headers.get("location"), "https://example.invalid/there");
    }),
  },
  html: {
    spec: { kind: "html" },
    logged: 200,
    check: answered(({ status, text }) => {
      assert.equal(status, 200);
      assert.match(text, /^<!DOCTYPE html>/);
    }),
  },
  empty: {
    spec: { kind: "empty" },
    logged: 200,
    check: answered(({ status, text }) => assert.deepEqual([status, text], [200, ""])),
  },
  "success-false": {
    spec: { kind: "success-false", code: "OOPS" },
    logged: 200,
    check: answered(({ status, body }) => {
      assert.equal(status, 200);
      assert.deepEqual(body, { success: false, error: "Something went wrong", code: "OOPS" });
    }),
  },
  "slow-drip": {
    spec: { kind: "slow-drip", everyMs: 0.1 },
    logged: 200,
    check: answered(({ body }) => assert.equal(body.success, true)),
  },
  "503": {
    spec: { kind: { status: 503, code: "DOWN", retryAfter: 2, headers: { "x-why": "deploy" } } },
    logged: 503,
    check: answered(({ status, headers, body }) => {
      assert.equal(status, 503);
      assert.equal(headers.get("retry-after"), "2");
      assert.equal(headers.get("x-why"), "deploy");
      assert.deepEqual(body, { success: false, error: "Service Unavailable", code: "DOWN" });
    }),
  },
  "502": {
    spec: { kind: { status: 502, body: "html" } },
    logged: 502,
    check: answered(({ status, text }) => {
      assert.equal(status, 502);
      assert.match(text, /Bad Gateway/);
    }),
  },
};

describe("emulator: faults", () => {
  const start = emulators();

  for (const [name, { spec, logged, check }] of Object.entries(CASES)) {
    it(`${name} before the effect: nobody is invited`, async () => {
      const emulator = await start();
      emulator.fault({ on: "create", ...spec });
      check(await seen(create(emulator, ADA)));
      assert.deepEqual([emulator.invites().length, emulator.outbox.length], [0, 0]);
      assertLogged(emulator, name, logged);
      assert.equal((await create(emulator, ADA)).status, 200, "it hits once");
    });

    it(`${name} after the effect: invited and e-mailed once`, async () => {
      const emulator = await start();
      emulator.fault({ on: "create", when: "after", ...spec });
      check(await seen(create(emulator, ADA)));
      assert.deepEqual([emulator.invites().length, emulator.outbox.length], [1, 1]);
      assertLogged(emulator, name, logged);
      assert.equal((await create(emulator, ADA)).status, 400, "already invited");
    });
  }

  it("after a revoke: the invite is gone though the reply was lost", async () => {
    const emulator = await start();
    emulator.inviteByHand({ email: ADA });
    emulator.fault({ on: "revoke", when: "after", kind: "reset" });
    assert.equal(await seen(revoke(emulator, ADA)), "broken");
    assert.equal((await get(emulator, ADA)).status, 404);
  });

  for (const [when, invited] of [
    ["before", 0],
    ["after", 1],
  ] as const) {
    it(`hang ${when} the effect never answers, and close ends it`, async () => {
      const emulator = await start();
      emulator.fault({ on: "create", when, kind: "hang" });
      const request = seen(create(emulator, ADA));
      while (emulator.requests.length === 0) await sleep(1);
      assert.equal(await Promise.race([request, sleep(50, "waiting")]), "waiting");
      assert.equal(emulator.requests[0]?.status, "hang");
      assert.equal(emulator.invites().length, invited);
      await emulator.close();
      assert.equal(await request, "broken");
    });

    it(`a delay ${when} the effect: ${invited} invited meanwhile`, async () => {
      const emulator = await start();
      emulator.fault({ on: "create", when, kind: { delayMs: 60_000 } });
      const request = seen(create(emulator, ADA));
      while (emulator.requests[0]?.fault === undefined) await sleep(1);
      assert.equal(emulator.invites().length, invited);
      await emulator.close();
      await request;
    });

    it(`a delay ${when} the effect: the proper answer, late`, async () => {
      const emulator = await start();
      emulator.fault({ on: "create", when, kind: { delayMs: 20 } });
      assert.equal((await create(emulator, ADA)).status, 200);
      assert.equal(emulator.requests[0]?.fault, "delay");
    });
  }

  it("close ends slow answers at once", async () => {
    const emulator = await start();
    emulator.fault({ on: "list", kind: { delayMs: 60_000 } });
    emulator.fault({ on: "get", kind: "slow-drip", everyMs: 60_000 });
    const requests = [seen(list(emulator)), seen(get(emulator, ADA))];
    while (emulator.requests.length < requests.length) await sleep(1);
    await emulator.close();
    assert.deepEqual(await Promise.all(requests), ["broken", "broken"]);
  });

  it("oversized is 32 MiB unless told, and a client may hang up half-way", async () => {
    const emulator = await start();
    emulator.fault({ on: "list", kind: "oversized" });
    const response = await fetch(`${emulator.url}/organization/invites`);
    await response.body?.cancel();
    assert.equal((await list(emulator)).status, 200);
  });

  it("hits so many times, of those about one person, after letting some pass", async () => {
    const emulator = await start();
    emulator.fault({ on: "any", kind: { status: 500 }, email: "ADA@acme.com", after: 2, times: 2 });
    const statuses: number[] = [];
    for (const email of [ADA, "bob@acme.com", ADA, ADA, "bob@acme.com", ADA, ADA]) {
      statuses.push((await get(emulator, email)).status);
    }
    assert.deepEqual(statuses, [404, 404, 404, 500, 404, 500, 404]);
  });

  it("goes on for ever with Infinity, until it is removed or all are cleared", async () => {
    const emulator = await start();
    const handle = emulator.fault({ on: "list", kind: { status: 500 }, times: Number.POSITIVE_INFINITY });
    for (let n = 0; n < 3; n += 1) assert.equal((await list(emulator)).status, 500);
    handle.remove();
    assert.equal((await list(emulator)).status, 200);
    emulator.fault({ on: "list", kind: "reset" });
    emulator.clearFaults();
    assert.equal((await list(emulator)).status, 200);
  });

  it("leaves other verbs alone", async () => {
    const emulator = await start();
    emulator.fault({ on: "create", kind: "reset" });
    assert.equal((await list(emulator)).status, 200);
    assert.equal((await get(emulator, ADA)).status, 404);
  });

  it("wraps the errors of a fault like all others", async () => {
    const emulator = await start({ errors: "nested" });
    emulator.fault({ on: "list", kind: { status: 401, code: "UNAUTHORIZED" } });
    assert.deepEqual((await list(emulator)).body, {
      error: { code: "UNAUTHORIZED", message: "Unauthorized" },
    });
  });

  it("refuses a specification that makes no sense", async () => {
    const emulator = await start();
    const wrong: [Record<string, unknown>, RegExp][] = [
      [{ on: "delete" }, /no such verb: delete/],
      [{ when: "during" }, /before or after/],
      [{ times: 0 }, /times must be above 0/],
      [{ kind: "explode" }, /no such kind of fault: "explode"/],
      [{ kind: { status: 99 } }, /no such kind of fault/],
      [{ kind: { delayMs: "1" } }, /no such kind of fault/],
      [{ kind: null }, /no such kind of fault/],
    ];
    for (const [part, message] of wrong) {
      const spec = { on: "list", kind: "reset", ...part } as unknown as FaultSpec;
      assert.throws(() => emulator.fault(spec), message);
    }
  });
});

function assertLogged(emulator: Emulator, fault: string, status: number | "reset"): void {
  const { at, ...record } = emulator.requests[0] ?? {};
  const path = "/api/v2/organization/invites";
  assert.deepEqual(record, { method: "POST", path, verb: "create", email: ADA, status, fault });
}
