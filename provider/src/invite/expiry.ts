/** "Invite links expire after 30 days" (the vendor's reference, Create Invite). */
const LIFETIME_DAYS = 30;

/** A day, or a time with its zone. Date.parse alone takes "1" as well, and a time without zone as local. */
const ISO_8601 = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d))?$/;

/** A time as the `Date` header tells it: in whole seconds. */
const WHOLE_SECONDS = /T\d\d:\d\d:\d\d(Z|[+-])/;

/**
 * When the link of an invite stops working: 30 days after it was sent.
 *
 * @param createdAt ISO 8601; anything else answers undefined.
 * @returns ISO 8601 in UTC, as precise as `createdAt`; undefined if it is not known.
 * @example
 * expiryOf("2026-11-01T09:00:00.000Z"); // "2026-12-01T09:00:00.000Z"
 * expiryOf("2026-11-01T09:00:00Z"); // "2026-12-01T09:00:00Z"
 */
export function expiryOf(createdAt: string | undefined): string | undefined {
  if (createdAt === undefined || !ISO_8601.test(createdAt)) return undefined;
  const expiry = new Date(Date.parse(createdAt) + LIFETIME_DAYS * 24 * 60 * 60 * 1000);
  if (Number.isNaN(expiry.getTime())) return undefined;
  return WHOLE_SECONDS.test(createdAt) ? inSeconds(expiry) : expiry.toISOString();
}

/** A time in whole seconds, as the `Date` header tells it. @example "2026-12-01T09:00:00Z" */
export function inSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}
