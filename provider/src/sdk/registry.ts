import * as pulumi from "@pulumi/pulumi";
import type { Session } from "../api/session";
import { Declarations } from "../invite/declarations";
import { readEmail } from "../invite/email";
import type { RecordedPerson } from "../roster/recorded-people";
import { INVITE_TYPE } from "../urn";
import { endingInRun, endOfProgram, isKnown, isMocked, nameOf, valueIfKnown } from "./pulumi-internals";
import { plainError } from "./run-error";

/** Which organization is meant, as the options of a resource or a function say. */
export type OrganizationOptions = Pick<pulumi.InvokeOptions, "parent" | "provider">;

/** An explicit provider's configuration, by namespaced key. */
type ProviderConfiguration = Record<string, string | undefined>;

/** All that is kept about one organization in one run of a program. */
class OrganizationInRun {
  readonly declarations = new Declarations();
  /** The addresses that were not known when they were declared. */
  readonly declaredLater: pulumi.Output<string>[] = [];
  readonly registered: Registered[] = [];
  /** What an explicit provider was given: the SDK keeps it from the program. */
  configuration?: pulumi.Output<ProviderConfiguration>;
  /** Whom the stack's state has: kept with the stack itself. */
  recorded?: Promise<RecordedPerson[]>;
  /** One for all questions of the program, so that people are listed once. */
  session?: Session;
  /** Which resources an answer has come after already. */
  readonly comeAfter = new WeakSet<pulumi.Resource>();
  /** How unmanaged people are already reported: two rosters would report them twice. */
  readonly watched = new Set<"warn" | "fail">();
}

/** Goes with its key: a process that runs several programs keeps nothing of one for the next. */
const organizations = new WeakMap<pulumi.Resource, OrganizationInRun>();

/** @param organization what stands for it in this run: see {@link organizationOf}. */
export function organizationInRun(organization: pulumi.Resource): OrganizationInRun {
  const kept = organizations.get(organization) ?? new OrganizationInRun();
  organizations.set(organization, kept);
  return kept;
}

/**
 * The object that stands for an organization in one run of a program: an explicit provider, or else the stack
 * itself. A process that runs several programs (the Automation API's inline ones) has several stacks. A unit test
 * without a stack has none: undefined.
 */
export function organizationOf(opts: OrganizationOptions | undefined): pulumi.Resource | undefined {
  return explicitProviderOf(opts) ?? pulumi.runtime.getStackResource();
}

/** The provider that is given, or inherited from a parent. */
export function explicitProviderOf(
  opts: OrganizationOptions | undefined,
): pulumi.ProviderResource | undefined {
  return opts?.provider ?? (opts?.parent ?? pulumi.runtime.getStackResource())?.getProvider(INVITE_TYPE);
}

/**
 * Whom the program has declared in an organization so far.
 *
 * @returns `complete` is false if an address is not known yet, in a preview, or was refused.
 */
export async function declaredPeople(
  organization: pulumi.Resource,
): Promise<{ people: Iterable<string>; complete: boolean }> {
  const { declarations, declaredLater } = organizationInRun(organization);
  const known = await Promise.all(declaredLater.map((email) => isKnown(email).catch(() => false)));
  return { people: declarations.people(), complete: !known.includes(false) };
}

/** A resource of a person that is being registered. */
interface Registered {
  urn: pulumi.Output<string>;
  email: pulumi.Output<string>;
  /** As the program says it; undefined if the program leaves it to the engine (`ignoreChanges`). */
  declared: pulumi.Input<string> | undefined;
  place: string;
}

/** A resource that is about to be registered. */
interface Declaration {
  name: string;
  opts?: pulumi.CustomResourceOptions | undefined;
  /** Where a roster declares it, for messages: `the roster "people" (people.csv:3)`. */
  place?: string | undefined;
}

/**
 * Refuses the second of two resources that declare the same person. Two providers count as two organizations; a unit
 * test without a stack has none.
 *
 * An address that is known only later is checked then; the resource is not registered before, and not at all
 * if the address is refused. One that `ignoreChanges` keeps from the engine says nothing.
 *
 * @returns the address to register the resource with.
 * @throws RunError
 */
export function declaredOnce(email: pulumi.Input<string>, declaration: Declaration): pulumi.Input<string> {
  const organization = organizationOf(declaration.opts);
  if (!organization || declaration.opts?.ignoreChanges?.includes("email")) return email;
  const { declarations, declaredLater } = organizationInRun(organization);
  const resource = {};
  const declare = (address: string) => {
    const refusal = declareIn(declarations, address, resource, declaration);
    if (refusal !== undefined) throw plainError(refusal);
    return address;
  };
  if (typeof email === "string") return declare(email);
  const known = pulumi.output(email).apply(declare);
  declaredLater.push(known);
  return known;
}

/**
 * The same of the people as the engine has got them: a transform of the program, or `ignoreChanges`, may have made one
 * person of two. That is known when the program has run.
 *
 * @param resource as it is being registered. @param email as the program declares it.
 */
export function registeredOnce(
  { urn, email: registeredEmail }: Pick<Registered, "urn" | "email">,
  email: pulumi.Input<string>,
  declaration: Declaration,
): void {
  const organization = organizationOf(declaration.opts);
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
    const refusal = declareIn(declarations, email, one, { name: "", place: one.place });
    if (refusal !== undefined) throw plainError(refusal);
  }
}

/** Whether the engine has left a resource as the state has it (`--target`), though the program declares somebody else. */
async function isPassedOver(
  { urn, declared }: Registered,
  email: string | undefined,
  recorded: RecordedPerson[],
): Promise<boolean> {
  const address = declared === undefined ? undefined : await valueIfKnown(pulumi.output(declared));
  if (address === undefined || readEmail(address).email === email) return false;
  const own = await valueIfKnown(urn);
  return recorded.some((person) => person.urn === own && person.email === email);
}

/** @returns the refusal. The provider's check reports what is not an address, with everything else that is wrong. */
function declareIn(
  declarations: Declarations,
  address: unknown,
  resource: unknown,
  declaration: Declaration,
): string | undefined {
  const email = typeof address === "string" ? readEmail(address).email : undefined;
  return email && declarations.declare(email, resource, describePlace(declaration));
}

/** @example '"ada" in "devs"' */
function describePlace({ name, opts, place }: Declaration): string {
  const parent = opts?.parent;
  if (place !== undefined) return place;
  if (parent === undefined || parent === pulumi.runtime.getStackResource()) return `"${name}"`;
  return `"${name}" in ${JSON.stringify(nameOf(parent) ?? "another resource")}`;
}

/**
 * Whom the stack's state has, by the last `up`, in all of its organizations. It is read once, before anybody is touched.
 *
 * @throws UserError if the engine does not answer.
 */
export function peopleInState(): Promise<RecordedPerson[]> {
  const stack = pulumi.runtime.getStackResource();
  if (!stack) return Promise.resolve([]);
  const kept = organizationInRun(stack);
  kept.recorded ??= read();
  return kept.recorded;
}

function read(): Promise<RecordedPerson[]> {
  const { readRecordedPeople } =
    require("../roster/recorded-people") as typeof import("../roster/recorded-people");
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  return readRecordedPeople(stackName, (token, args) => pulumi.runtime.invoke(token, args));
}
