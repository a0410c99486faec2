import assert from "node:assert/strict";
import { summaryOf } from "../../provider/src/invite/summary";

describe("summaryOf", () => {
  for (const [statuses, summary] of [
    [[], "{}"],
    [["pending", "completed", "pending"], '{"completed":1,"pending":2}'],
    // The API may know a status that we do not, whatever it is called.
    [["constructor", "__proto__", "constructor"], '{"__proto__":1,"constructor":2}'],
  ] as const)
    it(`${JSON.stringify(statuses)} is ${summary}`, () => {
      assert.equal(JSON.stringify(summaryOf(statuses)), summary);
    });
});
