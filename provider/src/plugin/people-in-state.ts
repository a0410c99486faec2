import { isInviteType } from "../invites/urn";
import type { RecordedPerson } from "../roster/removals";
import type { Monitor } from "./monitor";

/**
 * Whom the stack's state has, by the last `up`, in all of its organizations.
 *
 * @param stackName `organization/project/stack`
 */
export async function peopleInState(monitor: Monitor, stackName: string): Promise<RecordedPerson[]> {
  // Built into the engine.
  const { outputs } = await monitor.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
  return Object.entries(outputs as Record<string, { type: string; outputs: { email: string } }>)
    .filter(([, { type }]) => isInviteType(type))
    .map(
      ([
        urn,
        {
          outputs: { email },
        },
      ]) => ({ urn, email }),
    );
}
