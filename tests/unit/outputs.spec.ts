import assert from "node:assert/strict";
import { outputsOf } from "../../provider/src/provider/outputs";

describe("outputsOf", () => {
  it("has no property without a value, which the SDK would throw at", () => {
    const state = {
      email: "a@b.co",
      status: "pending",
      adopted: false,
      renewals: 0,
      teamId: undefined,
      link: undefined,
    };
    assert.deepEqual(Object.keys(outputsOf(state)), ["email", "status", "adopted", "renewals"]);
  });

  it("keeps false, 0 and empty texts", () => {
    const state = { email: "a@b.co", status: "", adopted: false, renewals: 0, adopt: false, maxRenewals: 0 };
    assert.deepEqual(outputsOf(state), state);
  });
});
