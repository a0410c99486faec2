/** "Invite links expire after 30 days" (the vendor's reference, Create Invite). */
const LIFETIME_DAYS = 30;

/**
 * When the link of an invite stops working: 30 days after it was sent.
 *
 * @param createdAt ISO 8601; anything else answers undefined.
 * @returns ISO 8601 in UTC, or undefined where it is not known.
 * @example
 * expiryOf("2026-11-01T09:00:00.000Z"); // "2026-12-01T09:00:00.000Z"
 */
export function expiryOf(createdAt: string | undefined): string | undefined {
  const sent = Date.parse(createdAt ?? "");
  if (Number.isNaN(sent)) return undefined;
  const expiry = new Date(sent + LIFETIME_DAYS * 24 * 60 * 60 * 1000);
  return Number.isNaN(expiry.getTime()) ? undefined : expiry.toISOString();
}
