import assert from "node:assert/strict";
import type { FaultSpec } from "headshotpro-emulator";
import { type Answer, create, emulators, get, list } from "../support/emulators";

const ADA = "ada@acme.com";
const EVE = "eve@acme.com";

/** What the client sees: an answer, or that the connection broke. */
const seen = (request: Promise<Answer>): Promise<Answer | "broken"> => request.catch(() => "broken" as const);

/** A fault, what the log has, and what the client sees. */
type Case = [spec: Omit<FaultSpec, "on" | "when">, logged: number | "reset", check: (answer: Answer) => void];

/** The other kinds are in `tests/provider/client/faults.spec.ts`, as a client sees them. */
const CASES: Record<string, Case> = {
  reset: [{ kind: "reset" }, "reset", (answer) => assert.equal(answer, "broken")],
  redirect: [
    { kind: "redirect", to: "https://example.invalid/there" },
    302,
    ({ headers }) => assert.equal(headers.get("location"), "https://example.invalid/there"),
  ],
  "503": [
    { kind: { status: 503, code: "DOWN", retryAfter: 2, headers: { "x-why": "deploy" } } },
    503,
    ({ headers, body }) => {
      assert.deepEqual([headers.get("retry-after"), headers.get("x-why")], ["2", "deploy"]);
      assert.deepEqual(body, { success: false, error: "Service Unavailable", code: "DOWN" });
    },
  ],
};
const MOMENTS = [
  ["before", 0],
  ["after", 1],
] as const;

describe("emulator: faults", () => {
  const start = emulators();

  for (const [fault, [spec, status, check]] of Object.entries(CASES))
    for (const [when, invited] of MOMENTS)
      it(`${fault} ${when} the effect: ${invited} invited and e-mailed, once`, async () => {
        const emulator = await start();
        emulator.fault({ on: "create", when, ...spec });
        check((await seen(create(emulator, ADA))) as Answer);
        assert.deepEqual([emulator.invites().length, emulator.outbox.length], [invited, invited]);
        const { at, ...logged } = emulator.requests[0] ?? {};
        const path = "/api/v2/organization/invites";
        assert.deepEqual(logged, { method: "POST", path, verb: "create", email: ADA, status, fault });
        assert.equal((await create(emulator, ADA)).status, invited ? 400 : 200, "it hits once");
      });

  it("hits so many times, of those about one person, after letting some pass, and until it is removed", async () => {
    const emulator = await start();
    const about = { kind: { status: 500 }, email: "ADA@acme.com" };
    emulator.fault({ on: "any", ...about, after: 2, times: 2 });
    const statuses: number[] = [];
    for (const email of [ADA, EVE, ADA, ADA, EVE, ADA, ADA])
      statuses.push((await get(emulator, email)).status);
    assert.deepEqual(statuses, [404, 404, 404, 500, 404, 500, 404]);
    const { remove } = emulator.fault({ on: "get", ...about, times: Number.POSITIVE_INFINITY });
    for (let n = 0; n < 3; n += 1) assert.equal((await get(emulator, ADA)).status, 500);
    assert.equal((await list(emulator)).status, 200, "another verb");
    remove();
    assert.equal((await get(emulator, ADA)).status, 404);
  });

  for (const [part, message] of [
    [{ on: "delete" }, /no such verb: delete/],
    [{ when: "during" }, /before or after/],
    [{ times: 0 }, /times must be above 0/],
    [{ kind: "explode" }, /no such kind of fault: "explode"/],
    [{ kind: { status: 99 } }, /no such kind of fault/],
    [{ kind: null }, /no such kind of fault/],
    [{ on: "list", kind: "somebody-else" }, /somebody-else .* not of list/],
    [{ on: "any", kind: "unreadable-rows" }, /unreadable-rows .* not of any/],
    [{ kind: "unreadable-rows", rows: "2" }, /rows/],
    [{ on: "create", kind: "no-effect" }, /no-effect is a fault of revoke/],
  ] as const)
    it(`refuses ${JSON.stringify(part)}`, async () => {
      const emulator = await start();
      const spec = { ...{ on: "list", kind: "reset" }, ...part } as unknown as FaultSpec;
      assert.throws(() => emulator.fault(spec), message);
    });
});
