import { strict as assert } from "node:assert";
import fc from "fast-check";
import { type HeadshotProClient, isApiError } from "pulumi-headshotpro/client";
import { harness } from "../support/api-client";
import { anyBody, briefly } from "./hostile";

const KEY = "hp_live_5ecretKey0fTheFuzzer";

describe("bodies over the wire", () => {
  const api = harness();
  let answer: { status: number; headers: Record<string, string>; body: Buffer };
  let client: HeadshotProClient;
  beforeEach(async () => {
    const server = await api.answering(() => answer);
    client = api.client(server, { apiKey: KEY });
  });

  const verbs: (() => Promise<unknown>)[] = [
    () => client.listInvites(),
    () => client.getInvite("ada@acme.com"),
    () => client.createInvite({ email: "ada@acme.com" }),
    () => client.revokeInvite("ada@acme.com"),
  ];

  /** What a failure shows of itself, in all ways in which it may be printed. */
  const shown = (error: Error) => [error.message, error.stack, JSON.stringify(error), String(error)].join();

  it("end in a result or in the one typed error, without the key in it (1,000 cases)", async () => {
    const quoted = fc.tuple(anyBody, fc.nat(40)).map(([body, at]) => {
      const where = Math.min(at, body.length);
      return Buffer.concat([body.subarray(0, where), Buffer.from(KEY), body.subarray(where)]);
    });
    const answers = fc.record({
      status: fc.oneof(
        fc.constantFrom(200, 200, 200, 400, 404, 429, 500),
        fc.integer({ min: 200, max: 599 }),
      ),
      headers: fc.constantFrom<Record<string, string>>(
        {},
        { "content-type": "application/json" },
        { date: "never", "retry-after": KEY },
        { location: `https://elsewhere.invalid/${KEY}`, "x-ratelimit-reset": "∞".slice(1) },
      ),
      body: fc.oneof(anyBody, quoted),
    });
    await fc.assert(
      fc.asyncProperty(answers, fc.constantFrom(...verbs), async (next, verb) => {
        answer = next;
        const error = await verb().then(
          () => undefined,
          (reason) => reason,
        );
        if (error === undefined) return;
        assert.ok(isApiError(error), `not a typed error: ${error?.stack}`);
        assert.ok(!shown(error).includes(KEY), shown(error));
        assert.ok(error.message.length < 700);
      }),
      { ...briefly, numRuns: 1_000 },
    );
  });
});
