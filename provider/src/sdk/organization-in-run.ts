import type * as pulumi from "@pulumi/pulumi";
import type { Session } from "../api/session";
import type { RecordedPerson } from "../invite/recorded-people";

/** An explicit provider's configuration, by namespaced key. */
export type ProviderConfiguration = Record<string, string | undefined>;

/** All that is kept about one organization in one run of a program. */
export class OrganizationInRun {
  /** Who declares a person, by canonical address. */
  readonly declared = new Map<string, string>();
  /** The addresses that were not known when they were declared. */
  readonly declaredLater: pulumi.Output<string>[] = [];
  /** What to call a component's resource in a message, by its name. */
  readonly places = new WeakMap<pulumi.Resource, Map<string, string>>();
  /** What an explicit provider was given: the SDK keeps it from the program. */
  configuration?: pulumi.Output<ProviderConfiguration>;
  /** Whom the stack's state has: kept with the stack itself. */
  recorded?: Promise<RecordedPerson[]>;
  /** One for all questions of the program, so that people are listed once. */
  session?: Session;
  /** Which resources an answer has come after already. */
  readonly comeAfter = new WeakSet<pulumi.Resource>();
  /** How the organization is looked through for unmanaged people: two rosters would say the same twice. */
  readonly watched = new Set<"warn" | "fail">();
}

/** Goes with its key: a process that runs several programs keeps nothing of one for the next. */
const organizations = new WeakMap<pulumi.Resource, OrganizationInRun>();

/** @param organization what stands for it in this run: see `organizationOf`. */
export function organizationInRun(organization: pulumi.Resource): OrganizationInRun {
  const kept = organizations.get(organization) ?? new OrganizationInRun();
  organizations.set(organization, kept);
  return kept;
}
