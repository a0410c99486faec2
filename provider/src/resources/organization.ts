import type * as pulumi from "@pulumi/pulumi";
import { runtime } from "@pulumi/pulumi";
import { INVITE_TYPE } from "../membership/urn";

/**
 * The object that stands for an organization in one run of a program: an explicit provider, given or inherited
 * from a parent, or else the stack itself. A process that runs several programs (the Automation API's inline
 * ones) has several stacks. A unit test without a stack has none: undefined.
 */
export function organizationOf(
  opts: { parent?: pulumi.Resource; provider?: pulumi.ProviderResource } | undefined,
): pulumi.Resource | undefined {
  const stack = runtime.getStackResource();
  return opts?.provider ?? (opts?.parent ?? stack)?.getProvider(INVITE_TYPE) ?? stack;
}
