import type { Verb } from "./routes";

/** One request as it came in, without its headers: the key is in none of these fields. */
export interface RequestRecord {
  /** ISO, in real time (not by the emulator's clock), so that pacing can be measured. */
  at: string;
  method: string;
  /** With the query. */
  path: string;
  verb: Verb;
  /** Whom it is about, if it is one person: from the path of a get, or from the body. */
  email?: string;
  /** Whom it is about, if they are several: the people of an `assign`. */
  emails?: string[];
  /** What was answered; absent while nothing was. */
  status?: number | "reset" | "hang";
  /** The kind of the fault that hit it. */
  fault?: string;
}

const LONGEST_TEXT = 2_000;

/** The newest requests, oldest first. */
export class RequestLog {
  readonly records: RequestRecord[] = [];
  readonly #size: number;
  readonly #redact: (text: string) => string;

  /** @param size how many records are kept; the oldest tenth goes when there are more. */
  constructor(size: number, redact: (text: string) => string) {
    if (!Number.isInteger(size) || size < 0) throw new Error(`logSize is a whole number, not ${size}`);
    this.#size = size;
    this.#redact = redact;
  }

  add(record: RequestRecord): void {
    record.path = this.#kept(record.path);
    if (record.email !== undefined) record.email = this.#kept(record.email);
    if (record.emails !== undefined) record.emails = record.emails.map((email) => this.#kept(email));
    this.records.push(record);
    // Not one by one: each time, all that stay are moved.
    const over = this.records.length - this.#size;
    if (over > 0) this.records.splice(0, over + Math.floor(this.#size / 10));
  }

  clear(): void {
    this.records.length = 0;
  }

  #kept(text: string): string {
    const redacted = this.#redact(text);
    return redacted.length > LONGEST_TEXT ? `${redacted.slice(0, LONGEST_TEXT)}…` : redacted;
  }
}
