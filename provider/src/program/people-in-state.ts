import * as pulumi from "@pulumi/pulumi";
import { isInviteType } from "../invites/urn";

/** Whom the stack's state has, by the last `up`, in all of its organizations: canonical addresses. */
export async function peopleInState(): Promise<string[]> {
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  // Built into the engine. One that has it no more has nobody, as far as anybody can tell.
  const { outputs } = await pulumi.runtime
    .invoke("pulumi:pulumi:readStackResourceOutputs", { stackName })
    .catch(() => ({ outputs: {} }));
  return Object.values(outputs as Record<string, { type: string; outputs: { email: string } }>)
    .filter(({ type }) => isInviteType(type))
    .map((invite) => invite.outputs.email);
}
