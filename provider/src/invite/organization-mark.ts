import { createHmac } from "node:crypto";

/**
 * What the state says of whose organization an invite is in: the name of the provider that sent it (empty for the
 * default one), and a fingerprint of the key that it used.
 *
 * The API has no name for an organization, so two of them are told apart by what reaches them. The fingerprint is the
 * beginning of a keyed hash: enough to compare two keys, and of no use to somebody who wants one.
 */
export interface OrganizationMark {
  provider: string;
  key: string;
}

/** How many digits of the fingerprint the state holds: each is written with every checkpoint, for every person. */
const RECORDED_DIGITS = 8;

/** How many earlier versions recorded, at most. */
const KNOWN_DIGITS = 12;

/** @example markOf("emea", "hp_live_…"); // { provider: "emea", key: "9f86d081884c" } */
export function markOf(provider: string | undefined, apiKey: string): OrganizationMark {
  const key = createHmac("sha256", "pulumi-headshotpro organization").update(apiKey).digest("hex");
  return { provider: provider ?? "", key: key.slice(0, KNOWN_DIGITS) };
}

/** As the state holds it: `emea:9f86d081`. */
export function markText({ provider, key }: OrganizationMark): string {
  return `${provider}:${key.slice(0, RECORDED_DIGITS)}`;
}

/**
 * How the organization that an invite was sent from and the one that would manage it now compare.
 *
 * - `same`: the same provider with the same key, or a state that does not say.
 * - `renamed`: another provider with the same key, so the same organization.
 * - `rekeyed`: the same provider with another key. A rotated key and the key of another organization look alike, and
 *   keys are rotated more often; so it counts as the same organization.
 * - `other`: another provider with another key.
 */
export function compareMarks(
  recorded: string | undefined,
  now: OrganizationMark | undefined,
): "same" | "renamed" | "rekeyed" | "other" {
  if (recorded === undefined || now === undefined) return "same";
  const end = recorded.lastIndexOf(":");
  const sameProvider = recorded.slice(0, end) === now.provider;
  const digits = recorded.slice(end + 1);
  const sameKey = digits.length >= RECORDED_DIGITS && now.key.startsWith(digits);
  if (sameProvider) return sameKey ? "same" : "rekeyed";
  return sameKey ? "renamed" : "other";
}
