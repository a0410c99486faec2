import { strict as assert } from "node:assert";
import type { Observation } from "./observation";
import { type Operation, placeOfResource } from "./planning";
import type { Report } from "./step-runner";
import type { World } from "./world";

/** Law 4: who is known to have lost their invite in a command that came to its end is not recorded as invited. */
export function checkLosses({ organizations }: World, seen: Observation): void {
  const { kill, crash, stop } = seen.disturbed;
  if (kill || crash || stop) return;
  for (const { place } of seen.revokes) {
    const replies = seen.requests.filter(
      ({ verb, org, email }) => verb === "revoke" && `${org}/${email}` === place,
    );
    const isKnown = replies.some(({ status, fault }) => status === 200 && fault === undefined);
    const recorded = seen.stateAfter.filter((one) => placeOfResource(one) === place && !one.halfReplaced);
    if (!isKnown || recorded.length !== 1 || organizations.live(place).length > 0) continue;
    assert.equal(
      recorded[0]?.outputs.status,
      "revoked",
      `law 4: ${place} was revoked, and that is not recorded`,
    );
  }
}

/** Law 2: nobody is replaced whose address and provider are as they were, be its key another one. */
export function checkReplacements({ planned }: Report): void {
  const isNeedless = ({ op, asked, old, goal, place, oldPlace }: Operation) =>
    op === "replace" &&
    !asked &&
    !old?.halfReplaced &&
    place === oldPlace &&
    old?.provider === goal?.provider;
  assert.deepEqual(
    planned.filter(isNeedless).map(({ place }) => place),
    [],
    "law 2: replaced for nothing",
  );
}
