import { strict as assert } from "node:assert";
import { hasHeadshots } from "./facts";
import { checkTeamLooks } from "./law-6";
import type { Observation } from "./observation";
import type { Operation } from "./planning";

/** Law 5: a preview asks for nothing but a look at somebody for whose headshots it would refuse, and sees a guard. */
export function checkPreview(seen: Observation): void {
  const { preview, stateBefore, liveBefore } = seen;
  checkTeamLooks(seen, preview.requests);
  for (const { verb, email } of preview.requests) {
    if (verb === "teams") continue;
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
    assert.ok(allowed, `law 5: the preview would take ${oldPlace} away, who has headshots`);
  }
}

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
