import { strict as assert } from "node:assert";
import { hasHeadshots } from "./facts";
import type { LoggedRequest } from "./organizations";
import type { Operation } from "./planning";
import type { Observation } from "./world";

/** What is asked once in a run of each provider: law 6. */
const ONCE = ["organization", "teams", "credits"];

/**
 * Law 5: a preview asks for nothing but what is asked once, and a look at somebody for whose headshots it would refuse; and
 * it sees a guard.
 */
export function checkPreview(seen: Observation): void {
  const { preview, stateBefore, liveBefore } = seen;
  checkOnce(seen, preview.requests);
  for (const { verb, email } of aboutPeople(preview.requests)) {
    assert.ok(verb === "get" || verb === "list", `law 5: a preview sent a ${verb}`);
    const guarded = stateBefore.filter(({ outputs }) => hasHeadshots(outputs));
    assert.ok(
      guarded.some(({ id }) => verb === "list" || id === email),
      `law 5: a preview looked at ${email}, where nothing is refused`,
    );
  }
  for (const operation of preview.planned) {
    const { oldPlace = "", old, asked, goal } = operation;
    const known = hasHeadshots(old?.outputs) && hasHeadshots(liveBefore.get(oldPlace)?.[0]);
    if (!old || !known || asked || old.halfReplaced || !takesAway(seen, operation)) continue;
    const byDefault = seen.disturbed.force ?? false;
    const allowed = (old.outputs.forceDestroy ?? byDefault) && (goal?.inputs.forceDestroy ?? byDefault);
    assert.ok(
      allowed && operation.op === "replace",
      `law 5: the preview would take ${oldPlace} away, who has headshots`,
    );
  }
}

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

const takesAway = (seen: Observation, { op, place }: Operation) =>
  op === "replace" || (op === "update" && saysSend(seen, place));

/** Whether a line of the preview says that this person is sent an invite in the place of another, where they are. */
const saysSend = ({ preview }: Observation, place: string) =>
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
