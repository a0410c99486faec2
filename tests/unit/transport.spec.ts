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
const failures: Record<string, string> = {
  unreachable:
    "ECONNREFUSED connect/ECONNREFUSED/ENOTFOUND getaddrinfo/EAI_AGAIN getaddrinfo/EHOSTUNREACH connect/" +
    "ENETUNREACH connect/CERT_HAS_EXPIRED/DEPTH_ZERO_SELF_SIGNED_CERT/SELF_SIGNED_CERT_IN_CHAIN/" +
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE/ERR_TLS_CERT_ALTNAME_INVALID",
  // The route broke when the request was on its way already.
  "no-reply":
    "EHOSTUNREACH read/ENETUNREACH write/ECONNRESET read/EPIPE write/ETIMEDOUT connect/" +
    "ERR_STREAM_PREMATURE_CLOSE/HPE_INVALID_CONSTANT/",
};

describe("Transport: was anything sent?", () => {
  for (const [reason, told] of Object.entries(failures))
    for (const one of told.split("/"))
      it(`${one || "no code"}: ${reason}`, () => {
        const [code, erroredSysCall] = one ? one.split(" ") : [];
        const said = "it failed with hp_key\u001b[0m";
        const error = { code, erroredSysCall, message: `request to http://x failed, reason: ${said}` };
        const failure = networkFailure(error, false);
        assert.deepEqual([failure.reason, failure.mayHaveHappened], [reason, reason === "no-reply"]);
        assert.equal(failure.text, `it failed with [API key] [0m${code ? ` (${code})` : ""}`);
      });

  it("a time-out comes first", () => {
    const { reason, text } = networkFailure({ code: "ECONNREFUSED" }, true);
    assert.deepEqual([reason, text], ["no-reply", "no complete reply within 1 s"]);
  });
});
