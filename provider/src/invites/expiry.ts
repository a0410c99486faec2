/** "Invite links expire after 30 days" (the vendor's reference, Create Invite). */
const LIFETIME_DAYS = 30;

/** A day, or a time with its zone. Date.parse alone takes "1" as well, and a time without zone as local. */
const ISO_8601 = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d))?$/;

/**
 * When the link of an invite stops working: 30 days after it was sent.
 *
 * @param createdAt ISO 8601; anything else answers undefined.
 * @returns ISO 8601 in UTC, or undefined if it is not known.
 * @example
 * expiryOf("2026-11-01T09:00:00.000Z"); // "2026-12-01T09:00:00.000Z"
 */
export function expiryOf(createdAt: string | undefined): string | undefined {
  if (createdAt === undefined || !ISO_8601.test(createdAt)) return undefined;
  const expiry = new Date(Date.parse(createdAt) + LIFETIME_DAYS * 24 * 60 * 60 * 1000);
  return Number.isNaN(expiry.getTime()) ? undefined : expiry.toISOString();
}
