/** What is going to happen to one person. */
export interface Finding {
  kind:
    | "invited"
    | "moved" /** into another team: revoked, and invited again */
    | "organization" /** invited in another organization, then revoked in the one that they leave */
    | "address" /** another person in their place: invited, then the old one is revoked */
    | "renewed" /** sent again, because it expired */
    | "resent" /** sent again on request, or because an earlier run was stopped halfway */
    | "revoked"
    | "released"
    | "kept"
    | "settings";
  /** Their address; undefined if the preview does not tell: it is secret, or known only later. */
  person?: string;
  /** The name of the explicit provider. */
  organization?: string;
  /** Whether an e-mail is sent to them. */
  emailed: boolean;
  /** Whether an invite that nobody used is taken away for good. */
  losesInvite: boolean;
  /** `lost`: the headshots are deleted. `guarded`: `up` refuses, unless the configuration allows it. */
  headshots?: "lost" | "guarded";
  /** As of the last refresh. */
  status?: string;
  /** Whether the old invite is not revoked after all: it is retained, or another resource declares the person. */
  stays?: true;
  /** Another address, team or provider; left out: none; null: the preview does not tell. */
  before?: string | null;
  after?: string | null;
  /** A sentence that says why. */
  reason?: string;
}
