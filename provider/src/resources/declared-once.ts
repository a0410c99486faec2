import * as pulumi from "@pulumi/pulumi";
import { readEmail } from "../membership/email";
import { organizationOf } from "./organization";
import { plainError } from "./plain-error";

/** Who declares a person, by her canonical address, in each organization. */
const organizations = new WeakMap<pulumi.Resource, Map<string, string>>();

/** The addresses in each organization that were not known when they were declared. */
const later = new WeakMap<pulumi.Resource, pulumi.Output<string>[]>();

/** What to call a component's resource in a message, by its name. */
const places = new WeakMap<pulumi.Resource, Map<string, string>>();

/** Has a message about a resource say where it comes from: `the roster "people" (people.csv:3)`. */
export function notePlace(parent: pulumi.Resource, name: string, place: string): void {
  const known = places.get(parent) ?? new Map<string, string>();
  places.set(parent, known.set(name, place));
}

/**
 * Whom the program has declared in an organization so far.
 *
 * @returns `complete` is false in a preview where an address is not known yet.
 */
export async function declaredPeople(
  organization: pulumi.Resource,
): Promise<{ people: Iterable<string>; complete: boolean }> {
  const known = await Promise.all(
    (later.get(organization) ?? []).map(
      (email) => (email as unknown as { isKnown: Promise<boolean> }).isKnown,
    ),
  );
  return { people: organizations.get(organization)?.keys() ?? [], complete: !known.includes(false) };
}

/**
 * Refuses the second of two resources that declare the same person: one invite would have two owners, and
 * removing either would revoke what the other declares. Two providers count as two organizations; a unit test
 * without a stack has none.
 *
 * An address that is known only later is checked then; the resource is not registered before, and not at all
 * where the address is refused.
 *
 * @returns the address to register the resource with.
 * @throws RunError
 */
export function declaredOnce(
  email: pulumi.Input<string>,
  { name, opts }: { name: string; opts?: pulumi.CustomResourceOptions },
): pulumi.Input<string> {
  const organization = organizationOf(opts);
  if (!organization) return email;
  const stack = pulumi.runtime.getStackResource();
  const parent = opts?.parent ?? stack;
  const declare = (address: string) => {
    const place = parent && places.get(parent)?.get(name);
    declareIn(
      organization,
      address,
      place ?? (parent === stack ? `"${name}"` : `"${name}" in ${nameOf(parent)}`),
    );
    return address;
  };
  if (typeof email === "string") return declare(email);
  const known = pulumi.output(email).apply(declare);
  const others = later.get(organization) ?? [];
  later.set(organization, others);
  others.push(known);
  return known;
}

function declareIn(organization: pulumi.Resource, address: unknown, resource: string): void {
  // What is not an address is for the provider's check to say, with everything else that is wrong.
  const email = typeof address === "string" ? readEmail(address).email : undefined;
  if (email === undefined) return;
  const declared = organizations.get(organization) ?? new Map<string, string>();
  organizations.set(organization, declared);
  const other = declared.get(email);
  if (other !== undefined)
    throw plainError(
      `${email} is declared twice, by ${other} and by ${resource}. A person has one invite in an organization: ` +
        "remove one of the two.",
    );
  declared.set(email, resource);
}

/** The SDK keeps a resource's name to itself. */
function nameOf(resource: pulumi.Resource | undefined): string {
  return JSON.stringify((resource as { __name?: string } | undefined)?.__name ?? "another resource");
}
