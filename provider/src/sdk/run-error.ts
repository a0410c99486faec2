import * as pulumi from "@pulumi/pulumi";

/**
 * An error that the SDK prints as it is. If an output fails, it would put "error serializing property" before
 * the message; and it would spend half a minute on the stack, with all the promises that hang on it.
 */
export function plainError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = undefined;
  return Object.defineProperty(error, "message", { get: () => message, set: () => {} });
}

/**
 * What to throw after the API was asked: its own errors explained, and anything else as it is, because it is a mistake
 * of this package, whose stack helps to find it.
 *
 * @param failed what did not happen, as the start of a sentence: `ada@acme.com could not be looked up`.
 */
export function toRunError(error: unknown, failed: string, baseUrl: string): unknown {
  const { isApiError } = require("../client/errors") as typeof import("../client/errors");
  const { explain } = require("../api/explain") as typeof import("../api/explain");
  return isApiError(error) ? plainError(explain(error, failed, baseUrl)) : error;
}
