import * as pulumi from "@pulumi/pulumi";
import type { Team } from "../invite/team";
import type { RosterEntry } from "../roster/load";
import type { Refusal, RosterPlan } from "../roster/preflight";
import type { RosterProblem } from "../roster/validate";
import { nameOf } from "../urn";
import { UserError } from "../user-error";
import { type FromRoster, HeadshotInvite } from "./headshot-invite";
import { endOfProgram, isMocked, plainError, resourceName, settled, valueIfKnown } from "./pulumi-internals";
import { getInvites, getTeams } from "./queries";
import {
  configurationReader,
  declaredPeople,
  findOrganization,
  organizationInRun,
  peopleInState,
} from "./registry";
import { knownNow, whenKnown } from "./unknowns";

/** A roster as the program declares it. */
interface Declared {
  name: string;
  args: { maxRemovals?: number; aliases?: Record<string, unknown>; defaults?: object };
  opts: pulumi.ComponentResourceOptions;
  entries: readonly RosterEntry<object>[];
  problems: readonly RosterProblem[];
}

/**
 * Why a roster must not be applied. Its people wait for it, and carry it to the provider, whose check then fails: so
 * `up` touches nobody, and `destroy --run-program`, which checks nobody, goes on.
 *
 * @param roster the component that is being constructed.
 * @throws RunError in a unit test, which has no provider.
 */
export async function rosterRefusal(
  roster: pulumi.Resource,
  { entries, problems, opts: { aliases = [], retainOnDelete = false }, args, name }: Declared,
): Promise<Refusal | undefined> {
  const organization = findOrganization({ parent: roster });
  if (!organization) return undefined;
  const { changesLine } = require("../roster/changes-line") as typeof import("../roster/changes-line");
  const { UNKNOWN } = require("../invite/inputs") as typeof import("../invite/inputs");
  const { invitedMembers, newTeamNames, preflight, readMaxRemovals } =
    require("../roster/preflight") as typeof import("../roster/preflight");
  try {
    const [settings, recorded, formerNames] = await Promise.all([
      settingsIn(organization),
      // A unit test has no state.
      isMocked() ? [] : peopleInState(),
      formerRosterNames(aliases),
    ]);
    // A file names teams in plain text, so nothing else says that the people come after them.
    const { declarations, teams } = organizationInRun(organization);
    await Promise.all(isMocked() ? [] : teams.map((urn) => settled(urn).catch(() => {})));
    // By the time that the state is read, the program has declared everybody who waits for nothing.
    const plan = {
      ...{ name, formerNames, members: entries, problems, recorded, aliases: args.aliases },
      declared: declarations.people(),
      defaults: knownNow(args.defaults, UNKNOWN, 1) as RosterPlan["defaults"],
    };
    const newTeams = newTeamNames({ ...plan, members: entries.filter(({ isLater }) => isLater) });
    const refusal = preflight({
      ...plan,
      newTeams,
      teams: isMocked() ? undefined : await teamsOfLater(organization, roster, newTeams),
      allowedDomains: settings?.allowedDomains,
      maxRemovals: readMaxRemovals(args.maxRemovals, process.env),
    });
    if (isMocked() && refusal !== undefined) throw plainError(refusal.message);
    if (isMocked() || refusal !== undefined) return refusal;
    const invited = invitedMembers(plan);
    const changes = changesLine({
      ...plan,
      members: entries.filter(({ email, isLater }) => !isLater || invited.has(email)),
      organization: settings?.organization,
      forceDestroy: settings?.forceDestroy ?? false,
      isRetained: retainOnDelete,
      now: new Date(),
    });
    if (changes !== undefined) await pulumi.log.info(changes, roster);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return { message: error.message, leaving: [] };
    throw error;
  }
}

/**
 * Those who start later and whom the stack has in this roster already, or by an alias of theirs, which is said; another
 * resource may be another organization's. If that cannot be read, the roster is refused, and they all are with it.
 */
export async function invitedAlready<Starter extends { email: string }>(
  roster: pulumi.Resource,
  { name, args, opts, later }: Pick<Declared, "name" | "args" | "opts"> & { later: readonly Starter[] },
): Promise<Starter[]> {
  if (later.length === 0) return [];
  const { invitedMembers } = require("../roster/preflight") as typeof import("../roster/preflight");
  const { laterLines } = require("../roster/starts-on") as typeof import("../roster/starts-on");
  const formerNames = await formerRosterNames(opts.aliases ?? []);
  const recorded = isMocked() ? [] : await peopleInState().catch(() => undefined);
  const known = recorded && invitedMembers({ name, formerNames, aliases: args.aliases, recorded });
  const invited = known ?? new Set(later.map(({ email }) => email));
  for (const line of laterLines(later, invited)) void pulumi.log.info(line, roster);
  return later.filter(({ email }) => invited.has(email));
}

/**
 * The teams that people who start later are looked up in: nobody else checks them. One request, unless the program makes
 * them all, or the stack has people in them; undefined if there is nobody to look up, or this key may not list teams.
 */
async function teamsOfLater(
  organization: pulumi.Resource,
  roster: pulumi.Resource,
  named: readonly { team: string }[],
): Promise<Team[] | undefined> {
  if (named.length === 0) return undefined;
  const { UNKNOWN } = require("../invite/inputs") as typeof import("../invite/inputs");
  const { plainName } = require("../invite/team") as typeof import("../invite/team");
  const names = new Set(organizationInRun(organization).teamNames.people());
  const made = [...names].map((name) => ({ id: UNKNOWN, name }));
  const isMade = (name: string) => names.has(plainName(name));
  if (named.every(({ team }) => isMade(team))) return made;
  try {
    const { teams } = await getTeams({ parent: roster });
    return [...made, ...teams.filter(({ name }) => !isMade(name))];
  } catch (error) {
    // Who may not list teams is told when they start.
    if (pulumi.RunError.isInstance(error)) return undefined;
    throw error;
  }
}

/**
 * Undefined: the configuration is wrong, or not known in a preview. The provider reports that, and invites nobody then.
 */
async function settingsIn(organization: pulumi.Resource) {
  const { resolveSettings } = require("../settings") as typeof import("../settings");
  const { toOrganization } = require("../invite/organization") as typeof import("../invite/organization");
  const read = await configurationReader(organization);
  try {
    if (!read) return undefined;
    const { allowedDomains, apiKey, forceDestroy } = resolveSettings(read, process.env);
    return { allowedDomains, forceDestroy, organization: toOrganization(read("provider"), apiKey) };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

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
    if (message === undefined) return undefined;
    if (mode === "warn") await pulumi.log.warn(message, roster);
    else refuseRun(roster, message);
    return undefined;
  });
}

/**
 * Declares resources that carry the reason to the provider, whose check then fails. A program that fails would stand in
 * the way of `destroy --run-program`, which passes over what the state does not have, and checks nobody.
 *
 * @param carriers addresses; left out: nobody's.
 */
export function refuseRun(
  roster: pulumi.Resource,
  message: string,
  carriers: readonly string[] = ["unmanaged"],
): void {
  for (const email of carriers) {
    const carrier: FromRoster = { email, __refusal: message };
    new HeadshotInvite(`${resourceName(roster)}/${email}`, carrier, { parent: roster });
  }
}

async function reportUnmanaged(organization: pulumi.Resource, roster: pulumi.Resource) {
  const { unmanagedReport } = require("../roster/preflight") as typeof import("../roster/preflight");
  try {
    const [{ invites, unreadable }, recorded, hasRun] = await Promise.all([
      getInvites({}, { parent: roster }),
      // If the state cannot be read, people who are being removed are reported as well.
      peopleInState().catch(() => []),
      // A program that fails has not declared everybody, and reports its own error.
      endOfProgram()
        .then(() => true)
        .catch(() => false),
    ]);
    const { people, complete } = await declaredPeople(organization);
    if (!complete || !hasRun) return undefined;
    return unmanagedReport({ invites, unreadable, declared: people, recorded });
  } catch (error) {
    // The API does not answer. Anything else is a mistake of this package.
    if (pulumi.RunError.isInstance(error)) return error.message;
    throw error;
  }
}
