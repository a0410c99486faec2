export type Properties = Record<string, unknown>;

/** The verbs as a test calls them, wherever they run. What a verb throws for the user is a {@link VerbFailure}. */
export interface Verbs {
  readonly printed: string[];
  /** @returns the checked inputs, and the failures as `property: reason`. */
  check(news: Properties, olds?: Properties): Promise<{ inputs: Properties; failures: string[] }>;
  /** @returns `changes` as the SDK passes it on: unknown means that the engine compares the inputs itself. */
  diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes?: string; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  /** @returns undefined where the provider says that the resource is gone. */
  read(
    id: string,
    known?: Properties,
  ): Promise<{ id: string; props: Properties; inputs: Properties } | undefined>;
  update(id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(id: string, known?: Properties): Promise<void>;
  stop(): Promise<void>;
}

/** What the engine records of a change that was carried out in part. */
export interface Recorded {
  id: string;
  properties: Properties;
  /** The names of those that are secret; the dynamic face knows none. */
  secrets?: string[];
  reasons: string[];
}

/** A verb that failed, as the engine sees it: what it prints, and what it records in spite of the failure. */
export class VerbFailure extends Error {
  constructor(
    message: string,
    readonly recorded?: Recorded,
  ) {
    super(message);
  }
}
