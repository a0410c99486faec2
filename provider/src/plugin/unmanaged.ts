import type { InviteProvider } from "../provider/provider";
import { unmanagedMessage, unmanagedPeople } from "../roster/unmanaged";
import { UserError } from "../user-error";
import type { Monitor } from "./monitor";
import { peopleInState } from "./people-in-state";

/** Whose people are looked through, and whom this run knows of. */
interface Whereabouts {
  monitor: Monitor;
  provider: InviteProvider;
  /** The stack, as `organization/project/stack`. */
  stack: string;
  /** Whom the program has declared so far, by canonical address. */
  declared: Iterable<string>;
}

/** The engine tells a provider of no program's end, so what is declared after the roster cannot count. */
const DECLARED_LATER =
  " People whom the program declares elsewhere count if the roster comes after them (`dependsOn`).";

/**
 * What to say of people who are invited to the organization though nobody declares them, or that they cannot be listed;
 * undefined if there is nothing to say. Whom the stack's state has is not one of them: they are declared still, or about
 * to be revoked.
 */
export async function unmanagedIn({
  monitor,
  provider,
  stack,
  declared,
}: Whereabouts): Promise<string | undefined> {
  try {
    const [{ invites, unreadable }, inState] = await Promise.all([
      provider.getInvites(),
      peopleInState(monitor, stack),
    ]);
    const people = unmanagedPeople(invites, new Set([...declared, ...inState.map(({ email }) => email)]));
    return unmanagedMessage(people, unreadable, DECLARED_LATER);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
