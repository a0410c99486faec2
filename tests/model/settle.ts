import { strict as assert } from "node:assert";
import type { Bookkeeping } from "./bookkeeping";
import { checkedCommand, told } from "./checked-command";
import { hasHeadshots } from "./facts";
import type { Observation } from "./observation";
import { letterOf, orgOf } from "./organizations";
import { placeOfResource } from "./planning";
import type { Declared, Who } from "./script";
import { NO_TEAM, teamMeant } from "./teams";
import type { World } from "./world";

/** Takes the ways out that the messages name, and then everything must converge, and be quiet. */
export async function settle(world: World, books: Bookkeeping): Promise<void> {
  for (const emulator of world.organizations.emulators) emulator.credits = 1000;
  endOddEntries(world);
  takeWaysOut(world);
  await calm(world, "refresh", books);
  for (let ups = 1; ; ups++) {
    const seen = await calm(world, "up", books);
    if (seen.planned.every(({ op }) => op === "same")) break;
    assert.ok(ups < 4, "law 2: the fourth up still changes something");
  }
  for (const [place, { as }] of world.declared()) {
    const [invite] = world.organizations.live(place);
    assert.ok(invite, `law 2: ${place} is declared, and not invited`);
    const meant = teamMeant(Number(place[0]), as);
    if (meant && !hasHeadshots(invite)) assert.equal(invite.teamId, meant, `law 2: the team of ${place}`);
  }
  for (const before of ["up", "refresh"] as const) {
    if (before === "refresh") await calm(world, before, books);
    const again = await calm(world, "up", books);
    // A refresh records the name of before, where the program has another one of the same team by now.
    const requests = again.requests.filter(({ verb }) => before === "up" || verb !== "teams");
    assert.deepEqual(requests, [], "law 6: an up that changes nothing makes no request");
    const changes = again.planned.filter(({ op }) => op !== "same").map(({ op, place }) => `${op} ${place}`);
    assert.deepEqual(changes, [], `law 2: ${before}, then up, and something changes`);
  }
}

/** Somebody cleans up at the dashboard: at most one entry of each person stays. */
function endOddEntries({ organizations, odd }: World): void {
  for (const place of odd)
    while (organizations.live(place).length > 1)
      organizations.at(Number(place[0])).revokeByHand(place.slice(2));
  odd.clear();
}

function takeWaysOut(world: World): void {
  const { program, state, organizations } = world;
  world.allowedDomain = undefined;
  world.maxRemovals = undefined;
  for (const one of state.resources) delete one.protect;
  for (const [slot, { adopt, protect, forceDestroy, ...rest }] of program) {
    const recorded = state.resources.find((one) => one.slot === slot && !one.doomed);
    const force = recorded?.outputs.forceDestroy as boolean | undefined;
    const declared: Declared = { ...rest, ...(force !== undefined && { forceDestroy: force }) };
    program.set(slot, withRightTeam(world, declared));
  }
  // "To keep them: undo the change", without a team; who has lost their place to another gets one of their own.
  const kept = new Set<string>();
  const order = [...state.resources].sort((a, b) => Number(a.doomed ?? 0) - Number(b.doomed ?? 0));
  for (const one of order) {
    const { slot, doomed, halfReplaced, outputs, provider, id } = one;
    const place = placeOfResource(one);
    if (!organizations.live(place).some(hasHeadshots)) {
      // Deleted by force, and the state still has what was: only without a team, and nobody else in their place.
      if (halfReplaced && hasHeadshots(outputs)) program.delete(slot);
      continue;
    }
    if (kept.has(place)) {
      // "Declare the new address as another resource."
      const instead = program.get(slot);
      if (instead && world.placeOf(instead) !== place && !doomed) {
        program.delete(slot);
        program.set(`another for ${world.placeOf(instead)}`, instead);
      }
      continue;
    }
    for (const [other, declared] of program) if (world.placeOf(declared) === place) program.delete(other);
    const letter = letterOf(provider);
    const who = id.split("@")[0] as Who;
    program.set(doomed ? `kept ${place}` : slot, { who, ...(letter !== "D" && { at: letter }) });
    kept.add(place);
  }
  for (const [slot, declared] of program)
    if (organizations.live(world.placeOf(declared)).some(hasHeadshots)) {
      const { teamId, team, ...rest } = declared;
      program.set(slot, { ...rest, adopt: true });
    }
}

/** In a team that is there, by the name that it has now. */
function withRightTeam({ organizations }: World, { team, teamId, ...rest }: Declared): Declared {
  const org = orgOf(rest.at ?? "D");
  const meant = teamMeant(org, { team, teamId });
  if (meant === undefined) return rest;
  if (meant === NO_TEAM) return { ...rest, teamId: "T1" };
  return { ...rest, ...(team === undefined ? { teamId } : { team: organizations.at(org).teams[meant] }) };
}

async function calm(world: World, name: "up" | "refresh", books: Bookkeeping): Promise<Observation> {
  const seen = await checkedCommand(world, name, {}, books);
  assert.equal(seen.errors.length, 0, `law 2: ${name} fails where nothing stands in its way: ${told(seen)}`);
  return seen;
}
