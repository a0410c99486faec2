import { strict as assert } from "node:assert";
import { checkedCommand, type Renewals, told } from "./checked-command";
import { hasHeadshots, liveOf } from "./facts";
import type { Observation } from "./observation";
import { emailOf, NO_TEAM } from "./people";
import type { Who } from "./script";
import type { World } from "./world";

/** Takes the ways out that the messages name, and then everything must converge, and be quiet. */
export async function settle(world: World, renewals: Renewals): Promise<void> {
  const { program, state, emulator } = world;
  emulator.credits = 1000;
  for (const [slot, declared] of program) {
    const { adopt, ...rest } = declared;
    program.set(slot, { ...rest, teamId: rest.teamId === NO_TEAM ? "T1" : rest.teamId });
    if (!rest.teamId) delete program.get(slot)?.teamId;
  }
  // "To keep them: undo the change", without a team; who has lost her place to another gets one of her own.
  const kept = new Set<string>();
  for (const { id, slot, doomed, halfReplaced, outputs } of [...state].sort(
    (a, b) => Number(a.doomed ?? 0) - Number(b.doomed ?? 0),
  )) {
    const who = id.split("@")[0] as Who;
    if (!hasHeadshots(world.live(id))) {
      // Deleted by force, and the state still has what was: only without a team, and nobody else in her place.
      if (halfReplaced && hasHeadshots(outputs as { status: string })) program.delete(slot);
      continue;
    }
    if (kept.has(who)) {
      // "Declare the new address as another resource."
      const instead = program.get(slot);
      if (instead && instead.who !== who && !doomed) {
        program.delete(slot);
        program.set(`another for ${instead.who}`, instead);
      }
      continue;
    }
    for (const [other, declared] of program) if (declared.who === who) program.delete(other);
    program.set(doomed ? `kept ${who}` : slot, { who });
    kept.add(who);
  }
  for (const [slot, declared] of program)
    if (hasHeadshots(world.live(emailOf(declared.who))))
      program.set(slot, { who: declared.who, adopt: true });
  await calm(world, "refresh", renewals);
  for (let ups = 1; ; ups++) {
    const seen = await calm(world, "up", renewals);
    if (seen.planned.every(({ op }) => op === "same")) break;
    assert.ok(ups < 4, "law 2: the fourth up still changes something");
  }
  for (const { who, teamId } of program.values()) {
    const invite = liveOf(emulator.invites(), emailOf(who));
    assert.ok(invite, `law 2: ${who} is declared, and not invited`);
    if (teamId && !hasHeadshots(invite)) assert.equal(invite.teamId, teamId, `law 2: the team of ${who}`);
  }
  for (const before of ["up", "refresh"] as const) {
    if (before === "refresh") await calm(world, before, renewals);
    const again = await calm(world, "up", renewals);
    assert.deepEqual(again.requests, [], "law 6: an up that changes nothing makes no request");
    const changes = again.planned.filter(({ op }) => op !== "same").map(({ op, id }) => `${op} ${id}`);
    assert.deepEqual(changes, [], `law 2: ${before}, then up, and something changes`);
  }
}

async function calm(world: World, name: "up" | "refresh", renewals: Renewals): Promise<Observation> {
  const seen = await checkedCommand(world, name, {}, renewals);
  assert.equal(seen.errors.length, 0, `law 2: ${name} fails where nothing stands in its way: ${told(seen)}`);
  return seen;
}
