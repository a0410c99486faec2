/** The statuses on the vendor's page; others are carried as they are. */
const WITHOUT_HEADSHOTS = ["pending", "accepted", "revoked", "deleted"];

/**
 * The one boundary that nothing crosses by default: whether a revoke would destroy headshots, or the photos
 * they are being made from. A status that nobody has heard of counts as yes.
 *
 * @example
 * hasHeadshots("accepted"); // false
 * hasHeadshots("generating"); // true
 */
export function hasHeadshots(status: string): boolean {
  return !WITHOUT_HEADSHOTS.includes(status);
}

/** Whether the invite is over: the person is not in the organization any more, and can be invited anew. */
export function isOver(status: string): boolean {
  return status === "revoked" || status === "deleted";
}
