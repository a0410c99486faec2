import { strict as assert } from "node:assert";
import fc from "fast-check";
import { explain } from "../../provider/src/api/explain";
import { readErrorBody } from "../../provider/src/client/error-body";
import { classify } from "../../provider/src/client/failures";
import { HeadshotProError } from "../../provider/src/client/headshotpro-error";
import { createReply, getReply, listReply, revokeReply, unwrap } from "../../provider/src/client/schemas";
import { deep } from "../support/constants";
import { anyBody, anyJson, briefly } from "./hostile";

const REPLIES = [
  ["invite", getReply],
  ["id", createReply],
  ["success", revokeReply],
  ["invites", listReply],
] as const;

const NOW = new Date("2026-10-14T12:00:00Z");

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
  it("either fit or are refused, and never crash the reading (10,000 cases)", () => {
    fc.assert(
      fc.property(anyJson, fc.constantFrom(...REPLIES), (json, [key, schema]) => {
        const parsed = schema.safeParse(unwrap(json, key));
        if (!parsed.success) assert.ok(parsed.error.issues.length > 0);
        assert.equal(({} as { polluted?: unknown }).polluted, undefined);
      }),
      { ...briefly, numRuns: 10_000 },
    );
    assert.deepEqual(Object.keys(Object.prototype), []);
  });

  it("become a failure with a printable text, or a success (7,500 cases)", () => {
    const header = fc.oneof(
      fc.constant(null),
      fc.string({ unit: "binary" }),
      fc.constantFrom("9", "1e999", "-1"),
    );
    fc.assert(
      fc.property(anyBody, fc.integer({ min: 100, max: 999 }), header, (bytes, status, head) => {
        const failure = classify(replyOf(status, bytes.toString("utf8"), head), NOW);
        if (failure === undefined) return assert.ok(status >= 200 && status < 300);
        assertPrintable(failure.text);
        assert.ok(!Number.isNaN(failure.retryAt?.getTime() ?? 0));
        const error = new HeadshotProError(failure);
        assertPrintable(explain(error, "ada@acme.com was not invited", "https://api.test/api/v2", "team"));
      }),
      { ...briefly, numRuns: 7_500 },
    );
  });

  it("are read at any depth", () => {
    for (const levels of [10, 1000, 4000]) {
      const json = JSON.parse(deep(levels));
      for (const [key, schema] of REPLIES) assert.equal(schema.safeParse(unwrap(json, key)).success, false);
      readErrorBody(json);
    }
  });
});
