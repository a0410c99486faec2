import { strict as assert } from "node:assert";
import { hasHeadshots, hasSignedUp } from "./facts";
import { type Bookkeeping, checkAlways } from "./laws";
import { letterOf } from "./organizations";
import { placeOfResource } from "./planning";
import { checkNeedlessLosses, checkQuiet } from "./quiet-laws";
import { type Declared, type Disturbance, NO_TEAM, PROVIDERS, type Who } from "./script";
import { hasUid, type Observation, type World } from "./world";

/** What is no trouble, but told to the command. */
const isQuiet = ({ parallel, force, target, replace, ...troubles }: Disturbance) =>
  Object.keys(troubles).length === 0;

/** Runs one command and checks the laws. */
export async function checkedCommand(
  world: World,
  name: Observation["command"],
  disturbed: Disturbance,
  books: Bookkeeping,
): Promise<Observation> {
  const expected = obstacles(world, disturbed);
  const seen = await world.command(name, disturbed);
  checkAlways(world, seen, books);
  books.note(seen);
  if (!isQuiet(disturbed)) return seen;
  if (name === "up") checkNeedlessLosses(world, seen);
  if (seen.errors.length === 0) checkQuiet(world, seen);
  else if (name === "refresh") assert.fail(`law 2: a refresh failed: ${told(seen)}`);
  else assert.notDeepEqual(expected, [], `law 2: ${name} failed for no reason: ${told(seen)}`);
  return seen;
}

const told = ({ errors }: Observation) => errors.map((error) => (error as Error).message).join(" / ");

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
    const invite = world.organizations.standing(place);
    if (world.odd.has(place) && invite?.status === "revoked") continue;
    assert.ok(invite && invite.status !== "revoked", `law 2: ${place} is declared, and not invited`);
    if (as.teamId && invite.status !== "deleted")
      assert.equal(invite.teamId, as.teamId, `law 2: the team of ${place}`);
  }
  for (const before of ["up", "refresh"] as const) {
    if (before === "refresh") await calm(world, before, books);
    const again = await calm(world, "up", books);
    const all = [...again.preview.requests, ...again.requests];
    // A rotated key is asked once in a run whose it is, until a refresh has recorded it.
    const requests = before === "up" ? all.filter(({ verb }) => verb !== "organization") : all;
    assert.deepEqual(requests, [], "law 6: an up that changes nothing makes no request");
    const changes = again.planned.filter(({ op }) => op !== "same").map(({ op, place }) => `${op} ${place}`);
    assert.deepEqual(changes, [], `law 2: ${before}, then up, and something changes`);
  }
}

/** Somebody cleans up at the dashboard: at most one entry of each person stays. Of none, the API may tell either end. */
function endOddEntries({ organizations, odd }: World): void {
  for (const place of odd) {
    while (organizations.live(place).length > 1)
      organizations.at(Number(place[0])).revokeByHand(place.slice(2));
    if (organizations.live(place).length === 1) odd.delete(place);
  }
}

function takeWaysOut(world: World): void {
  const { program, state, organizations } = world;
  for (const letter of PROVIDERS) organizations.limit(letter, undefined);
  for (const one of state.resources) delete one.taint;
  for (const [slot, { adopt, forceDestroy, ...rest }] of program) {
    const recorded = state.resources.find((one) => one.slot === slot && !one.doomed);
    const force = recorded?.outputs.forceDestroy as boolean | undefined;
    const declared: Declared = { ...rest, ...(force !== undefined && { forceDestroy: force }) };
    program.set(slot, declared.teamId === NO_TEAM ? { ...declared, teamId: "T1" } : declared);
  }
  // "To keep them: undo the change"; who has lost their place to another gets one of their own.
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
    kept.add(place);
    const stays = program.get(slot);
    if (stays && world.placeOf(stays) === place && !doomed) continue;
    for (const [other, declared] of program) if (world.placeOf(declared) === place) program.delete(other);
    const letter = letterOf(provider);
    const who = id.split("@")[0] as Who;
    program.set(doomed ? `kept ${place}` : slot, { who, ...(letter !== "D" && { at: letter }) });
  }
  for (const [slot, declared] of program)
    if (organizations.live(world.placeOf(declared)).some(hasHeadshots))
      program.set(slot, { ...declared, adopt: true });
}

async function calm(world: World, name: "up" | "refresh", books: Bookkeeping): Promise<Observation> {
  const seen = await checkedCommand(world, name, {}, books);
  assert.equal(seen.errors.length, 0, `law 2: ${name} fails where nothing stands in its way: ${told(seen)}`);
  return seen;
}

/** What may keep an undisturbed command from succeeding. Where there is nothing of it, it has to. */
function obstacles(world: World, { target, replace, force }: Disturbance): string[] {
  const { program, state, organizations, odd } = world;
  const [people, recorded] = [[...program.values()], state.resources];
  const places = [...people.map((one) => world.placeOf(one)), ...recorded.map(placeOfResource)];
  const keys = PROVIDERS.map((letter) => organizations.account(letter).key);
  const causes: Record<string, boolean> = {
    "somebody has headshots":
      recorded.some(({ outputs }) => hasHeadshots(outputs)) ||
      places.some((place) => organizations.live(place).some(hasHeadshots)),
    "somebody may not lose them any more": recorded.some(({ outputs }) => outputs.forceDestroy ?? force),
    "somebody has several entries": odd.size > 0,
    "somebody is no member any more": recorded.some(
      (one) => hasSignedUp(one.outputs) && !hasSignedUp(organizations.standing(placeOfResource(one))),
    ),
    "it is not known when somebody was invited": recorded.some(
      ({ outputs }) => outputs.createdAt === undefined && outputs.status === "pending",
    ),
    "it is not known whose somebody is": !recorded.every(hasUid),
    "a key may not do all": keys.some(
      (key) => !organizations.may(key, "Teams") || !organizations.may(key, "Organization"),
    ),
    "nobody may be adopted": people.some(({ adopt }) => adopt === false),
    "there is no such team": people.some(({ teamId }) => teamId === NO_TEAM),
    "there are too few credits": organizations.emulators.some((emulator) => {
      const pending = emulator.invites().filter(({ status }) => status === "pending").length;
      return emulator.credits <= 0 || pending + program.size > emulator.credits * 2;
    }),
    // The engine refuses a program whose untargeted resources have changed their provider.
    "not all are targeted": target !== undefined,
    // It compares nobody with whom it was told to replace: nobody knows yet whose the key is to which they go.
    "somebody is deleted first on request":
      people.some((one) => one.deleteBeforeReplace) &&
      (replace !== undefined || recorded.some(({ taint }) => taint)),
  };
  return Object.keys(causes).filter((cause) => causes[cause]);
}
