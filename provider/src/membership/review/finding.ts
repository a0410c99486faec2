/** What is going to happen to one person. */
export interface Finding {
  kind: "invited" | "moved" | "address" | "renewed" | "revoked" | "released" | "kept" | "settings";
  /** Her address; undefined where the preview does not tell: it is secret, or known only later. */
  person?: string;
  /** The name of the explicit provider. */
  organization?: string;
  /** Whether an e-mail is sent to her. */
  emailed: boolean;
  /** Whether an invite that nobody used is taken away for good. */
  losesInvite: boolean;
  /** `lost`: her headshots are deleted. `guarded`: `up` refuses, unless the configuration allows it. */
  headshots?: "lost" | "guarded";
  /** As of the last refresh. */
  status?: string;
  /** Where she was: another address, another team. */
  before?: string;
  after?: string;
  /** A sentence that says why. */
  reason?: string;
}
