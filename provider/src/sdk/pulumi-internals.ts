import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";

/**
 * Everything that we use of the SDK's internals, in one place: what its public types do not have may be gone in
 * any version. `tests/package/pulumi-internals.spec.ts` holds the SDK to each.
 */

/** What every output has beside `apply`, which is silent about what a preview does not know. */
interface OutputInternals {
  isKnown: Promise<boolean>;
  promise(withUnknowns: boolean): Promise<unknown>;
  allResources?(): Promise<Set<pulumi.Resource>>;
}

/** A place in the program, as the engine records it with a resource. */
interface StackFrame {
  uri: string;
}

interface ResourceInternals {
  /** @param skip the constructors between the program and the SDK's own class. */
  stackTrace?(skip: number): (StackFrame | undefined)[];
}

/** Whether an output's value is known, in the end: in a preview, not all are. Fails as the output does. */
export async function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return internalsOf(output).isKnown;
}

/** When an output has come to its end, be it known, unknown or failed: then the promise is rejected. */
export async function settled(output: pulumi.Output<unknown>): Promise<void> {
  await internalsOf(output).promise(true);
}

/** An output's value, undefined if a preview does not know it. Unlike `apply`, it always ends. */
export async function valueIfKnown<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  const [known, value] = await Promise.all([isKnown(output), internalsOf(output).promise(true)]);
  return known ? (value as T) : undefined;
}

/** Which resources an output comes from. */
export async function resourcesOf(output: pulumi.Output<unknown>): Promise<pulumi.Resource[]> {
  return [...((await internalsOf(output).allResources?.()) ?? [])];
}

/** What depending on these resources means to the SDK's own functions: a component stands for its children. */
export async function reachedBy(resources: Iterable<pulumi.Resource>): Promise<pulumi.Resource[]> {
  const { getAllTransitivelyReferencedResources: reached } = require("@pulumi/pulumi/runtime/dependsOn");
  return reached(new Set(resources), new Set());
}

/** A resource's name in the program. */
export function resourceName(resource: pulumi.Resource | undefined): string | undefined {
  return (resource as { __name?: string } | undefined)?.__name;
}

/** A resource's type token; undefined of any other value. The same across two copies of the SDK. */
export function resourceType(value: unknown): string | undefined {
  return (value as { __pulumiType?: string } | undefined)?.__pulumiType;
}

/**
 * Whether a transform may change what a resource is registered with: one of its own, of the stack, or an older one of a
 * component above. Whether a component above has a newer one (`transforms`), the SDK does not keep.
 */
export function isTransformed(opts: pulumi.CustomResourceOptions | undefined): boolean {
  const above = (opts?.parent ?? pulumi.runtime.getStackResource()) as { __transformations?: unknown[] };
  // What serves callbacks of the engine, once there is one: a transform, or a hook.
  const { callbacks } = require("@pulumi/pulumi/runtime/state").getStore();
  const transforms = [opts?.transforms, opts?.transformations, above?.__transformations];
  return callbacks !== undefined || transforms.some((list) => list !== undefined && list.length > 0);
}

/** When the program has run, and its outputs are known as far as they will be. Fails as the program does. */
export async function endOfProgram(): Promise<void> {
  const stack = pulumi.runtime.getStackResource() as { outputs?: pulumi.Output<unknown> } | undefined;
  if (stack?.outputs) await settled(stack.outputs);
}

/**
 * The one rule for every promise of ours: the run is not over before it has come to its end. One that stays open
 * makes the run fail, as the SDK finds it out; the program of the Automation API would end without it.
 */
export async function endingInRun<T>(promise: Promise<T>): Promise<T> {
  const done = pulumi.runtime.rpcKeepAlive();
  // What the program does with an answer comes some promises later, but before anything else.
  return promise.finally(() => setImmediate(done));
}

/** Whether this is a unit test, whose mocks stand for the engine: `pulumi.runtime.setMocks`. */
export function isMocked(): boolean {
  const monitor = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}

/** This package's own code. */
const OURS = `${pathToFileURL(join(__dirname, ".."))}/`;

/**
 * Of the stack that the SDK records with each resource, keeps the line in the user's program, as `sourcePosition`: the
 * frames take a third of a person's state.
 *
 * Upstream: https://github.com/pulumi/pulumi/pull/20430, which has no switch. It may go when the SDK has one, or when a
 * state has the frames once for all resources.
 *
 * @returns to be called when the resource is constructed.
 */
export function recordOnePlace(): () => void {
  const resource = pulumi.Resource as unknown as ResourceInternals;
  const { stackTrace } = resource;
  if (!stackTrace) return () => {};
  const place: (StackFrame | undefined)[] = [];
  resource.stackTrace = (skip) => {
    // One more to skip: this function.
    const frames = stackTrace.call(resource, skip + 1);
    place.push(frames.find((frame) => frame && !frame.uri.startsWith(OURS)) ?? frames[0]);
    return place;
  };
  return () => {
    resource.stackTrace = stackTrace;
    // The constructor has taken the first as the resource's place, and the list is sent later: once is enough.
    place.length = 0;
  };
}

function internalsOf(output: unknown): OutputInternals {
  return output as OutputInternals;
}

/**
 * Stops stacks from being formatted while a resource is constructed. The SDK reads one for each of the four promises
 * of each output, to keep it for `PULUMI_DEBUG_PROMISE_LEAKS`. For an invite that makes 56, and with ts-node's source
 * maps they take half of a program's time (docs/performance.md).
 *
 * V8 formats a stack when it is first read, so an error that somebody catches and reads later has all its frames. The
 * SDK finds the resource's place in the program in a stack without a limit, which is formatted as always.
 *
 * Upstream: https://github.com/pulumi/pulumi/pull/1374 made the report opt-in, but not the stacks. It may go when
 * `debuggablePromise` reads a stack only under `PULUMI_DEBUG_PROMISE_LEAKS`.
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

/**
 * An error that the SDK prints as it is. If an output fails, it would put "error serializing property" before
 * the message; and it would spend half a minute on the stack, with all the promises that hang on it.
 */
export function plainError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = undefined;
  return Object.defineProperty(error, "message", { get: () => message, set: () => {} });
}
