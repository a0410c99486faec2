import * as pulumi from "@pulumi/pulumi";
import { type RecordedPerson, readRecordedPeople } from "../invite/recorded-people";
import { organizationInRun } from "./organization-in-run";

/**
 * Whom the stack's state has, by the last `up`, in all of its organizations. It is read once, before anybody is touched.
 *
 * @throws Error if the engine does not tell
 */
export function peopleInState(): Promise<RecordedPerson[]> {
  const stack = pulumi.runtime.getStackResource();
  if (!stack) return Promise.resolve([]);
  const kept = organizationInRun(stack);
  kept.recorded ??= read();
  return kept.recorded;
}

function read(): Promise<RecordedPerson[]> {
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  return readRecordedPeople(() =>
    pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName }),
  );
}
