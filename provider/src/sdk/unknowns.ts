import * as pulumi from "@pulumi/pulumi";
import { reachedBy, resourcesOf } from "./pulumi-internals";
import { findOrganization, organizationInRun } from "./registry";

/** Whether a program gives a value that is known only when resources exist, or a promise is kept. */
export function isLater(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/**
 * A value as the rules may see it, which know nothing of outputs: `unknown` stands for whatever is known only later.
 *
 * @param levels how far down to look: below, a resource may hold anything, itself too.
 * @example
 * knownNow({ file: pulumi.output("people.csv") }, "?", 1); // { file: "?" }
 */
export function knownNow(value: unknown, unknown: string, levels: number): unknown {
  if (isLater(value)) return unknown;
  if (levels === 0) return value;
  if (Array.isArray(value)) return Array.from(value, (one) => knownNow(one, unknown, levels - 1));
  if (Object.prototype.toString.call(value) !== "[object Object]") return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([key, one]) => [key, knownNow(one, unknown, levels - 1)]),
  );
}

/**
 * The arguments of a function, once they, the organization's configuration and the resources are known that it comes
 * after: those of `dependsOn`, and those that the arguments are outputs of. An answer is never older than these. In a
 * preview that does not know them it is unknown, as with every Pulumi function.
 */
export function whenKnown<T>(
  args: T,
  opts: pulumi.InvokeOutputOptions | undefined,
): pulumi.Output<pulumi.Unwrap<T>> {
  const known = pulumi.output(args);
  const organization = findOrganization(opts);
  const configuration = organization && organizationInRun(organization).configuration;
  const named = pulumi.output(opts?.dependsOn);
  const before = pulumi
    .all([named, resourcesOf(known), resourcesOf(named)])
    .apply((all) => reachedBy(all.flat().filter((one) => one !== undefined)));
  const made = before.apply((all) =>
    all.map((one) => (pulumi.CustomResource.isInstance(one) ? one.id : one.urn)),
  );
  return pulumi.all([known, configuration, before, made]).apply(([value, , resources]) => {
    if (organization) comeAfter(organization, resources);
    return value;
  }) as typeof known;
}

/** Resources are changed in the provider's process, so that the lists of the session here are out of date. */
function comeAfter(organization: pulumi.Resource, resources: pulumi.Resource[]): void {
  const { comeAfter: seen, session } = organizationInRun(organization);
  const added = resources.filter((one) => !seen.has(one));
  for (const one of added) seen.add(one);
  if (added.length) session?.changedElsewhere();
}
