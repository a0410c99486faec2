import * as pulumi from "@pulumi/pulumi";
import { organizationOf } from "./organization";
import { organizationInRun } from "./organization-in-run";
import { reachedBy, resourcesOf } from "./pulumi-internals";

/**
 * The arguments of a function once everything is known that it needs: they themselves, the organization's
 * configuration, and the resources that it comes after, be it by `dependsOn` or because an argument is an output
 * of theirs. What is not known yet in a preview leaves the answer unknown, as with every Pulumi function.
 *
 * An answer given then is never older than these resources.
 */
export function whenKnown<T>(
  args: T,
  opts: pulumi.InvokeOutputOptions | undefined,
): pulumi.Output<pulumi.Unwrap<T>> {
  const known = pulumi.output(args);
  const organization = organizationOf(opts);
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

/** A resource is seen to by the provider's process, of whose requests the session here knows nothing. */
function comeAfter(organization: pulumi.Resource, resources: pulumi.Resource[]): void {
  const { comeAfter: seen, session } = organizationInRun(organization);
  const added = resources.filter((one) => !seen.has(one));
  for (const one of added) seen.add(one);
  if (added.length) session?.changedElsewhere();
}
