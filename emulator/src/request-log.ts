export const VERBS = ["list", "create", "get", "revoke", "teams", "credits", "other"] as const;

/** What a request asks for. */
export type Verb = (typeof VERBS)[number];

/** One request as it came in, without its headers: the key is in none of these fields. */
export interface RequestRecord {
  /** ISO, in real time (not by the emulator's clock), so that pacing can be measured. */
  at: string;
  method: string;
  /** With the query. */
  path: string;
  verb: Verb;
  /** Whom it is about: from the path of a GET, from the body of a create or revoke. */
  email?: string;
  /** What was answered; absent while nothing was. */
  status?: number | "reset" | "hang";
  /** The kind of the fault that hit it. */
  fault?: string;
}
