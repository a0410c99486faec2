import { setTimeout as pauseFor } from "node:timers/promises";
import { isInviteType } from "../invite/urn";
import { UserError } from "../user-error";

/** Somebody whom the stack's state has, by the last `up`. */
export interface RecordedPerson {
  urn: string;
  /** Canonical. */
  email: string;
  /** The team's name, if the program gives it. */
  team?: string;
}

/** Milliseconds before each repeat. */
const PAUSES = [50, 100, 200, 400, 800];

/**
 * Asks the engine for the people in the stack's state, in all of its organizations. The engine may be writing it just
 * then, and a folder as backend is not written in one step: what fails is asked again.
 *
 * @param stackName `organization/project/stack`
 * @param invoke calls a function of the engine's own.
 * @throws UserError if the engine fails each time.
 */
export async function readRecordedPeople(
  stackName: string,
  invoke: (token: string, args: Record<string, unknown>) => Promise<unknown>,
  pause: (ms: number) => Promise<unknown> = pauseFor,
): Promise<RecordedPerson[]> {
  const ask = () => invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
  for (const ms of PAUSES) {
    try {
      return recordedPeople(await ask());
    } catch {
      await pause(ms);
    }
  }
  try {
    return recordedPeople(await ask());
  } catch (error) {
    throw unknownPeople(error as Error);
  }
}

/** The people in the engine's answer: each resource's, by URN. */
function recordedPeople(answer: unknown): RecordedPerson[] {
  const { outputs } = answer as {
    outputs: Record<string, { type: string; outputs: Omit<RecordedPerson, "urn"> }>;
  };
  return Object.entries(outputs)
    .filter(([, { type }]) => isInviteType(type))
    .map(([urn, { outputs: told }]) => ({
      urn,
      email: told.email,
      ...(told.team !== undefined && { team: told.team }),
    }));
}

function unknownPeople(cause: Error): UserError {
  return new UserError(
    "The engine does not tell whom the stack has, so it is not known who would lose their invite, and nobody in " +
      `the roster is touched: ${cause.message}`,
    { cause },
  );
}
