import * as pulumi from "@pulumi/pulumi";
import type { Session } from "../api/session";
import { personOf, readEmail } from "../invite/email";
import { Declarations, ONE_TEAM } from "../roster/declarations";
import type { RecordedPerson } from "../roster/recorded-people";
import type { Read } from "../settings";
import { INVITE_TYPE } from "../urn";
import {
  endingInRun,
  endOfProgram,
  isKnown,
  isMocked,
  isTransformed,
  plainError,
  resourceName,
  valueIfKnown,
} from "./pulumi-internals";

/** Which organization is meant, as the options of a resource or a function say. */
export type OrganizationOptions = Pick<pulumi.InvokeOptions, "parent" | "provider">;

/** All that is kept about one organization in one run of a program. */
class OrganizationInRun {
  readonly declarations = new Declarations();
  /** The same of teams, by their names. */
  readonly teamNames = new Declarations(ONE_TEAM);
  /** The teams of the program so far: a roster comes after them. */
  readonly teams: pulumi.Output<string>[] = [];
  /** The addresses that were not known when they were declared. */
  readonly declaredLater: pulumi.Output<string>[] = [];
  readonly registered: Registered[] = [];
  /** What an explicit provider was given, by namespaced key: the SDK hides it from the program. */
  configuration?: pulumi.Output<Record<string, string | undefined>>;
  /** Whom the stack's state has; only the stack itself has this. */
  recorded?: Promise<RecordedPerson[]>;
  /** One for all functions of the program, so that people are listed once. */
  session?: Session;
  /** Which resources an answer has come after already. */
  readonly comeAfter = new WeakSet<pulumi.Resource>();
  /** How unmanaged people are already reported: two rosters would report them twice. */
  readonly watched = new Set<"warn" | "fail">();
}

/** Weak, so that a process that runs several programs keeps nothing of one for the next. */
const organizations = new WeakMap<pulumi.Resource, OrganizationInRun>();

/** @param organization what stands for it in this run: see {@link findOrganization}. */
export function organizationInRun(organization: pulumi.Resource): OrganizationInRun {
  const kept = organizations.get(organization) ?? new OrganizationInRun();
  organizations.set(organization, kept);
  return kept;
}

/**
 * The object that stands for an organization in one run of a program: an explicit provider, or else the stack itself, of
 * which a process has several with the Automation API. Undefined in a unit test without a stack.
 */
export function findOrganization(opts: OrganizationOptions | undefined): pulumi.Resource | undefined {
  return findProvider(opts) ?? pulumi.runtime.getStackResource();
}

/** The explicit provider that is given, or inherited from a parent. */
export function findProvider(opts: OrganizationOptions | undefined): pulumi.ProviderResource | undefined {
  return opts?.provider ?? (opts?.parent ?? pulumi.runtime.getStackResource())?.getProvider(INVITE_TYPE);
}

/**
 * Reads an organization's configuration.
 *
 * @returns undefined for an explicit provider that is not this package's own, or whose configuration a preview does
 * not know yet.
 */
export async function configurationReader(organization: pulumi.Resource): Promise<Read | undefined> {
  if (organization === pulumi.runtime.getStackResource())
    return (key) => pulumi.runtime.getConfig(`headshotpro:${key}`);
  const { configuration } = organizationInRun(organization);
  const known = configuration && (await valueIfKnown(configuration));
  return known && ((key) => known[`headshotpro:${key}`]);
}

/** The people whom the program has declared so far; not complete if an address is not known yet, or was refused. */
export async function declaredPeople(
  organization: pulumi.Resource,
): Promise<{ people: Iterable<string>; complete: boolean }> {
  const { declarations, declaredLater } = organizationInRun(organization);
  const known = await Promise.all(declaredLater.map((email) => isKnown(email).catch(() => false)));
  return { people: declarations.people(), complete: !known.includes(false) };
}

interface Declaration {
  name: string;
  opts?: pulumi.CustomResourceOptions | undefined;
  /** Where a roster declares it, for messages: `the roster "people" (people.csv:3)`. */
  place?: string | undefined;
}

interface Registered {
  urn: pulumi.Output<string>;
  email: pulumi.Output<string>;
  /** As the program says it; undefined if the program leaves it to the engine (`ignoreChanges`). */
  declared: pulumi.Input<string> | undefined;
  place: string;
}

/**
 * Refuses the second of two resources that declare the same person. Two providers count as two organizations.
 *
 * An address that is known only later is checked then, and the resource is not registered before. An address that
 * `ignoreChanges` keeps from the engine, or that a transform may change, is left to {@link registeredOnce}.
 *
 * @returns the address to register the resource with.
 * @throws RunError
 */
export function declaredOnce(email: pulumi.Input<string>, declaration: Declaration): pulumi.Input<string> {
  const organization = findOrganization(declaration.opts);
  if (!organization || declaration.opts?.ignoreChanges?.includes("email")) return email;
  const { declarations, declaredLater } = organizationInRun(organization);
  const resource = {};
  const isFinal = isMocked() || !isTransformed(declaration.opts);
  const declare = (address: string) => {
    const refusal = declareIn(declarations, address, resource, describePlace(declaration));
    if (refusal !== undefined && isFinal) throw plainError(refusal);
    return address;
  };
  if (typeof email === "string") return declare(email);
  const known = pulumi.output(email).apply(declare);
  declaredLater.push(known);
  return known;
}

/**
 * Refuses two resources that are one person only to the engine, because of a transform or of `ignoreChanges`. That is
 * known when the program has run.
 *
 * @param email as the program declares it.
 */
export function registeredOnce(
  { urn, email: registeredEmail }: Pick<Registered, "urn" | "email">,
  email: pulumi.Input<string>,
  declaration: Declaration,
): void {
  const organization = findOrganization(declaration.opts);
  if (!organization || isMocked()) return;
  const { registered } = organizationInRun(organization);
  const declared = declaration.opts?.ignoreChanges?.includes("email") ? undefined : email;
  registered.push({ urn, email: registeredEmail, declared, place: describePlace(declaration) });
  if (registered.length === 2) void endingInRun(checkRegistered(registered, peopleInState()));
}

async function checkRegistered(registered: Registered[], inState: Promise<RecordedPerson[]>): Promise<void> {
  const recorded = await inState.catch(() => []);
  // Whatever fails reports its own error.
  await endOfProgram().catch(() => {});
  const declarations = new Declarations();
  for (const one of registered) {
    const email = await valueIfKnown(one.email).catch(() => undefined);
    if (await isPassedOver(one, email, recorded)) continue;
    const refusal = declareIn(declarations, email, one, one.place);
    if (refusal !== undefined) throw plainError(refusal);
  }
}

/** Whether `--target` leaves a resource as the state has it, though the program declares somebody else. */
async function isPassedOver(
  { urn, declared }: Registered,
  email: string | undefined,
  recorded: RecordedPerson[],
): Promise<boolean> {
  const address = declared === undefined ? undefined : await valueIfKnown(pulumi.output(declared));
  if (address === undefined || personOf(address) === email) return false;
  const own = await valueIfKnown(urn);
  return recorded.some((person) => person.urn === own && person.email === email);
}

/** @returns why it is refused. What is not an address is left to the provider's check. */
function declareIn(declarations: Declarations, address: unknown, resource: unknown, place: string) {
  const { email, person = email } = readEmail(typeof address === "string" ? address : "");
  return person && declarations.declare(person, resource, place);
}

/** @example '"ada" in "devs"' */
function describePlace({ name, opts, place }: Declaration): string {
  const parent = opts?.parent;
  if (place !== undefined) return place;
  if (parent === undefined || parent === pulumi.runtime.getStackResource()) return `"${name}"`;
  return `"${name}" in ${JSON.stringify(resourceName(parent) ?? "another resource")}`;
}

/**
 * The people in the stack's state, in all of its organizations. The state is read once, before anybody is touched.
 *
 * @throws UserError if the engine does not answer.
 */
export async function peopleInState(): Promise<RecordedPerson[]> {
  const stack = pulumi.runtime.getStackResource();
  if (!stack) return [];
  const { readRecordedPeople } =
    require("../roster/recorded-people") as typeof import("../roster/recorded-people");
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const kept = organizationInRun(stack);
  kept.recorded ??= readRecordedPeople(stackName, (token, args) => pulumi.runtime.invoke(token, args));
  return kept.recorded;
}
