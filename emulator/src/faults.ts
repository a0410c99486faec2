import { checkFault, type FaultSpec } from "./fault-spec";
import type { Verb } from "./request-log";

/** Takes a fault out of the queue again. */
export interface FaultHandle {
  remove(): void;
}

interface Queued {
  spec: FaultSpec;
  toSkip: number;
  left: number;
}

/** The faults that wait for their requests, in the order in which they were given. */
export class Faults {
  #queue: Queued[] = [];

  /** Throws an Error that says what is wrong with the specification. */
  add(spec: FaultSpec): FaultHandle {
    checkFault(spec);
    const queued: Queued = { spec, toSkip: spec.after ?? 0, left: spec.times ?? 1 };
    this.#queue.push(queued);
    return { remove: () => this.#remove(queued) };
  }

  /** Those that wait, with how many requests each still hits. */
  waiting(): FaultSpec[] {
    return this.#queue.map(({ spec, toSkip, left }) => ({ ...spec, after: toSkip, times: left }));
  }

  clear(): void {
    this.#queue = [];
  }

  /** The fault that hits this request about these people, counted. */
  take(verb: Verb, emails: readonly string[]): FaultSpec | undefined {
    for (const queued of this.#queue) {
      if (!matches(queued.spec, verb, emails)) continue;
      if (queued.toSkip > 0) {
        queued.toSkip -= 1;
        continue;
      }
      queued.left -= 1;
      if (queued.left <= 0) this.#remove(queued);
      return queued.spec;
    }
    return undefined;
  }

  #remove(queued: Queued): void {
    this.#queue = this.#queue.filter((other) => other !== queued);
  }
}

function matches(
  { on, kind, about, email: person }: FaultSpec,
  verb: Verb,
  emails: readonly string[],
): boolean {
  if (on !== "any" && on !== verb) return false;
  const isAbout = (person: string) => emails.some((email) => email.toLowerCase() === person.toLowerCase());
  // Nobody is somebody else to themselves: the answer would be a lie that no client can see.
  if (kind === "somebody-else" && about !== undefined && isAbout(about)) return false;
  return person === undefined || isAbout(person);
}
