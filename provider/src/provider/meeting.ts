/** What one provider of a run says of a person whom its part of the program declares. */
export interface Declared {
  /** The fingerprint of its key: equal ones reach the same organization. */
  key: string;
  /** As the program has it for this person. */
  forceDestroy?: boolean;
  /**
   * When the person's live invite was sent, as the list of its organization has it; undefined if there is none. Told
   * only to a provider with another key, for whom it takes a request.
   */
  createdAt?: string;
  /** The list does not say whether there is one, or when it was sent. */
  unclear?: boolean;
}

/** Answers a provider of the same run; undefined if this one does not declare the person. */
export type Answer = (email: string, askersKey: string) => Promise<Declared | undefined>;

/**
 * Where the provider processes of one run meet. The engine starts one for each provider, and none of them knows what
 * the others do: somebody who moves from one to the other is created by one and deleted by the other.
 */
export interface Meeting {
  /** Starts to answer the others; returns once they can ask. To be called before anything is created. */
  join(answer: Answer): Promise<void>;
  /**
   * Asks all others about a person.
   *
   * @throws Error if somebody of this run can no longer be asked: then it is not known what they declare.
   */
  ask(email: string, askersKey: string): Promise<Declared[]>;
}

/** A run of one provider only. */
export const ALONE: Meeting = { join: async () => {}, ask: async () => [] };
