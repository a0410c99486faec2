import { isInviteType } from "./urn";

/** Somebody whom the stack's state has, by the last `up`. */
export interface RecordedPerson {
  urn: string;
  /** Canonical. */
  email: string;
}

/** The people in what the engine answers to `pulumi:pulumi:readStackResourceOutputs`: each resource's, by URN. */
export function recordedPeople(outputs: unknown): RecordedPerson[] {
  return Object.entries(outputs as Record<string, { type: string; outputs: { email: string } }>)
    .filter(([, { type }]) => isInviteType(type))
    .map(([urn, { outputs: told }]) => ({ urn, email: told.email }));
}
