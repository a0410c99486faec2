import type * as pulumi from "@pulumi/pulumi";
import { runtime } from "@pulumi/pulumi";
import { INVITE_TYPE } from "../invite/urn";

/** Which organization is meant, as the options of a resource or a function say. */
export type OrganizationOptions = Pick<pulumi.InvokeOptions, "parent" | "provider">;

/**
 * The object that stands for an organization in one run of a program: an explicit provider, or else the stack
 * itself. A process that runs several programs (the Automation API's inline ones) has several stacks. A unit test
 * without a stack has none: undefined.
 */
export function organizationOf(opts: OrganizationOptions | undefined): pulumi.Resource | undefined {
  return explicitProviderOf(opts) ?? runtime.getStackResource();
}

/** The provider that is given, or inherited from a parent. */
export function explicitProviderOf(
  opts: OrganizationOptions | undefined,
): pulumi.ProviderResource | undefined {
  return opts?.provider ?? (opts?.parent ?? runtime.getStackResource())?.getProvider(INVITE_TYPE);
}
