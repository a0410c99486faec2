import type { StoredInvite } from "headshotpro-emulator";
import type { Operation } from "./planning";
import type { Observation } from "./world";

/** An entry, or the outputs of a resource. */
interface Standing {
  status?: unknown;
  modelId?: unknown;
}

const isOver = ({ status }: Standing) => status === "revoked" || status === "deleted";

export const hasHeadshots = (one: Standing | undefined) =>
  one !== undefined &&
  !isOver(one) &&
  (one.modelId !== undefined || !["pending", "accepted"].includes(String(one.status)));

export const hasSignedUp = (one: Standing | undefined) =>
  one !== undefined && !isOver(one) && (one.status !== "pending" || hasHeadshots(one));

/** Whether an update is the one that sends an expired invite again. */
export const wasRenewal = ({ op, old, inputs }: Operation, at: string) =>
  op === "update" &&
  old?.outputs.status === "pending" &&
  String(old.outputs.expiresAt ?? "~") <= at &&
  Number(old.outputs.renewals) < Number(inputs?.maxRenewals ?? 3);

/** Whether the program names another team than the state has. */
export const movesTeam = ({ goal, old }: Operation) =>
  goal?.inputs.teamId !== undefined && goal.inputs.teamId !== old?.outputs.teamId;

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
