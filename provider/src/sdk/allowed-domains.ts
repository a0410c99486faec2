import * as pulumi from "@pulumi/pulumi";
import type { AllowedDomains } from "../invite/allowed-domains";
import { UserError } from "../user-error";
import { organizationInRun } from "./organization-in-run";
import { valueIfKnown } from "./pulumi-internals";

/**
 * Whose addresses may be invited to an organization, as its configuration says; undefined allows all. What is wrong
 * with a configuration, or not known in a preview, is for the provider to say, which invites nobody then.
 */
export async function allowedDomainsIn(organization: pulumi.Resource): Promise<AllowedDomains | undefined> {
  if (organization === pulumi.runtime.getStackResource())
    return allowedBy((key) => pulumi.runtime.getConfig(`headshotpro:${key}`));
  const { configuration } = organizationInRun(organization);
  const known = configuration && (await valueIfKnown(configuration));
  return known && allowedBy((key) => known[`headshotpro:${key}`]);
}

function allowedBy(read: (key: string) => string | undefined): AllowedDomains | undefined {
  const { resolveSettings } = require("../settings") as typeof import("../settings");
  try {
    return resolveSettings(read, process.env).allowedDomains;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
