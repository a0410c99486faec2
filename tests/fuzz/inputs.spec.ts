import { strict as assert } from "node:assert";
import fc from "fast-check";
import { readEmail } from "../../provider/src/invite/email";
import { readInputs } from "../../provider/src/invite/inputs";
import { anyJson, anything, briefly } from "./hostile";

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
