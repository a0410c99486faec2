import { createHmac } from "node:crypto";

/**
 * What the state says of whose organization an invite is in: the name of the provider that sent it (empty for the
 * default one), and a fingerprint of the key that it used.
 *
 * The API has no name for an organization, so two of them are told apart by what reaches them. The fingerprint is 48
 * bits of a keyed hash: enough to compare two keys, and of no use to somebody who wants one.
 */
export interface OrganizationMark {
  provider: string;
  key: string;
}

/** @example markOf("emea", "hp_live_…"); // { provider: "emea", key: "9f86d081884c" } */
export function markOf(provider: string | undefined, apiKey: string): OrganizationMark {
  const key = createHmac("sha256", "pulumi-headshotpro organization").update(apiKey).digest("hex");
  return { provider: provider ?? "", key: key.slice(0, 12) };
}

/** As the state holds it: `emea:9f86d081884c`. */
export function markText({ provider, key }: OrganizationMark): string {
  return `${provider}:${key}`;
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
  const sameKey = recorded.slice(end + 1) === now.key;
  if (sameProvider) return sameKey ? "same" : "rekeyed";
  return sameKey ? "renamed" : "other";
}
