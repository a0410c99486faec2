import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import { ApiError } from "../../provider/src/client/errors";
import { toRunError } from "../../provider/src/sdk/invoke";
import { plainError } from "../../provider/src/sdk/pulumi-internals";

const URL = "https://example.com/api/v2";

describe("toRunError", () => {
  it("explains an error of the API, without a stack", () => {
    const refused = new ApiError({
      reason: "forbidden",
      method: "GET",
      path: "/organization/invites",
      status: 403,
      text: "Not an admin",
    });
    const error = toRunError(refused, "ada@acme.com could not be looked up", URL) as Error;
    assert.ok(pulumi.RunError.isInstance(error));
    assert.match(error.message, /^ada@acme\.com could not be looked up: the API key is not an .* admin's/);
    assert.equal(error.stack, undefined);
  });

  for (const other of [new TypeError("a mistake"), plainError("said already"), "text", undefined])
    it(`leaves anything else as it is: ${other}`, () => {
      assert.equal(toRunError(other, "failed", URL), other);
    });
});
