import * as pulumi from "@pulumi/pulumi";
import { readEmail } from "../invite/email";
import { organizationOf } from "./organization";
import { type OrganizationInRun, organizationInRun } from "./organization-in-run";
import { isKnown, nameOf } from "./pulumi-internals";
import { plainError } from "./run-error";

/** Makes a message about a resource say where it comes from: `the roster "people" (people.csv:3)`. */
export function notePlace(parent: pulumi.Resource, name: string, place: string): void {
  const organization = organizationOf({ parent });
  if (!organization) return;
  const { places } = organizationInRun(organization);
  places.set(parent, (places.get(parent) ?? new Map<string, string>()).set(name, place));
}

/**
 * Whom the program has declared in an organization so far.
 *
 * @returns `complete` is false if an address is not known yet, in a preview, or was refused.
 */
export async function declaredPeople(
  organization: pulumi.Resource,
): Promise<{ people: Iterable<string>; complete: boolean }> {
  const { declared, declaredLater } = organizationInRun(organization);
  const known = await Promise.all(declaredLater.map((email) => isKnown(email).catch(() => false)));
  return { people: declared.keys(), complete: !known.includes(false) };
}

/**
 * Refuses the second of two resources that declare the same person: one invite would have two owners, and
 * removing either would revoke what the other declares. Two providers count as two organizations; a unit test
 * without a stack has none.
 *
 * An address that is known only later is checked then; the resource is not registered before, and not at all
 * if the address is refused.
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
  const inRun = organizationInRun(organization);
  const resource = placeOf(inRun, name, opts);
  const declare = (address: string) => {
    declareIn(inRun, address, resource);
    return address;
  };
  if (typeof email === "string") return declare(email);
  const known = pulumi.output(email).apply(declare);
  inRun.declaredLater.push(known);
  return known;
}

function declareIn({ declared }: OrganizationInRun, address: unknown, resource: string): void {
  // What is not an address is for the provider's check to say, with everything else that is wrong.
  const email = typeof address === "string" ? readEmail(address).email : undefined;
  if (email === undefined) return;
  const other = declared.get(email);
  if (other !== undefined)
    throw plainError(
      `${email} is declared twice, by ${other} and by ${resource}. A person has one invite in an organization: ` +
        "remove one of the two.",
    );
  declared.set(email, resource);
}

function placeOf(
  { places }: OrganizationInRun,
  name: string,
  opts: pulumi.CustomResourceOptions | undefined,
): string {
  const stack = pulumi.runtime.getStackResource();
  const parent = opts?.parent ?? stack;
  const place = parent && places.get(parent)?.get(name);
  if (place !== undefined) return place;
  return parent === stack
    ? `"${name}"`
    : `"${name}" in ${JSON.stringify(nameOf(parent) ?? "another resource")}`;
}
