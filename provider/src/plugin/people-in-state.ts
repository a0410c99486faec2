import { type RecordedPerson, recordedPeople } from "../invites/recorded-people";
import type { Monitor } from "./monitor";

/**
 * Whom the stack's state has, by the last `up`, in all of its organizations.
 *
 * @param stackName `organization/project/stack`
 */
export async function peopleInState(monitor: Monitor, stackName: string): Promise<RecordedPerson[]> {
  // Built into the engine.
  const { outputs } = await monitor.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
  return recordedPeople(outputs);
}
