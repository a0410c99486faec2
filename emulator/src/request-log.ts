/** What a request asks for. */
export type Verb = "list" | "create" | "get" | "revoke" | "other";

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
