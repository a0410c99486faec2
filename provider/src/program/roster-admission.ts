import * as pulumi from "@pulumi/pulumi";
import type { AllowedDomains } from "../invites/allowed-domains";
import { organizationOf } from "./organization";
import { organizationInRun } from "./organization-in-run";
import { peopleInState } from "./people-in-state";
import { isMocked, valueIfKnown } from "./pulumi-internals";
import type { RosterEntry } from "./roster-rows";
import { plainError } from "./run-error";

/** A roster's name and its file, if its rows are in one, as messages have them. */
interface Named {
  name: string;
  file?: string;
}

/** Reads a configuration value by its key without namespace. */
type Read = (key: string) => string | undefined;

/**
 * What a roster's people have to wait for, so that nobody of them is touched if somebody must not be invited: it fails
 * with every such row. Undefined if everybody may be invited, so that nobody waits.
 */
export function admission(
  roster: pulumi.Resource,
  entries: readonly RosterEntry[],
  named: Named,
): Promise<pulumi.Resource[]> | undefined {
  const organization = organizationOf({ parent: roster });
  if (!organization) return undefined;
  if (organization === pulumi.runtime.getStackResource()) {
    const allowed = allowedBy((key) => pulumi.runtime.getConfig(`headshotpro:${key}`));
    return allowed && admit(entries, allowed, named);
  }
  const { configuration } = organizationInRun(organization);
  return (
    configuration &&
    valueIfKnown(configuration).then(async (known) => {
      // What a preview does not know is said by `up`.
      const allowed = known && allowedBy((key) => known[`headshotpro:${key}`]);
      return allowed ? admit(entries, allowed, named) : [];
    })
  );
}

function allowedBy(read: Read): AllowedDomains | undefined {
  const { ConfigurationError, resolveSettings } =
    require("../api/configuration") as typeof import("../api/configuration");
  try {
    return resolveSettings(read, process.env).allowedDomains;
  } catch (error) {
    // The provider says it, and invites nobody.
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

async function admit(
  entries: readonly RosterEntry[],
  allowed: AllowedDomains,
  { name, file }: Named,
): Promise<pulumi.Resource[]> {
  const { domainProblems, domainRefusal } =
    require("../roster/domains") as typeof import("../roster/domains");
  if (domainProblems(entries, allowed).length === 0) return [];
  // A unit test has no state.
  const recorded = isMocked() ? [] : await peopleInState();
  const problems = domainProblems(entries, allowed, new Set(recorded));
  if (problems.length > 0) throw plainError(domainRefusal(name, problems, file));
  return [];
}
