import assert from "node:assert/strict";
import fc from "fast-check";
import { readInputs, UNKNOWN } from "../../provider/src/invite/inputs";

const email = "ada@acme.com";
const wholeNumber = "expected a whole number from 0 to 100, not";

/** One property wrong, beside a good e-mail. */
const wrong: [property: string, value: unknown, reason: string][] = [
  ["email", undefined, "it is missing"],
  ["email", null, "it is missing"],
  ["email", 5, "expected text, not 5"],
  ["email", true, "expected text, not true"],
  ["email", ["a@b.co"], 'expected text, not ["a@b.co"]'],
  ["email", {}, "expected text, not {}"],
  ["email", "", '"" is not an e-mail address: it is empty'],
  ["email", "ada(at)acme.com", '"ada(at)acme.com" is not an e-mail address: it has no @'],
  ["teamId", 7, "expected text, not 7"],
  ["teamId", false, "expected text, not false"],
  ["teamId", {}, "expected text, not {}"],
  ["teamId", "", "it is empty; leave it out to invite without a team"],
  ["team", 7, "expected text, not 7"],
  ["team", " ", "it is empty; leave it out to invite without a team"],
  ["teamId", " \t", "it is empty; leave it out to invite without a team"],
  ["adopt", "true", 'expected true or false, not "true"'],
  ["adopt", 1, "expected true or false, not 1"],
  ["forceDestroy", "no", 'expected true or false, not "no"'],
  ["forceDestroy", [], "expected true or false, not []"],
  ["maxRenewals", "3", 'expected a whole number, not "3"'],
  ["maxRenewals", true, "expected a whole number, not true"],
  ["maxRenewals", Number.NaN, "expected a whole number, not null"],
  ["maxRenewals", -1, `${wholeNumber} -1`],
  ["maxRenewals", 1.5, `${wholeNumber} 1.5`],
  ["maxRenewals", 101, `${wholeNumber} 101`],
  ["resend", "1", 'expected a whole number, not "1"'],
  ["resend", true, "expected a whole number, not true"],
  ["resend", -1, "expected a whole number from 0 to 1000000, not -1"],
  ["resend", 0.5, "expected a whole number from 0 to 1000000, not 0.5"],
  ["resend", 1_000_001, "expected a whole number from 0 to 1000000, not 1000001"],
];

const nearNames: [property: string, meant: string][] = [
  ["Email", "email"],
  ["mail", "email"],
  ["e-mail", "email"],
  ["teem", "team"],
  ["teamID", "teamId"],
  ["team_id", "teamId"],
  ["forcedestroy", "forceDestroy"],
  ["force", "forceDestroy"],
  ["adopted", "adopt"],
  ["maxRenewal", "maxRenewals"],
  ["resent", "resend"],
];

const farNames = [
  "role",
  "firstName",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  "protect",
];

describe("readInputs", () => {
  for (const [property, value, reason] of wrong) {
    it(`refuses ${property}: ${JSON.stringify(value)}`, () => {
      const { failures, inputs } = readInputs({ email, [property]: value });
      assert.deepEqual(failures, [{ property, reason }]);
      assert.equal(property in inputs, false);
    });
  }

  for (const [property, meant] of nearNames) {
    it(`asks whether ${property} is ${meant}`, () =>
      assert.deepEqual(readInputs({ email, [property]: true }).failures, [
        { property, reason: `there is no property "${property}"; did you mean "${meant}"?` },
      ]));
  }

  for (const property of farNames) {
    it(`lists the properties there are instead of "${property}"`, () => {
      const declared = JSON.parse(`{"email":"${email}","${property}":1}`);
      const { failures, inputs } = readInputs(declared);
      const there =
        "the properties are email, teamId, team, adopt, forceDestroy, maxRenewals, resend, keepLink";
      assert.deepEqual(failures, [{ property, reason: `there is no property "${property}"; ${there}` }]);
      assert.deepEqual(inputs, { email });
    });
  }

  it("canonicalises what is right", () => {
    const declared = {
      email: " Ada@ACME.com",
      teamId: " t1 ",
      adopt: false,
      forceDestroy: true,
      maxRenewals: 0,
      resend: 2,
    };
    assert.deepEqual(readInputs(declared), {
      inputs: { email, teamId: "t1", adopt: false, forceDestroy: true, maxRenewals: 0, resend: 2 },
      failures: [],
    });
  });

  it("null is the same as leaving a property out", () => {
    const declared = {
      email,
      teamId: null,
      adopt: null,
      forceDestroy: null,
      maxRenewals: undefined,
      resend: null,
    };
    assert.deepEqual(readInputs(declared), { inputs: { email }, failures: [] });
  });

  it("a value that is not known yet passes as it is, each", () => {
    const properties = ["email", "teamId", "team", "adopt", "forceDestroy", "maxRenewals", "resend"];
    const declared = Object.fromEntries(properties.map((property) => [property, UNKNOWN]));
    assert.deepEqual(readInputs(declared), { inputs: declared, failures: [] });
  });

  it("an unknown property is refused although its value is not known yet", () => {
    assert.equal(readInputs({ email, teem: UNKNOWN }).failures.length, 1);
  });

  it("says all that is wrong at once, in the order of the properties, and keeps what is right", () => {
    const { inputs, failures } = readInputs({
      nickname: "A",
      maxRenewals: -1,
      adopt: 0,
      teamId: "t1",
      teem: "t",
    });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["email", "adopt", "maxRenewals", "nickname", "teem"],
    );
    assert.deepEqual(inputs, { teamId: "t1" });
  });

  it("cuts a long value, never through a character", () => {
    const [failure] = readInputs({ email, adopt: "🙂".repeat(1000) }).failures;
    assert.match(failure?.reason ?? "", /^expected true or false, not "(🙂)+…$/u);
    assert.ok((failure?.reason.length ?? 0) < 250);
  });

  it("never throws, whatever a program declares", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (other, value) => {
        const { failures } = readInputs({ ...other, email: value });
        for (const { reason } of failures) assert.ok(reason.length < 300, reason);
      }),
    );
  });
});
