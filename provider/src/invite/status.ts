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

/** Whether there is no live invite: it was taken away, or the person had their turn. */
export function isOver(status: string): boolean {
  return status === "revoked" || status === "deleted";
}

/** Whether the invite was taken away. Somebody who is `deleted` is over, but not gone: they had their turn. */
export function isGone(status: string): boolean {
  return status === "revoked";
}
