import { strict as assert } from "node:assert";
import type { StoredInvite } from "headshotpro-emulator";
import type { LoggedRequest } from "./organizations";
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

/** What is asked once in a run of each provider: law 6. */
const ONCE = ["organization", "teams", "credits"];

/** Law 6: whose organization it is, its teams and its credits are asked for once by each provider that has people. */
export function checkOnce({ declared, stateBefore }: Observation, requests: readonly LoggedRequest[]): void {
  const providers = new Set([...declared.values()].map(({ as }) => as.at));
  // Somebody may be removed by a provider that has nobody else.
  const most = providers.size + new Set(stateBefore.map(({ provider }) => provider)).size;
  for (const verb of ONCE) {
    const asked = requests.filter((one) => one.verb === verb).length;
    assert.ok(asked <= most, `law 6: ${asked} requests for ${verb}`);
  }
}

export const aboutPeople = (requests: readonly LoggedRequest[]) =>
  requests.filter(({ verb }) => !ONCE.includes(verb));

/** Whether a line of the preview says that this person is sent an invite in the place of another, where they are. */
export const saysSend = ({ preview }: Observation, place: string) =>
  preview.printed.some(
    ({ org, line }) =>
      `${org}/${line}`.startsWith(place) && /^(?!.*organization).*with a new e-mail/.test(line),
  );

/** Whether the preview shows an update that takes an invite away and sends it again. */
export const announcesSend = (seen: Observation, place: string) =>
  seen.preview.planned.some((one) => one.op === "update" && one.place === place && saysSend(seen, place)) ||
  expiresJustThen(seen, place);

export const isAnnounced = (seen: Observation, place: string) =>
  announcesSend(seen, place) ||
  seen.preview.planned.some((one) => one.place === place && (one.op === "create" || one.op === "replace"));

export const isRevokeAnnounced = (seen: Observation, place: string) =>
  announcesSend(seen, place) ||
  seen.preview.planned.some((one) => one.oldPlace === place && (one.op === "delete" || one.op === "replace"));

/** Between the preview and the end of the `up`: no preview can know that. */
const expiresJustThen = ({ stateBefore, previewedAt, endedAt }: Observation, place: string) =>
  stateBefore.some(({ org, id, outputs }) => {
    const expiry = String(outputs.expiresAt ?? "");
    return `${org}/${id}` === place && expiry >= previewedAt && expiry <= endedAt;
  });
