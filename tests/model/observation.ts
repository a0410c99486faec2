import type { RequestRecord, StoredInvite } from "headshotpro-emulator";
import type { Report, Resource } from "./planning";
import type { Declared, Disturbance } from "./script";

/** A revoke as it was sent, and whom it hit. */
export interface Revoke {
  email: string;
  before: StoredInvite | undefined;
}

/** All that can be seen of one command from outside. */
export interface Observation extends Report {
  command: "up" | "refresh" | "destroy";
  disturbed: Disturbance;
  /** What a preview just before it said. */
  preview: Report;
  program: ReadonlyMap<string, Declared>;
  stateBefore: Resource[];
  stateAfter: Resource[];
  invitesBefore: StoredInvite[];
  /** What was asked of the API, in order. */
  requests: RequestRecord[];
  previewRequests: number;
  /** To whom the API sent e-mails, by hand excepted. */
  emails: string[];
  revokes: Revoke[];
  printed: string[];
  /** The API's clock when it began. */
  startedAt: string;
}
