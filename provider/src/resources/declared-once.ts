import * as pulumi from "@pulumi/pulumi";
import { readEmail } from "../membership/email";

/**
 * Who declares a person, by her canonical address, in each organization: that of an explicit provider, or the
 * default one of a stack. Both are objects of one run of a program, so a process that runs several (the
 * Automation API's inline programs) does not mix them up.
 */
const organizations = new WeakMap<pulumi.Resource, Map<string, string>>();

/**
 * Refuses the second of two resources that declare the same person: one invite would have two owners, and
 * removing either would revoke what the other declares. Two providers count as two organizations; a unit test
 * without a stack has none.
 *
 * An address that is known only later is checked then; the resource is not registered before, and not at all
 * where the address is refused.
 *
 * @param type the resource's type token, which selects the provider.
 * @returns the address to register the resource with.
 * @throws RunError
 */
export function declaredOnce(
  email: pulumi.Input<string>,
  { type, name, opts }: { type: string; name: string; opts?: pulumi.CustomResourceOptions },
): pulumi.Input<string> {
  const stack = pulumi.runtime.getStackResource();
  const parent = opts?.parent ?? stack;
  const organization = opts?.provider ?? parent?.getProvider(type) ?? stack;
  if (!organization) return email;
  const declare = (address: string) => {
    declareIn(organization, address, parent === stack ? `"${name}"` : `"${name}" in ${nameOf(parent)}`);
    return address;
  };
  return typeof email === "string" ? declare(email) : pulumi.output(email).apply(declare);
}

function declareIn(organization: pulumi.Resource, address: unknown, resource: string): void {
  // What is not an address is for the provider's check to say, with everything else that is wrong.
  const email = typeof address === "string" ? readEmail(address).email : undefined;
  if (email === undefined) return;
  const declared = organizations.get(organization) ?? new Map<string, string>();
  organizations.set(organization, declared);
  const other = declared.get(email);
  if (other !== undefined)
    throw plainly(
      `${email} is declared twice, by ${other} and by ${resource}. A person has one invite in an organization: ` +
        "remove one of the two.",
    );
  declared.set(email, resource);
}

/** The SDK keeps a resource's name to itself. */
function nameOf(resource: pulumi.Resource | undefined): string {
  return JSON.stringify((resource as { __name?: string } | undefined)?.__name ?? "another resource");
}

/**
 * An error that the SDK prints as it is. Where an output fails, it would put "error serializing property" before
 * the message; and it would spend half a minute on the stack, with all the promises that hang on it.
 */
function plainly(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = undefined;
  return Object.defineProperty(error, "message", { get: () => message, set: () => {} });
}
