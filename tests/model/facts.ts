import type { StoredInvite } from "headshotpro-emulator";
import type { Observation } from "./observation";
import type { Operation } from "./planning";
import { teamMeant } from "./teams";

const WITHOUT_HEADSHOTS = ["pending", "accepted", "revoked", "deleted"];

export const hasHeadshots = (one: { status?: unknown } | undefined) =>
  one !== undefined && !WITHOUT_HEADSHOTS.includes(String(one.status));

/** Whether an update is the one that sends an expired invite again. */
export const wasRenewal = ({ op, old, inputs }: Operation, at: string) =>
  op === "update" &&
  old?.outputs.status === "pending" &&
  String(old.outputs.expiresAt ?? "~") <= at &&
  Number(old.outputs.renewals) < Number(inputs?.maxRenewals ?? 3);

/** Whether the program names another team than the state has. */
export function movesTeam({ goal, old }: Operation): boolean {
  const meant = goal && teamMeant(goal.org, goal.inputs);
  return meant !== undefined && meant !== old?.outputs.teamId;
}

/** The API's `Date` header, which the state counts from, knows no milliseconds. */
const secondBefore = (time: string) => new Date(Date.parse(time) - 1000).toISOString();

/** Whether an invite can be used until then. */
export const isUsable = ({ status, expiresAt }: StoredInvite, until: string) =>
  status !== "pending" || until < secondBefore(expiresAt);

/** The user has their old resource deleted before the program comes to the one that declares them now. */
export const isDeletedFirst = ({ preview }: Observation, place: string) =>
  preview.planned.some(
    ({ op, oldPlace, goal }) => op === "replace" && oldPlace === place && goal?.deleteBeforeReplace,
  );
