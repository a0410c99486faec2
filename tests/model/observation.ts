import type { StoredInvite } from "headshotpro-emulator";
import type { Said } from "./command-run";
import type { LoggedRequest, Traffic } from "./organizations";
import type { Resource } from "./planning";
import type { Declared, Disturbance } from "./script";
import type { Report } from "./step-runner";

/** A revoke as it was sent, and whom it hit. */
export interface Revoke {
  place: string;
  /** The entry that it was about to end. */
  before: StoredInvite | undefined;
}

/** What the program says of one person, and where in it. */
export interface DeclaredAt {
  slot: string;
  as: Declared;
}

/** All that can be seen of one command from outside. A person in an organization is a place: `0/ada@acme.com`. */
export interface Observation extends Report, Traffic {
  command: "up" | "refresh" | "destroy";
  disturbed: Disturbance;
  /** What a preview just before it said. */
  preview: Report & { printed: Said[]; requests: LoggedRequest[] };
  /** Whom the command was about, by place; untargeted resources are not among them. */
  declared: ReadonlyMap<string, DeclaredAt>;
  stateBefore: Resource[];
  stateAfter: Resource[];
  /** Who was there when it began: the live entries of each place. */
  liveBefore: ReadonlyMap<string, StoredInvite[]>;
  /** Whose turn was over then: their entry is `deleted`. */
  deletedBefore: ReadonlySet<string>;
  revokes: Revoke[];
  printed: Said[];
  /** The API's clock when the preview began, when the command did, and when it ended: ISO. */
  previewedAt: string;
  startedAt: string;
  endedAt: string;
}
