import * as pulumi from "@pulumi/pulumi";
import type { HeadshotProError } from "../client";
import type { Session } from "../session/session";
import { organizationOf } from "./organization";
import { plainError } from "./plain-error";
import { configurationOf } from "./provider";

/** Which organization a function asks, as the options of an invoke say. */
export type OrganizationOptions = Pick<pulumi.InvokeOptions, "parent" | "provider">;

/** One session for an organization in each run of a program, so that its people are listed once. */
const sessions = new WeakMap<pulumi.Resource, Promise<Session>>();

/**
 * Asks an organization something, from the program itself: the SDK's dynamic providers have no functions.
 *
 * @param failed what did not come to pass, as the start of a sentence: `ada@acme.com could not be looked up`.
 * @throws RunError
 */
export async function asked<T>(
  opts: OrganizationOptions | undefined,
  failed: string,
  ask: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await sessionOf(opts);
  try {
    return await ask(session);
  } catch (error) {
    const { explain } = require("../session/explain") as typeof import("../session/explain");
    throw plainError(explain(error as HeadshotProError, failed, session.settings.baseUrl));
  }
}

/**
 * The arguments of a function once everything is known that it needs: they themselves, the organization's
 * configuration, and the resources that it comes after, be it by `dependsOn` or because an argument is an output
 * of theirs. What is not known yet in a preview leaves the answer unknown, as with every Pulumi function.
 */
export function whenKnown<T>(
  args: T,
  opts: pulumi.InvokeOutputOptions | undefined,
): pulumi.Output<pulumi.Unwrap<T>> {
  const known = pulumi.output(args);
  const resources = pulumi.all([opts?.dependsOn, resourcesOf(known)]);
  const before = resources.apply((all) =>
    all
      .flat()
      .filter((one) => one !== undefined)
      .map((one) => (pulumi.CustomResource.isInstance(one) ? one.id : one.urn)),
  );
  const configuration = configurationOf(organizationOf(opts));
  return pulumi.all([known, configuration, before]).apply(([value]) => value) as typeof known;
}

/** The SDK keeps it to itself which resources an output comes from. */
async function resourcesOf(output: unknown): Promise<pulumi.Resource[]> {
  const { allResources } = output as { allResources?: () => Promise<Set<pulumi.Resource>> };
  return [...((await allResources?.()) ?? [])];
}

function sessionOf(opts: OrganizationOptions | undefined): Promise<Session> {
  const organization = organizationOf(opts);
  const session = (organization && sessions.get(organization)) ?? newSession(organization);
  if (organization) sessions.set(organization, session);
  return session;
}

async function newSession(organization: pulumi.Resource | undefined): Promise<Session> {
  // Loaded late: most programs ask nothing.
  const { Session } = require("../session/session") as typeof import("../session/session");
  const { ConfigurationError, resolveSettings } =
    require("../session/configuration") as typeof import("../session/configuration");
  const read = await readerOf(organization);
  try {
    return new Session(resolveSettings(read, process.env), (line) => void pulumi.log.info(line));
  } catch (error) {
    throw error instanceof ConfigurationError ? plainError(error.message) : error;
  }
}

async function readerOf(
  organization: pulumi.Resource | undefined,
): Promise<(key: string) => string | undefined> {
  const configuration = configurationOf(organization);
  if (configuration) {
    const known = await new Promise<Record<string, string | undefined>>((resolve) => {
      configuration.apply(resolve);
    });
    return (key) => known[`headshotpro:${key}`];
  }
  if (organization === pulumi.runtime.getStackResource())
    return (key) => pulumi.runtime.getConfig(`headshotpro:${key}`);
  throw plainError(
    "The organization's key cannot be read from a provider that is not this package's own: " +
      'create it with `new Provider(...)` from "pulumi-headshotpro".',
  );
}
