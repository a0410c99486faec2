import type * as pulumi from "@pulumi/pulumi";
import type { RecordedPerson } from "../invite/recorded-people";
import { allowedDomainsIn } from "./allowed-domains";
import { organizationOf } from "./organization";
import { organizationInRun } from "./organization-in-run";
import { peopleInState } from "./people-in-state";
import { isMocked } from "./pulumi-internals";
import type { HeadshotRosterArgs } from "./roster-args";
import { formerRosterNames } from "./roster-names";
import type { RosterEntry } from "./roster-rows";
import { plainError } from "./run-error";

/** A roster that is being constructed. */
interface Applicant {
  roster: pulumi.Resource;
  name: string;
  args: HeadshotRosterArgs;
  opts?: pulumi.ComponentResourceOptions;
  entries: readonly RosterEntry[];
}

/**
 * What a roster's people wait for: it fails if somebody must not be invited, or if too many leave, so that nobody of
 * them is touched.
 */
export async function admission(applicant: Applicant): Promise<pulumi.Resource[]> {
  const organization = organizationOf({ parent: applicant.roster });
  if (!organization) return [];
  await refuseOutside(applicant, organization);
  // A unit test has no state.
  if (!isMocked()) await refuseRemovals(applicant, organization);
  return [];
}

async function refuseOutside({ name, entries }: Applicant, organization: pulumi.Resource): Promise<void> {
  const { domainProblems, domainRefusal } =
    require("../roster/domains") as typeof import("../roster/domains");
  const allowed = await allowedDomainsIn(organization);
  if (domainProblems(entries, allowed).length === 0) return;
  const recorded = isMocked() ? [] : await known();
  const problems = domainProblems(entries, allowed, new Set(recorded.map(({ email }) => email)));
  if (problems.length > 0) throw plainError(domainRefusal(name, problems));
}

/** By the time that the state is read, the program has declared whom it declares without waiting for anything. */
async function refuseRemovals({ name, args, opts }: Applicant, organization: pulumi.Resource): Promise<void> {
  const { maxRemovalsOf, refusalToRemove } =
    require("../roster/removals") as typeof import("../roster/removals");
  const [recorded, formerNames] = await Promise.all([known(), formerRosterNames(opts?.aliases)]);
  const declared = new Set(organizationInRun(organization).declared.keys());
  const maxRemovals = maxRemovalsOf(args.maxRemovals, process.env);
  const refusal = refusalToRemove({ name, formerNames, recorded, declared, maxRemovals });
  if (refusal !== undefined) throw plainError(refusal);
}

async function known(): Promise<RecordedPerson[]> {
  try {
    return await peopleInState();
  } catch (error) {
    throw plainError(
      "The engine does not tell whom the stack has, so it is not known who would lose their invite, and nobody in " +
        `the roster is touched: ${(error as Error).message}`,
    );
  }
}
