import assert from "node:assert/strict";
import fc from "fast-check";
import { hasHeadshots, isOver } from "../../provider/src/invite/guard";

const statuses: [status: string, headshots: boolean, over: boolean][] = [
  ["pending", false, false],
  ["accepted", false, false],
  ["uploading", true, false],
  ["generating", true, false],
  ["completed", true, false],
  ["revoked", false, true],
  ["deleted", false, true],
  // Nobody has heard of these: guarded.
  ["", true, false],
  ["archived", true, false],
  ["Completed", true, false],
  ["Pending", true, false],
  ["REVOKED", true, false],
  [" pending", true, false],
  ["__proto__", true, false],
  ["constructor", true, false],
];

describe("status", () => {
  for (const [status, headshots, over] of statuses) {
    it(`"${status}": ${headshots ? "guarded" : "no headshots"}, ${over ? "over" : "live"}`, () => {
      assert.equal(hasHeadshots(status), headshots);
      assert.equal(isOver(status), over);
    });
  }

  it("whatever is not on the vendor's list is guarded and live", () => {
    const listed = statuses.slice(0, 7).map(([status]) => status);
    fc.assert(
      fc.property(fc.string(), (status) => {
        fc.pre(!listed.includes(status));
        assert.equal(hasHeadshots(status), true);
        assert.equal(isOver(status), false);
      }),
    );
  });
});
