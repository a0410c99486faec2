import { createHmac } from "node:crypto";

/**
 * Whose organization an invite is in: the name of the provider that sent it (empty for the default one), and
 * fingerprints of the key that it used and of the organization's `uid`.
 *
 * The fingerprints are the beginnings of keyed hashes: enough to compare two, and of no use to somebody who wants the
 * key. The `uid` is the same for every key of an organization; a key that may not ask for it leaves it out.
 */
export interface Organization {
  provider: string;
  key: string;
  uid?: string;
}

/** How many digits of a fingerprint the state holds: each is written with every checkpoint, for every person. */
const RECORDED_DIGITS = 8;

/** How many earlier versions recorded of a key, at most. */
const KNOWN_DIGITS = 12;

/** @example toOrganization("emea", "hp_live_…"); // { provider: "emea", key: "9f86d081884c" } */
export function toOrganization(provider: string | undefined, apiKey: string): Organization {
  return { provider: provider ?? "", key: fingerprint("organization", apiKey).slice(0, KNOWN_DIGITS) };
}

/** The fingerprint of an organization's `uid`. @example toUidFingerprint("org_1"); // "5c2a9b01" */
export function toUidFingerprint(uid: string): string {
  return fingerprint("uid", uid).slice(0, RECORDED_DIGITS);
}

function fingerprint(purpose: string, secret: string): string {
  return createHmac("sha256", `pulumi-headshotpro ${purpose}`).update(secret).digest("hex");
}

/** As the state holds it: `emea:9f86d081.5c2a9b01`; without the point and the rest if the `uid` is not known. */
export function formatOrganization({ provider, key, uid }: Organization): string {
  return `${provider}:${key.slice(0, RECORDED_DIGITS)}${uid === undefined ? "" : `.${uid}`}`;
}

/** Reads what {@link formatOrganization} writes, and what earlier versions wrote: twelve digits, and no `uid`. */
export function parseOrganization(recorded: string): Organization {
  const end = recorded.lastIndexOf(":");
  const [key = "", uid] = recorded.slice(end + 1).split(".");
  return { provider: recorded.slice(0, end), key, uid };
}

/**
 * How the organization that an invite was sent from and the one that would manage it now compare.
 *
 * - `same`: the same key, another key of the same organization, or a state that does not say.
 * - `renamed`: the same organization under another provider.
 * - `rekeyed`: the same provider with another key, and one of the two does not say whose. A rotated key and the key of
 *   another organization look alike then, and keys are rotated more often; so it counts as the same organization.
 * - `other`: another organization under another provider, or another key there that may be of any organization.
 * - `unreachable`: another organization under the same provider: nobody has a key of the former one any more.
 */
export type Comparison = "same" | "renamed" | "rekeyed" | "other" | "unreachable";

/** @param recorded as the state holds it. */
export function compareOrganizations(
  recorded: string | undefined,
  now: Organization | undefined,
): Comparison {
  if (recorded === undefined || now === undefined) return "same";
  const known = parseOrganization(recorded);
  const sameProvider = known.provider === now.provider;
  if (isSameKey(known, now)) return sameProvider ? "same" : "renamed";
  if (known.uid === undefined || now.uid === undefined) return sameProvider ? "rekeyed" : "other";
  if (known.uid === now.uid) return sameProvider ? "same" : "renamed";
  return sameProvider ? "unreachable" : "other";
}

/** Whether an invite counts as one of the organization that a provider reaches now. @param recorded as the state holds it. */
export function isInOrganization(recorded: string | undefined, now: Organization | undefined): boolean {
  return ["same", "renamed", "rekeyed"].includes(compareOrganizations(recorded, now));
}

/** Whether only the `uid` of the organization of today's key can tell if it is the recorded one. */
export function needsUid(recorded: string | undefined, now: Organization): boolean {
  if (recorded === undefined || now.uid !== undefined) return false;
  const known = parseOrganization(recorded);
  return known.uid !== undefined && !isSameKey(known, now);
}

/** The `uid` that a state tells of the organization of this key; undefined if it is of another key, or has none. */
export function recordedUid(recorded: string | undefined, now: Organization): string | undefined {
  const known = recorded === undefined ? undefined : parseOrganization(recorded);
  return known && isSameKey(known, now) ? known.uid : undefined;
}

/** The organization that a person or a team of the state is in, which this provider reaches. */
export function reachedOrganization(recorded: string | undefined, now: Organization): Organization {
  return { ...now, uid: (recorded && parseOrganization(recorded).uid) || now.uid };
}

/** What a state is to hold from now on: what says as much already stays as it is. */
export function renewedOrganization(recorded: string | undefined, now: Organization): string {
  if (recorded === undefined) return formatOrganization(now);
  const known = parseOrganization(recorded);
  const says =
    known.provider === now.provider && isSameKey(known, now) && (known.uid ?? now.uid) === known.uid;
  return says ? recorded : formatOrganization(now);
}

/** Whether two fingerprints are of the same key, of which one may have been recorded with fewer digits. */
export function isSameKey({ key: one }: { key: string }, { key: other }: { key: string }): boolean {
  const digits = Math.min(one.length, other.length);
  return digits >= RECORDED_DIGITS && one.slice(0, digits) === other.slice(0, digits);
}

/** Why nobody of a provider is compared or touched: its key is another organization's now. */
export function unreachableText({ provider }: Organization): string {
  const whose = provider === "" ? "The default provider" : `Provider "${provider}"`;
  return (
    `${whose} has the API key of another organization than the one that its people in the state were invited to. ` +
    "Without a key of the former one nobody could be revoked there. Give the former organization's key back, and the " +
    "other one's to a provider of another name; or, to forget these people and leave their invites as they are, take " +
    "them out of the state (`pulumi state delete`)."
  );
}
