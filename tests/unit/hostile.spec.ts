import { strict as assert } from "node:assert";
import fc from "fast-check";
import { type HeadshotProClient, isApiError } from "pulumi-headshotpro/client";
import { explain } from "../../provider/src/api/explain";
import { classify, readErrorBody } from "../../provider/src/client/classify";
import { ApiError } from "../../provider/src/client/errors";
import {
  createReply,
  doneReply,
  getReply,
  listReply,
  organizationReply,
  unwrap,
} from "../../provider/src/client/schemas";
import { readEmail } from "../../provider/src/invite/email";
import { readInputs } from "../../provider/src/invite/inputs";
import { harness } from "../support/api-client";
import { deep } from "../support/constants";
import { anyBody, anyJson, anything, briefly } from "./hostile";

describe("declarations that no compiler has looked at", () => {
  it("are taken or refused with a reason, and never crash (5,000 cases)", () => {
    const declaration = fc.oneof(
      fc.dictionary(
        fc.constantFrom("email", "teamId", "adopt", "forceDestroy", "maxRenewals", "team"),
        anything,
      ),
      fc.dictionary(fc.string({ unit: "binary" }), anyJson),
    );
    fc.assert(
      fc.property(declaration, (declared) => {
        const { inputs, failures } = readInputs(declared);
        for (const { property, reason } of failures) {
          assert.equal(typeof property, "string");
          assert.ok(reason.length > 0);
          assert.ok(reason.length < 400 + 2 * property.length, `a reason of ${reason.length} characters`);
        }
        for (const one of Object.values(inputs)) assert.match(typeof one, /^(string|boolean|number)$/);
      }),
      { ...briefly, numRuns: 5_000 },
    );
  });
});

describe("e-mail addresses out of nowhere", () => {
  const part = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.constantFrom("ada", "acme.com", "@", ".", "xn--", "xn--a", "ß", "İ", "。", "[", "%40", "\u200b", "ａ"),
  );

  it("are one canonical address or a problem (25,000 cases)", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.boolean(), (parts, withAt) => {
        const { email, problem } = readEmail(parts.join(withAt ? "@" : ""));
        if (email === undefined) return assert.ok(problem);
        assert.equal(readEmail(email).email, email);
        assert.ok(Buffer.byteLength(email) <= 254);
        assert.doesNotMatch(email, /[\s\p{C}]/u);
      }),
      { ...briefly, numRuns: 25_000 },
    );
  });
});

const REPLIES = [
  ["invite", getReply],
  ["id", createReply],
  ["success", doneReply],
  ["organization", organizationReply],
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
        const error = new ApiError(failure);
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
