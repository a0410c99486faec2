import assert from "node:assert/strict";
import type { ApiError } from "../../provider/src/client/errors";
import { Transport } from "../../provider/src/client/transport";

const transport = new Transport({
  apiKey: "hp_key",
  baseUrl: "http://localhost/x",
  timeoutMs: 1000,
  maxResponseBytes: 1000,
});

/** The one private step that no server on this machine can bring about. */
function networkFailure(error: object, timedOut: boolean): ApiError {
  const request = { method: "POST", path: "/x" };
  return Reflect.get(transport, "networkFailure").call(transport, request, error, timedOut, 1000);
}

/** As node-fetch tells them: the code, and in which system call it came up. */
const failures: [code: string | undefined, systemCall: string | undefined, reason: string][] = [
  ["ECONNREFUSED", "connect", "unreachable"],
  ["ECONNREFUSED", undefined, "unreachable"],
  ["ENOTFOUND", "getaddrinfo", "unreachable"],
  ["EAI_AGAIN", "getaddrinfo", "unreachable"],
  ["EHOSTUNREACH", "connect", "unreachable"],
  ["ENETUNREACH", "connect", "unreachable"],
  ["CERT_HAS_EXPIRED", undefined, "unreachable"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", undefined, "unreachable"],
  ["SELF_SIGNED_CERT_IN_CHAIN", undefined, "unreachable"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", undefined, "unreachable"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", undefined, "unreachable"],
  // The route broke when the request was on its way already.
  ["EHOSTUNREACH", "read", "no-reply"],
  ["ENETUNREACH", "write", "no-reply"],
  ["ECONNRESET", "read", "no-reply"],
  ["EPIPE", "write", "no-reply"],
  ["ETIMEDOUT", "connect", "no-reply"],
  ["ERR_STREAM_PREMATURE_CLOSE", undefined, "no-reply"],
  ["HPE_INVALID_CONSTANT", undefined, "no-reply"],
  [undefined, undefined, "no-reply"],
];

describe("Transport: was anything sent?", () => {
  for (const [code, erroredSysCall, reason] of failures) {
    it(`${code} in ${erroredSysCall}: ${reason}`, () => {
      const said = "it failed with hp_key\u001b[0m";
      const error = { code, erroredSysCall, message: `request to http://x failed, reason: ${said}` };
      const failure = networkFailure(error, false);
      assert.equal(failure.reason, reason);
      assert.equal(failure.mayHaveHappened, reason === "no-reply");
      assert.equal(failure.text, `it failed with [API key] [0m${code ? ` (${code})` : ""}`);
    });
  }

  it("a body that ends too early is told in our words", () => {
    const { reason, text } = networkFailure(
      { code: "Z_BUF_ERROR", message: "unexpected end of file" },
      false,
    );
    assert.deepEqual([reason, text], ["no-reply", "the reply ends in its middle"]);
  });

  it("a time-out comes first", () => {
    const { reason, text } = networkFailure({ code: "ECONNREFUSED" }, true);
    assert.deepEqual([reason, text], ["no-reply", "no complete reply within 1 s"]);
  });
});
