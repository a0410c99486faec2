import { strict as assert } from "node:assert";
import type { StoredInvite } from "headshotpro-emulator";
import { aboutPeople, checkOnce, isDeletedFirst } from "./facts";
import { placeOfResource, type Resource } from "./planning";
import { NO_TEAM } from "./script";
import type { Observation, World } from "./world";

/** Laws 2, 4 and 6, after a command that nothing disturbed and that went well. */
export function checkQuiet(world: World, seen: Observation): void {
  const { command, stateAfter, stateBefore, disturbed } = seen;
  if (command === "refresh") {
    checkRefreshed(world, seen);
    return;
  }
  const isTarget = ({ slot }: Resource) => disturbed.target?.includes(slot) ?? true;
  const slots = stateAfter.filter(isTarget).map(({ slot }) => slot);
  const wanted = command === "up" ? [...seen.declared.values()].map(({ slot }) => slot) : [];
  assert.deepEqual(slots.sort(), wanted.sort(), "law 2: the state is the program");
  for (const one of stateBefore.filter(isTarget)) {
    const place = placeOfResource(one);
    const stays = command === "up" && world.declared().has(place);
    const kept = stateBefore.some((other) => placeOfResource(other) === place && other.retainOnDelete);
    if (stays || kept || one.halfReplaced || world.odd.has(place)) continue;
    const live = world.organizations.live(place);
    assert.deepEqual(live, [], `law 2: ${place} is not declared any more, and still invited`);
  }
  if (command === "up") checkDone(world, seen);
}

/**
 * Law 5: nobody lost an invite to be sent another one, where it was known that it would not be sent: for want of the
 * team or of credits.
 */
export function checkNeedlessLosses({ organizations }: World, seen: Observation): void {
  for (const place of new Set(seen.revokes.map((one) => one.place))) {
    const as = seen.declared.get(place)?.as;
    const isSent = seen.emails.includes(place) || organizations.live(place).length > 0;
    if (!as || isSent || isDeletedFirst(seen, place)) continue;
    const { at = "D" } = as;
    const { key, org } = organizations.account(at);
    const isAsked = organizations.may(key, "Organization");
    const knowsTeams = isAsked || organizations.may(key, "Teams");
    assert.ok(as.teamId !== NO_TEAM || !knowsTeams, `law 5: ${place} lost an invite for a team that is none`);
    const hasCredits = organizations.at(org).credits > 0;
    assert.ok(hasCredits || !isAsked, `law 5: ${place} lost an invite without credits`);
  }
}

function checkRefreshed(world: World, { stateAfter, stateBefore, requests, disturbed }: Observation): void {
  for (const one of stateAfter) {
    const place = placeOfResource(one);
    if (one.halfReplaced || world.odd.has(place) || disturbed.target) continue;
    checkStanding(one.outputs, `${place} after a refresh`, world.organizations.standing(place));
  }
  const about = aboutPeople(requests).length;
  assert.ok(about <= 2 * stateBefore.length + 4, `law 6: ${about} requests for a refresh`);
}

/** What was created or changed is there, and what was recorded of it is true. */
function checkDone(world: World, seen: Observation): void {
  const { planned, stateAfter, requests } = seen;
  const changed = planned.filter(({ op }) => op !== "same" && op !== "delete");
  for (const { op, slot, place } of changed) {
    const outputs = stateAfter.find((one) => one.slot === slot && !one.doomed)?.outputs ?? {};
    assert.equal(outputs.email, place.slice(2));
    const isLook = ({ org, email, emails = [] }: (typeof requests)[number]) =>
      [email, ...emails].some((one) => one !== undefined && place === `${org}/${one.toLowerCase()}`);
    if ((op === "update" && !requests.some(isLook)) || world.odd.has(place)) continue;
    const invite = world.organizations.standing(place);
    assert.ok(invite && invite.status !== "revoked", `law 4: ${place} is recorded, and not invited`);
    // A move looks by GET, which has no date: whoever has used another invite keeps date and link of the first.
    const isDated = op !== "update" || invite.status === "pending";
    checkTruth(isDated ? outputs : { ...outputs, createdAt: undefined, link: undefined }, place, invite);
  }
  const changes = planned.filter(({ op }) => op !== "same").length;
  const about = aboutPeople(requests).length;
  assert.ok(about <= 7 * changes, `law 6: ${about} requests for ${changes} changes`);
  checkOnce(seen, requests);
}

function checkStanding(outputs: Resource["outputs"], whose: string, invite: StoredInvite | undefined): void {
  assert.equal(outputs.status, invite?.status, `law 4: the status of ${whose}`);
  assert.equal(outputs.modelId, invite?.modelId, `law 4: the model of ${whose}`);
  assert.equal(outputs.teamId, invite?.teamId ?? undefined, `law 4: the team of ${whose}`);
}

/** Law 4: what was recorded just now is what is there. */
function checkTruth(outputs: Record<string, unknown>, place: string, invite: StoredInvite): void {
  checkStanding(outputs, place, invite);
  const near = (told: unknown, time: string) => Math.abs(Date.parse(String(told)) - Date.parse(time)) < 2000;
  const { createdAt, expiresAt, link } = outputs;
  if (createdAt !== undefined)
    assert.ok(near(createdAt, invite.createdAt), `law 4: when ${place} was invited`);
  if (expiresAt !== undefined)
    assert.ok(near(expiresAt, invite.expiresAt), `law 4: when the invite of ${place} expires`);
  assert.ok(expiresAt === undefined || invite.status === "pending", `law 4: ${place} cannot expire`);
  if (link !== undefined)
    assert.ok(String(link).endsWith(invite.id), `law 4: the link of ${place} leads elsewhere`);
}
