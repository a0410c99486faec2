import * as pulumi from "@pulumi/pulumi";
import { declaredPeople } from "./duplicate-declarations";
import { getInvites } from "./get-invites";
import { organizationOf } from "./organization";
import { organizationInRun } from "./organization-in-run";
import { peopleInState } from "./people-in-state";
import { endOfProgram, isMocked } from "./pulumi-internals";
import { plainError } from "./run-error";
import { whenKnown } from "./when-known";

/**
 * Once the program has declared everybody, tells of those who are invited to the roster's organization though nobody
 * declares them. Whom this stack still has is about to be revoked, and so not one of them.
 *
 * @returns an output without a value, for the SDK to wait for.
 */
export function watchUnmanaged(
  roster: pulumi.Resource,
  mode: "ignore" | "warn" | "fail",
): pulumi.Output<undefined> | undefined {
  const organization = organizationOf({ parent: roster });
  // A unit test has no state that could be compared with.
  if (mode === "ignore" || !organization || isMocked()) return undefined;
  const { watched } = organizationInRun(organization);
  if (watched.has(mode)) return undefined;
  watched.add(mode);
  return whenKnown({}, { parent: roster }).apply(async () => {
    const message = await unmanagedIn(organization, roster).catch(messageForPeople);
    if (message !== undefined && mode === "fail") throw plainError(message);
    if (message !== undefined) await pulumi.log.warn(message, roster);
    return undefined;
  });
}

async function unmanagedIn(
  organization: pulumi.Resource,
  roster: pulumi.Resource,
): Promise<string | undefined> {
  const { unmanagedMessage, unmanagedPeople } =
    require("../roster/unmanaged") as typeof import("../roster/unmanaged");
  const [{ invites, unreadable }, inState, hasRun] = await Promise.all([
    getInvites({}, { parent: roster }),
    // From an engine that does not tell, somebody who is just being removed is told of, too.
    peopleInState().catch(() => []),
    // A program that fails has declared nobody for sure, and tells of it itself.
    endOfProgram().then(
      () => true,
      () => false,
    ),
  ]);
  const { people, complete } = await declaredPeople(organization);
  if (!complete || !hasRun) return undefined;
  const undeclared = unmanagedPeople(invites, new Set([...people, ...inState.map(({ email }) => email)]));
  return unmanagedMessage(undeclared, unreadable);
}

/** Of an API that does not answer. Anything else is a mistake of this package. */
function messageForPeople(error: unknown): string {
  if (pulumi.RunError.isInstance(error)) return error.message;
  throw error;
}
