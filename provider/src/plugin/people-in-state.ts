import { isInviteType } from "../invites/urn";
import type { Monitor } from "./monitor";

/** Whom the stack's state has, by the last `up`, in all of its organizations: canonical addresses. @param stackName `organization/project/stack` */
export async function peopleInState(monitor: Monitor, stackName: string): Promise<string[]> {
  // Built into the engine.
  const { outputs } = await monitor.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
  const resources = Object.values(outputs as Record<string, { type: string; outputs: { email: string } }>);
  return resources.filter(({ type }) => isInviteType(type)).map((invite) => invite.outputs.email);
}
