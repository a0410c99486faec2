import assert from "node:assert/strict";
import fc from "fast-check";
import { expiryOf, inSeconds } from "../../provider/src/invite/invite";

const cases: [name: string, createdAt: string | undefined, expiry: string | undefined][] = [
  ["30 days later", "2026-11-01T09:00:00.000Z", "2026-12-01T09:00:00.000Z"],
  ["over the end of a year", "2026-12-15T00:00:00Z", "2027-01-14T00:00:00Z"],
  ["through a leap February", "2028-02-01T00:00:00Z", "2028-03-02T00:00:00Z"],
  ["days of 24 hours, whatever the clocks do", "2026-03-28T02:30:00+01:00", "2026-04-27T01:30:00Z"],
  ["microseconds", "2026-11-01T09:00:00.123456Z", "2026-12-01T09:00:00.123Z"],
  ["a zone without colon", "2026-11-01T09:00:00+0000", "2026-12-01T09:00:00Z"],
  ["minutes", "2026-11-01T09:00Z", "2026-12-01T09:00:00.000Z"],
  ["a day is one in UTC", "2026-11-01", "2026-12-01T00:00:00.000Z"],
  ["a date that was not told", undefined, undefined],
  ["an empty text", "", undefined],
  ["words", "yesterday", undefined],
  ["a number", "1", undefined],
  ["seconds since 1970", "1767225600", undefined],
  ["a time without a zone", "2026-11-01T09:00:00", undefined],
  ["a US date", "11/01/2026", undefined],
  ["a day that does not exist", "2026-13-41T00:00:00Z", undefined],
];

describe("expiryOf", () => {
  for (const [name, createdAt, expiry] of cases) {
    it(`${name}: ${createdAt}`, () => assert.equal(expiryOf(createdAt), expiry));
  }

  it("is as short as the time that a created invite is recorded with", () => {
    const sent = inSeconds(new Date("2026-11-01T09:00:00.999Z"));
    assert.deepEqual([sent, expiryOf(sent)], ["2026-11-01T09:00:00Z", "2026-12-01T09:00:00Z"]);
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => void expiryOf(text)));
    assert.equal(expiryOf(new Date(8.64e15).toISOString()), undefined);
  });
});
