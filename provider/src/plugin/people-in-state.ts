import { type RecordedPerson, readRecordedPeople } from "../invite/recorded-people";
import type { Monitor } from "./monitor";

/**
 * Whom the stack's state has, by the last `up`, in all of its organizations.
 *
 * @param stackName `organization/project/stack`
 */
export function peopleInState(monitor: Monitor, stackName: string): Promise<RecordedPerson[]> {
  return readRecordedPeople(() => monitor.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName }));
}
