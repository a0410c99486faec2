import { setTimeout as pauseFor } from "node:timers/promises";
import { isInviteType } from "./urn";

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
 * Asks the engine for the people in the stack's state. The engine may be writing it just then, and a folder as backend
 * is not written in one step: what fails is asked again.
 *
 * @param ask `pulumi:pulumi:readStackResourceOutputs`, which is built into the engine.
 * @throws what `ask` throws, if it does so each time.
 */
export async function readRecordedPeople(
  ask: () => Promise<unknown>,
  pause: (ms: number) => Promise<unknown> = pauseFor,
): Promise<RecordedPerson[]> {
  for (const ms of PAUSES) {
    try {
      return recordedPeople(await ask());
    } catch {
      await pause(ms);
    }
  }
  return recordedPeople(await ask());
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
