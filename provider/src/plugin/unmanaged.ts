import { isInviteType } from "../invites/urn";
import { unmanagedMessage, unmanagedPeople } from "../roster/unmanaged";
import type { Monitor } from "./monitor";

/** Whose people are looked through, and whom this run knows of. */
interface Whereabouts {
  monitor: Monitor;
  /** Of the organization: `urn::id`. */
  provider: string;
  /** The stack, as `organization/project/stack`. */
  stack: string;
  /** Whom the program has declared so far, by canonical address. */
  declared: Iterable<string>;
}

/**
 * What to say of people who are invited to the organization though nobody declares them; undefined if there is nothing
 * to say. Whom the stack's state has is not one of them: they are declared still, or about to be revoked.
 *
 * The engine tells a provider of no program's end. So what is declared after the roster counts as not declared.
 *
 * @throws Error if the organization's people cannot be listed.
 */
export async function unmanagedIn(where: Whereabouts): Promise<string | undefined> {
  const { monitor, provider, stack } = where;
  const [listed, state] = await Promise.all([
    monitor.invoke("headshotpro:index:getInvites", {}, provider),
    // Built into the engine.
    monitor.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName: stack }),
  ]);
  const resources = Object.values(
    state.outputs as Record<string, { type: string; outputs: { email: string } }>,
  );
  const inState = resources.filter(({ type }) => isInviteType(type)).map(({ outputs }) => outputs.email);
  const { invites, unreadable } = listed as {
    invites: { email: string; status: string }[];
    unreadable: number;
  };
  const people = unmanagedPeople(invites, new Set([...where.declared, ...inState]));
  return unmanagedMessage(people, unreadable);
}
