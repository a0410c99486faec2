import { strict as assert } from "node:assert";
import type { StoredInvite } from "headshotpro-emulator";
import { hasHeadshots, wasRenewal } from "./facts";
import type { Observation } from "./observation";
import { emailOf, NO_TEAM } from "./people";
import type { Disturbance } from "./script";
import type { World } from "./world";

/** Law 2, 4 and 6, after an `up` or `refresh` that nothing disturbed and that went well. */
export function checkQuiet(world: World, seen: Observation): void {
  const { command, planned, stateAfter, program, stateBefore } = seen;
  if (command === "refresh") {
    for (const { id, outputs, halfReplaced } of stateAfter) {
      if (halfReplaced) continue;
      const invite = world.live(id);
      assert.equal(outputs.status, invite?.status, `law 4: the status of ${id} after a refresh`);
      assert.equal(outputs.teamId, invite?.teamId ?? undefined, `law 4: the team of ${id} after a refresh`);
    }
    assert.ok(seen.requests.length <= 2 * stateBefore.length + 2, "law 6: few requests");
    return;
  }
  if (command === "destroy") {
    assert.deepEqual(stateAfter, [], "a destroyed stack is empty");
    for (const { id, halfReplaced } of stateBefore)
      if (!halfReplaced)
        assert.equal(world.live(id), undefined, `law 2: ${id} is still invited after a destroy`);
    return;
  }
  assert.deepEqual(stateAfter.map(({ slot }) => slot).sort(), [...program.keys()].sort(), "state = program");
  const declared = new Set([...program.values()].map(({ who }) => emailOf(who)));
  for (const { id, halfReplaced } of stateBefore)
    if (!declared.has(id) && !halfReplaced)
      assert.equal(world.live(id), undefined, `law 2: ${id} is not declared any more, and still invited`);
  for (const one of planned.filter(({ op }) => op !== "same" && op !== "delete")) {
    const outputs = stateAfter.find(({ slot }) => slot === one.slot)?.outputs ?? {};
    checkTruth(outputs, one.id, world.live(one.id), one.op === "update" && !wasRenewal(one, seen.startedAt));
  }
  for (const one of planned)
    if (one.op === "create" || one.op === "replace")
      assert.ok(world.live(one.id), `law 2: ${one.id} is declared, and not invited`);
  const changes = planned.filter(({ op }) => op !== "same").length;
  assert.ok(
    seen.requests.length <= 6 * changes,
    `law 6: ${seen.requests.length} requests for ${changes} changes`,
  );
}

/** Law 4: what was recorded just now is what is there. @param unseen only flags were recorded */
function checkTruth(
  outputs: Record<string, unknown>,
  email: string,
  invite: StoredInvite | undefined,
  unseen: boolean,
): void {
  assert.equal(outputs.email, email);
  if (unseen) return;
  assert.ok(invite, `law 4: ${email} is recorded, and not invited`);
  assert.equal(outputs.status, invite.status, `law 4: the status of ${email}`);
  assert.equal(outputs.teamId, invite.teamId ?? undefined, `law 4: the team of ${email}`);
  const near = (told: unknown, true_: string) =>
    Math.abs(Date.parse(String(told)) - Date.parse(true_)) < 2000;
  if (outputs.createdAt !== undefined)
    assert.ok(near(outputs.createdAt, invite.createdAt), `law 4: when ${email} was invited`);
  if (outputs.expiresAt !== undefined)
    assert.ok(near(outputs.expiresAt, invite.expiresAt), `law 4: when the invite of ${email} expires`);
  assert.equal(outputs.expiresAt !== undefined && invite.status !== "pending", false);
  if (outputs.link !== undefined)
    assert.ok(String(outputs.link).endsWith(invite.id), `law 4: the link of ${email} leads elsewhere`);
}

/** What may keep an undisturbed `up` from succeeding. Nothing else may. */
export function obstacles(world: World, { force = false }: Disturbance): string[] {
  const { emulator, state, program } = world;
  const pending = emulator.invites().filter(({ status }) => status === "pending").length;
  const found: string[] = [];
  if (emulator.credits <= 0 || pending + program.size > emulator.credits * 2) found.push("credits");
  for (const [slot, { who, teamId, adopt }] of program) {
    const email = emailOf(who);
    const invite = world.live(email);
    const here = state.some((one) => one.slot === slot && one.id === email && !one.doomed);
    if (teamId === NO_TEAM) found.push(`no team for ${who}`);
    if (!here && hasHeadshots(invite) && adopt !== true) found.push(`${who} has headshots`);
    if (!here && invite && adopt === false) found.push(`${who} may not be adopted`);
  }
  for (const { slot, id, inputs, outputs, doomed } of state) {
    const declared = program.get(slot);
    const stays = !doomed && declared && emailOf(declared.who) === id;
    if (inputs.forceDestroy ?? force) continue;
    const moves = declared?.teamId !== undefined && declared.teamId !== (outputs.teamId ?? null);
    if ((hasHeadshots(world.live(id)) || hasHeadshots(outputs as { status: string })) && (!stays || moves))
      found.push(`${id} is guarded`);
  }
  return found;
}
