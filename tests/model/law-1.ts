import { strict as assert } from "node:assert";
import { hasHeadshots, isDeletedFirst } from "./facts";
import { announcesSend, isRevokeAnnounced } from "./law-5";
import type { Observation } from "./observation";
import { type Operation, placeOfResource, type Resource } from "./planning";

/** Law 1: whose invite was taken away, and whether they might lose it. */
export function checkRevokes(seen: Observation): void {
  for (const { place, before } of seen.revokes) {
    const recorded = seen.stateBefore.filter((one) => placeOfResource(one) === place);
    assert.ok(recorded.length > 0, `law 1: ${place} was revoked, whom this stack did not manage`);
    assert.ok(
      recorded.some((one) => !one.retainOnDelete || seen.declared.has(place)),
      `law 1: ${place} was revoked, and is to be retained`,
    );
    if (hasHeadshots(before))
      assert.ok(
        recorded.some((one) => mayDelete(seen, place, one)),
        `law 1: ${place} (${before?.status}) was revoked, and nobody allowed that`,
      );
    if (seen.command === "destroy") continue;
    assert.equal(seen.command, "up", `law 1: a ${seen.command} revoked ${place}`);
    assert.ok(isRevokeAnnounced(seen, place), `law 5: ${place} was revoked, and the preview did not say so`);
    assert.ok(
      !seen.declared.has(place) || announcesSend(seen, place) || isDeletedFirst(seen, place),
      `law 1: ${place} was revoked, whom the program declares`,
    );
  }
}

/**
 * Whether headshots may be deleted with a resource: its record has to say so, and the program wherever it says
 * something of the person or of the resource; both fall back on the environment.
 */
function mayDelete(
  { declared, disturbed, command, preview }: Observation,
  place: string,
  old: Resource,
): boolean {
  const byDefault = disturbed.force ?? false;
  if (!((old.inputs.forceDestroy as boolean | undefined) ?? byDefault)) return false;
  if (command === "destroy") return true;
  for (const [other, { slot, as }] of declared) {
    // Whom the user has replaced on request the engine compares with nobody: then only the record is known.
    const isInPlace = slot === old.slot && !old.doomed && !wasAsked(preview.planned, slot);
    if (isInPlace && !(as.forceDestroy ?? byDefault)) return false;
    if (other.slice(2) === place.slice(2) && as.forceDestroy === false) return false;
  }
  return true;
}

const wasAsked = (planned: readonly Operation[], slot: string) =>
  planned.some((one) => one.slot === slot && one.asked === true);
