import { strict as assert } from "node:assert";
import type { Observation } from "./observation";
import { placeOfResource } from "./planning";
import { isInRoster } from "./roster";
import { NO_TEAM, teamMeant } from "./teams";
import type { World } from "./world";

/** Law 8: whom an `up` may invite, into which team, and from how many it may take the invite away. */
export function checkRails(world: World, seen: Observation): void {
  if (seen.command !== "up") return;
  checkDomains(world, seen);
  checkTeams(seen);
  checkRemovals(world, seen);
}

function checkDomains(world: World, { declared, stateBefore, emails, preview }: Observation): void {
  for (const [place, { slot }] of declared) {
    const isThere = stateBefore.some((one) => one.slot === slot && placeOfResource(one) === place);
    if (isThere || !world.isOutside(place)) continue;
    assert.ok(!emails.includes(place), `law 8: ${place} was e-mailed, whose domain is not allowed`);
    assert.ok(preview.errors.length > 0, `law 8: the preview let ${place} pass, whose domain is not allowed`);
  }
}

function checkTeams({ declared, teams, preview }: Observation): void {
  for (const [place, { as }] of declared) {
    const meant = teamMeant(Number(place[0]), as);
    const invitedInto = teams.get(place);
    if (meant !== undefined && invitedInto !== undefined)
      assert.equal(invitedInto, meant, `law 8: ${place} was invited into another team than the declared one`);
    if (as.team !== undefined && meant === NO_TEAM)
      assert.ok(preview.errors.length > 0, `law 8: the preview let ${place} pass, whose team is none`);
  }
}

function checkRemovals(world: World, seen: Observation): void {
  const { maxRemovals = Infinity } = world;
  const stays = world.declared();
  const members = seen.stateBefore.filter((one) => isInRoster(one) && !one.doomed).map(placeOfResource);
  const revoked = new Set(seen.revokes.map(({ place }) => place));
  const removed = [...new Set(members)].filter((place) => revoked.has(place) && !stays.has(place));
  assert.ok(
    removed.length <= maxRemovals,
    `law 8: ${removed} were removed, and maxRemovals is ${maxRemovals}`,
  );
  if (world.leavingRoster(seen.stateBefore).size <= maxRemovals) return;
  assert.ok(seen.preview.errors.length > 0, "law 8: the preview let more people leave than may");
  const changing = seen.requests.filter(({ method }) => method !== "GET");
  assert.deepEqual(changing, [], "law 8: somebody was touched, though more people leave than may");
}
