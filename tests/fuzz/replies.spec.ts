import { strict as assert } from "node:assert";
import fc from "fast-check";
import { classify } from "../../provider/src/client/classify";
import { readErrorBody } from "../../provider/src/client/error-body";
import { HeadshotProError } from "../../provider/src/client/headshotpro-error";
import { createReply, getReply, listReply, revokeReply, unwrap } from "../../provider/src/client/schemas";
import { explain } from "../../provider/src/session/explain";
import { anyBody, anyJson, bestOf, briefly, deep } from "./hostile";

const REPLIES = [
  ["invite", getReply],
  ["id", createReply],
  ["success", revokeReply],
  ["invites", listReply],
] as const;

/** A message is one printable line of bounded length, whatever the API said. */
function assertPrintable(message: string): void {
  assert.doesNotMatch(message, /[\p{Cc}\p{Cs}]/u);
  assert.ok(message.length < 1000, `a message of ${message.length} characters`);
}

function replyOf(status: number, body: string, header: string | null) {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = undefined;
  }
  return {
    method: "POST",
    path: "/organization/invites",
    status,
    headers: { get: () => header },
    body,
    json,
  };
}

describe("replies that nobody documented", () => {
  it("either fit or are refused, and never crash the reading (40,000 cases)", () => {
    fc.assert(
      fc.property(anyJson, fc.constantFrom(...REPLIES), (json, [key, schema]) => {
        const parsed = schema.safeParse(unwrap(json, key));
        if (!parsed.success) assert.ok(parsed.error.issues.length > 0);
        assert.equal(({} as { polluted?: unknown }).polluted, undefined);
      }),
      { ...briefly, numRuns: 40_000 },
    );
    assert.deepEqual(Object.keys(Object.prototype), []);
  });

  it("become a failure with a printable text, or a success (30,000 cases)", () => {
    const header = fc.oneof(
      fc.constant(null),
      fc.string({ unit: "binary" }),
      fc.constantFrom("9", "1e999", "-1"),
    );
    fc.assert(
      fc.property(anyBody, fc.integer({ min: 100, max: 999 }), header, (bytes, status, head) => {
        const failure = classify(replyOf(status, bytes.toString("utf8"), head), new Date());
        if (failure === undefined) return assert.ok(status >= 200 && status < 300);
        assertPrintable(failure.text);
        assert.ok(!Number.isNaN(failure.retryAt?.getTime() ?? 0));
        const error = new HeadshotProError(failure);
        assertPrintable(explain(error, "ada@acme.com was not invited", "https://api.test/api/v2", "team"));
      }),
      { ...briefly, numRuns: 30_000 },
    );
  });

  it("are read at any depth", () => {
    for (const levels of [10, 1000, 4000]) {
      const json = JSON.parse(deep(levels));
      for (const [key, schema] of REPLIES) assert.equal(schema.safeParse(unwrap(json, key)).success, false);
      readErrorBody(json);
    }
  });

  const worst: [string, (size: number) => string][] = [
    ["<", (size) => "<".repeat(size)],
    ["<title", (size) => "<title".repeat(size / 6)],
    ["spaces", (size) => " ".repeat(size)],
    ["control characters", (size) => "\u0001".repeat(size)],
    ["letters", (size) => "a".repeat(size)],
    ["half surrogate pairs", (size) => "\ud83d".repeat(size)],
  ];
  for (const [name, text] of worst)
    it(`eight times as long a body of ${name} takes no more than in proportion`, () => {
      const [short, long] = [text(1_250_000), text(10_000_000)];
      const json = (one: string) => ({ message: one, errors: [{ message: one, path: one }], error: [one] });
      for (const body of [(one: string) => one, json]) {
        const [small, large] = [body(short), body(long)];
        readErrorBody(small);
        const [once, eight] = [bestOf(5, () => readErrorBody(small)), bestOf(5, () => readErrorBody(large))];
        // Below a fifth of a millisecond the clock counts more than the work.
        assert.ok(eight <= 0.2 + once * 8 * 4, `${once} ms, and ${eight} ms for eight times as much`);
      }
    });
});
