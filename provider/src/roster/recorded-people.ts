import { setTimeout as pauseFor } from "node:timers/promises";
import type { StoredState } from "../invite/invite";
import { isInviteType } from "../urn";
import { UserError } from "../user-error";

/** A person in the stack's state, as the last `up` left it; without the sign-up link. */
export interface RecordedPerson extends StoredState {
  urn: string;
  /** Canonical. */
  email: string;
}

/** Calls a function of the engine's own. */
type Invoke = (token: string, args: Record<string, unknown>) => Promise<unknown>;

/** Milliseconds before each repeat. */
const PAUSES = [50, 100, 200, 400, 800];

/**
 * Asks the engine for the people in the stack's state, in all of its organizations. A failure is asked again: the engine
 * may be writing the state just then, and does not write a folder in one step.
 *
 * @param stack `organization/project/stack`.
 * @throws UserError if the engine fails each time.
 */
export async function readRecordedPeople(
  stack: string,
  invoke: Invoke,
  pause: (ms: number) => Promise<unknown> = pauseFor,
): Promise<RecordedPerson[]> {
  for (let attempt = 0; ; attempt++) {
    try {
      return recordedPeople(await askForOutputs(stack, invoke));
    } catch (error) {
      const ms = PAUSES[attempt];
      if (ms === undefined)
        throw new UserError(
          "The engine does not tell whom the stack has, so it is not known who would lose their invite, and nobody " +
            `in the roster is touched: ${(error as Error).message}`,
          { cause: error },
        );
      await pause(ms);
    }
  }
}

async function askForOutputs(stack: string, invoke: Invoke): Promise<unknown> {
  const [organization, , shortName] = stack.split("/");
  const ask = (stackName = "") => invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
  try {
    return await ask(stack);
  } catch (error) {
    // A bucket of the old layout (`PULUMI_DIY_BACKEND_LEGACY_LAYOUT`) knows a stack by its short name only. Pulumi Cloud
    // would take the short name for a stack of another organization; in a bucket, each organization has this name.
    if (organization !== "organization") throw error;
    return ask(shortName).catch(() => Promise.reject(error));
  }
}

/** @param answer the outputs of each resource, by URN. */
function recordedPeople(answer: unknown): RecordedPerson[] {
  const { outputs } = answer as { outputs: Record<string, { type: string; outputs: RecordedPerson }> };
  return Object.entries(outputs)
    .filter(([, { type }]) => isInviteType(type))
    .map(([urn, { outputs: told }]) => {
      const { link, ...known } = told;
      return { ...known, urn };
    });
}
