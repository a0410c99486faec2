import * as pulumi from "@pulumi/pulumi";
import type { AllowedDomains } from "../invite/allowed-domains";
import type { Team } from "../invite/team";
import type { Refusal, RosterPlan } from "../roster/preflight";
import { nameOf } from "../urn";
import { UserError } from "../user-error";
import { endOfProgram, isMocked, plainError, settled, valueIfKnown } from "./pulumi-internals";
import { getInvites, getTeams } from "./queries";
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
  const { newTeamNames, preflight, readMaxRemovals } =
    require("../roster/preflight") as typeof import("../roster/preflight");
  try {
    const [allowedDomains, recorded, formerNames] = await Promise.all([
      allowedDomainsIn(organization),
      // A unit test has no state.
      isMocked() ? [] : peopleInState(),
      formerRosterNames(aliases ?? []),
    ]);
    // A file names teams in plain text, so nothing else says that the people come after them.
    const teams = organizationInRun(organization).teams.map((urn) => settled(urn).catch(() => {}));
    await Promise.all(isMocked() ? [] : teams);
    const later = plan.members.filter(({ isLater }) => isLater);
    const named = newTeamNames({ name: plan.name, formerNames, members: later, recorded }).map(
      ({ team }) => team,
    );
    const refusal = preflight({
      teams: isMocked() ? undefined : await teamsOfLater(organization, roster, named),
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
 * Who of these people the stack has in this roster already; another one may be another organization's. If that cannot be
 * read, the roster is refused, and they all are with it.
 */
export async function invitedAlready(
  name: string,
  aliases: pulumi.ComponentResourceOptions["aliases"],
  people: readonly string[],
): Promise<ReadonlySet<string>> {
  if (isMocked()) return new Set();
  const { recordedMembers } = require("../roster/preflight") as typeof import("../roster/preflight");
  const formerNames = await formerRosterNames(aliases ?? []);
  const recorded = await peopleInState().catch(() => undefined);
  const known = recorded && recordedMembers({ name, formerNames, recorded });
  return new Set(people.filter((email) => known === undefined || known.has(email)));
}

/**
 * The teams that people who start later are looked up in: nobody else checks them. One request, unless the stack has
 * people in them all.
 */
async function teamsOfLater(
  organization: pulumi.Resource,
  roster: pulumi.Resource,
  names: readonly string[],
): Promise<Team[] | undefined> {
  if (names.length === 0) return undefined;
  const { UNKNOWN } = require("../invite/inputs") as typeof import("../invite/inputs");
  const made = [...organizationInRun(organization).teamNames.people()].map((name) => ({ id: UNKNOWN, name }));
  const { teams } = await getTeams({ parent: roster }).catch((error) => {
    // Who may not list teams is told when they start.
    if (pulumi.RunError.isInstance(error)) return { teams: undefined };
    throw error;
  });
  return (
    teams && [...made, ...teams.filter(({ name }) => !made.some((one) => one.name === plainNameOf(name)))]
  );
}

function plainNameOf(name: string): string {
  const { plainName } = require("../invite/team") as typeof import("../invite/team");
  return plainName(name);
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
