import * as pulumi from "@pulumi/pulumi";

/**
 * An error that the SDK prints as it is. Where an output fails, it would put "error serializing property" before
 * the message; and it would spend half a minute on the stack, with all the promises that hang on it.
 */
export function plainError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = undefined;
  return Object.defineProperty(error, "message", { get: () => message, set: () => {} });
}
