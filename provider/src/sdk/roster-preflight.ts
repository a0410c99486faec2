import * as pulumi from "@pulumi/pulumi";
import type { AllowedDomains } from "../invite/allowed-domains";
import type { Refusal, RosterPlan } from "../roster/preflight";
import { nameOf } from "../urn";
import { UserError } from "../user-error";
import { endOfProgram, isMocked, plainError, valueIfKnown } from "./pulumi-internals";
import { getInvites } from "./queries";
import {
  configurationReader,
  declaredPeople,
  findOrganization,
  organizationInRun,
  peopleInState,
} from "./registry";
import { whenKnown } from "./unknowns";

/**
 * Why a roster must not be applied. Its people wait for it, and carry it to the provider, whose check then fails: so
 * `up` touches nobody, and `destroy --run-program`, which checks nobody, goes on.
 *
 * @param roster the component that is being constructed.
 * @throws RunError in a unit test, which has no provider.
 */
export async function rosterRefusal(
  roster: pulumi.Resource,
  {
    aliases,
    maxRemovals,
    ...plan
  }: Pick<RosterPlan, "name" | "members"> & {
    aliases: pulumi.ComponentResourceOptions["aliases"];
    maxRemovals: number | undefined;
  },
): Promise<Refusal | undefined> {
  const organization = findOrganization({ parent: roster });
  if (!organization) return undefined;
  const { preflight, readMaxRemovals } =
    require("../roster/preflight") as typeof import("../roster/preflight");
  try {
    const [allowedDomains, recorded, formerNames] = await Promise.all([
      allowedDomainsIn(organization),
      // A unit test has no state.
      isMocked() ? [] : peopleInState(),
      formerRosterNames(aliases ?? []),
    ]);
    const refusal = preflight({
      ...plan,
      formerNames,
      recorded,
      // By the time that the state is read, the program has declared everybody who waits for nothing.
      declared: organizationInRun(organization).declarations.people(),
      allowedDomains,
      maxRemovals: readMaxRemovals(maxRemovals, process.env),
    });
    if (refusal !== undefined && isMocked()) throw plainError(refusal.message);
    return refusal;
  } catch (error) {
    if (error instanceof UserError) return { message: error.message, leaving: [] };
    throw error;
  }
}

/**
 * The domains that an organization's configuration allows; undefined allows all. The provider reports a configuration
 * that is wrong, or not known in a preview, and invites nobody then.
 */
async function allowedDomainsIn(organization: pulumi.Resource): Promise<AllowedDomains | undefined> {
  const { resolveSettings } = require("../settings") as typeof import("../settings");
  const read = await configurationReader(organization);
  try {
    return read && resolveSettings(read, process.env).allowedDomains;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The former names of a roster, from the aliases in its options. */
async function formerRosterNames(
  aliases: readonly pulumi.Input<pulumi.URN | pulumi.Alias>[],
): Promise<string[]> {
  const names = aliases.map((alias) =>
    pulumi
      .output(alias as pulumi.Input<string | { name?: pulumi.Input<string> }>)
      .apply((known) => (typeof known === "string" ? nameOf(known) : known?.name)),
  );
  const known = await Promise.all(names.map(valueIfKnown));
  return known.filter((name) => name !== undefined);
}

/**
 * Reports people who are invited to the roster's organization but not declared, once the program has run.
 *
 * @returns an output without a value, for the SDK to wait for.
 */
export function watchUnmanaged(
  roster: pulumi.Resource,
  mode: "ignore" | "warn" | "fail",
): pulumi.Output<undefined> | undefined {
  const organization = findOrganization({ parent: roster });
  // A unit test has no state that could be compared with.
  if (mode === "ignore" || !organization || isMocked()) return undefined;
  const { watched } = organizationInRun(organization);
  if (watched.has(mode)) return undefined;
  watched.add(mode);
  return whenKnown({}, { parent: roster }).apply(async () => {
    const message = await reportUnmanaged(organization, roster);
    if (message !== undefined && mode === "fail") throw plainError(message);
    if (message !== undefined) await pulumi.log.warn(message, roster);
    return undefined;
  });
}

async function reportUnmanaged(
  organization: pulumi.Resource,
  roster: pulumi.Resource,
): Promise<string | undefined> {
  const { unmanagedReport } = require("../roster/preflight") as typeof import("../roster/preflight");
  try {
    const [{ invites, unreadable }, recorded, hasRun] = await Promise.all([
      getInvites({}, { parent: roster }),
      // If the state cannot be read, people who are being removed are reported as well.
      peopleInState().catch(() => []),
      // A program that fails has not declared everybody, and reports its own error.
      endOfProgram().then(
        () => true,
        () => false,
      ),
    ]);
    const { people, complete } = await declaredPeople(organization);
    return complete && hasRun
      ? unmanagedReport({ invites, unreadable, declared: people, recorded })
      : undefined;
  } catch (error) {
    // The API does not answer. Anything else is a mistake of this package.
    if (pulumi.RunError.isInstance(error)) return error.message;
    throw error;
  }
}
