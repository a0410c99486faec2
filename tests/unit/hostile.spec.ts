import { strict as assert } from "node:assert";
import fc from "fast-check";
import { type HeadshotProClient, isApiError } from "pulumi-headshotpro/client";
import { explain } from "../../provider/src/api/explain";
import { readErrorBody } from "../../provider/src/client/classify";
import { getReply, listReply, unwrap } from "../../provider/src/client/schemas";
import { readMembers, readRoster } from "../../provider/src/roster/load";
import { problemLines } from "../../provider/src/roster/validate";
import { harness } from "../support/api-client";
import { deep } from "../support/constants";

const KEY = "hp_live_5ecretKey0fTheFuzzer";
/** The names of the API, and those that an object must not be led astray by. */
const NAMES = "success data invite invites email status message error code errors".split(" ");
const name = fc.oneof(
  fc.constantFrom(...NAMES),
  fc.constantFrom("__proto__", "constructor", "toJSON", "then"),
);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("pending", "NOT_FOUND", "ada@acme.com", "\ud800", "%", "<title>", "😀".repeat(400)),
);

/** JSON as nobody documented it: the names of the API with values of any kind, at any depth. */
const anyJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 5 }).map(ownProperties),
  ),
})).value;

/** As JSON.parse makes them: "__proto__" is a property like any other. */
function ownProperties(entries: [string, unknown][]): unknown {
  return JSON.parse(
    `{${entries.map((entry) => entry.map((part) => JSON.stringify(part)).join(":")).join()}}`,
  );
}

/** What stands for a body: JSON, half of it, markup, bytes. */
const anyBody: fc.Arbitrary<Buffer> = fc.oneof(
  anyJson.map((value) => Buffer.from(JSON.stringify(value) ?? "")),
  fc.tuple(anyJson, fc.nat(60)).map(([value, cut]) => Buffer.from(`${JSON.stringify(value)}`.slice(0, cut))),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  text.map((one) => Buffer.from(`<html><title>${one}</title>`)),
);

describe("replies that nobody documented", () => {
  it("are read at any depth, and change no prototype", () => {
    for (const json of [JSON.parse(deep(4000)), ...fc.sample(anyJson)]) {
      getReply.safeParse(unwrap(json, "invite"));
      listReply.safeParse(unwrap(json, "invites"));
      readErrorBody(json);
    }
    assert.deepEqual(Object.keys(Object.prototype), []);
  });
});

describe("a roster of which everything is wrong", () => {
  const MANY = 200_000;

  it("is read without an overflow: 200,000 rows, or one with as many unknown properties", () => {
    const rows = Buffer.from(`email\n${"x\n".repeat(MANY)}`);
    const { problems } = readRoster(rows, { name: "p.csv", format: "csv" });
    assert.deepEqual([problems.length, problemLines(problems).length], [MANY, MANY]);
    const row = Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`p${n}`, n]));
    assert.equal(readMembers([row]).problems.length, 2);
  });
});

describe("bodies over the wire", () => {
  const api = harness();
  let answer: { status: number; headers: Record<string, string>; body: Buffer };
  let client: HeadshotProClient;
  beforeEach(async () => {
    client = api.client(await api.answering(() => answer), { apiKey: KEY });
  });

  it("end in a result or in the one typed error, which can be printed, without the key in it", async () => {
    const quoted = anyBody.map((body) =>
      Buffer.concat([body.subarray(0, 9), Buffer.from(KEY), body.subarray(9)]),
    );
    const answers = fc.record({
      status: fc.constantFrom(200, 200, 201, 302, 400, 404, 429, 500),
      headers: fc.constantFrom<Record<string, string>>(
        { "content-type": "application/json" },
        { date: "never", "retry-after": KEY, location: `https://elsewhere.invalid/${KEY}` },
      ),
      body: fc.oneof(anyBody, quoted),
    });
    const calls = [() => client.listInvites(), () => client.createInvite({ email: "ada@acme.com" })];
    await fc.assert(
      fc.asyncProperty(answers, fc.constantFrom(...calls), async (next, call) => {
        answer = next;
        const error = await call().then(
          () => undefined,
          (reason) => reason,
        );
        if (error === undefined) return;
        assert.ok(isApiError(error), `not a typed error: ${error?.stack}`);
        // One printable line of bounded length, whatever the API said.
        const message = explain(error, "ada was not invited", { baseUrl: "https://api.test/v2" }, "team");
        assert.doesNotMatch(message, /[\p{Cc}\p{Cs}]/u);
        assert.ok(message.length < 1000, `a message of ${message.length} characters`);
        const shown = [error.message, error.stack, JSON.stringify(error), String(error)].join();
        assert.ok(!shown.includes(KEY), shown);
      }),
      { numRuns: 500 },
    );
  });
});
