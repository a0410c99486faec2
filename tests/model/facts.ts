import type { StoredInvite } from "headshotpro-emulator";
import type { Operation } from "./planning";

const WITHOUT_HEADSHOTS = ["pending", "accepted", "revoked", "deleted"];

export const hasHeadshots = (invite: { status: string } | undefined) =>
  invite !== undefined && !WITHOUT_HEADSHOTS.includes(invite.status);

/** Whether an update is the one that sends an expired invite again. */
export const wasRenewal = ({ op, old, inputs }: Operation, at: string) =>
  op === "update" &&
  old?.outputs.status === "pending" &&
  String(old.outputs.expiresAt ?? "~") <= at &&
  Number(old.outputs.renewals) < Number(inputs?.maxRenewals ?? 3);

export function liveOf(invites: StoredInvite[], email: string): StoredInvite | undefined {
  const live = invites.filter(
    (one) => one.email.toLowerCase() === email && one.status !== "revoked" && one.status !== "deleted",
  );
  return live.at(-1);
}
