/**
 * Stops stacks from being formatted while a resource is constructed. The SDK reads one for each of the four promises
 * of each output, to keep it for `PULUMI_DEBUG_PROMISE_LEAKS`. For an invite that makes 56, and with ts-node's source
 * maps they take half of a program's time (docs/performance.md).
 *
 * V8 formats a stack when it is first read, so an error that somebody catches and reads later has all its frames. The
 * SDK finds the resource's place in the program in a stack without a limit, which is formatted as always.
 *
 * @returns a function that ends this.
 * @example
 * const formatAgain = leaveStacksUnformatted();
 * try {
 *   super(type, name, properties, options);
 * } finally {
 *   formatAgain();
 * }
 */
export function leaveStacksUnformatted(): () => void {
  const format = Error.prepareStackTrace;
  // Without source maps, V8's own formatting costs little.
  if (!format || process.env.PULUMI_DEBUG_PROMISE_LEAKS) return () => {};
  Error.prepareStackTrace = (error, frames) =>
    Error.stackTraceLimit === Number.POSITIVE_INFINITY ? format(error, frames) : error.message;
  return () => {
    Error.prepareStackTrace = format;
  };
}
