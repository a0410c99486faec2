import type { Surroundings as Wires } from "../client/transport";
import type { Peers } from "./peers";

/** What an `InviteProvider` is given: nothing in it asks the process that it runs in. */
export interface Surroundings extends Partial<Wires> {
  /** Says something to the user: a line on the stack. */
  say(line: string): void;
  /** The environment's variables. */
  env: Readonly<Record<string, string | undefined>>;
  /** The other providers of the run. */
  peers: Peers;
}

/** Reads the configuration of the stack, or of an explicit provider, by a key without namespace. */
export type ReadConfiguration = (key: string) => string | undefined;
