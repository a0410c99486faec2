import { strict as assert } from "node:assert";
import { hasHeadshots, hasSignedUp } from "./facts";
import { type Bookkeeping, checkAlways } from "./laws";
import { emailOf, letterOf } from "./organizations";
import { placeOfResource, type Resource } from "./planning";
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
  const expected = obstacles(world, name, disturbed);
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

/** What may keep an undisturbed command from succeeding. Nothing else may. */
function obstacles(world: World, command: Observation["command"], disturbed: Disturbance): string[] {
  const targeted = (slot: string) => disturbed.target?.includes(slot) ?? true;
  const program = command === "up" ? [...world.program] : [];
  const found: string[] = command === "up" ? [...credits(world), ...unregistered(world, disturbed)] : [];
  for (const [slot, declared] of program.filter(([slot]) => targeted(slot)))
    found.push(...toDeclare(world, slot, declared, disturbed.replace?.includes(slot) ?? false));
  for (const old of world.state.resources.filter(({ slot }) => targeted(slot))) {
    const declared = command === "up" ? world.program.get(old.slot) : undefined;
    found.push(...toLeave(world, old, declared, disturbed));
  }
  return found;
}

function credits({ organizations, program }: World): string[] {
  return organizations.emulators
    .filter((emulator) => {
      const pending = emulator.invites().filter(({ status }) => status === "pending").length;
      return emulator.credits <= 0 || pending + program.size > emulator.credits * 2;
    })
    .map(() => "credits");
}

/** `--target` refuses a program whose untargeted resources have changed their provider. */
function unregistered({ organizations, program, state }: World, { target }: Disturbance): string[] {
  const names = [...program.values()].map(({ at = "D" }) => organizations.nameOf(at));
  return state.resources
    .filter(({ slot, provider }) => target && !target.includes(slot) && provider && !names.includes(provider))
    .map(({ provider }) => `the provider ${provider} is not registered`);
}

function toDeclare(world: World, slot: string, declared: Declared, asked: boolean): string[] {
  const found: string[] = [];
  const place = world.placeOf(declared);
  const live = world.organizations.live(place);
  const here = world.state.resources.find((one) => one.slot === slot && !one.doomed);
  const isReplaced = asked || here?.taint || here?.halfReplaced;
  const isNew = isReplaced || !here || placeOfResource(here) !== place || moves(world, here, declared);
  if (declared.teamId === NO_TEAM) found.push(`no team for ${place}`);
  if (isNew && live.some(hasHeadshots) && declared.adopt !== true) found.push(`${place} has headshots`);
  if (isNew && live.length > 0 && declared.adopt === false) found.push(`${place} may not be adopted`);
  if (here && placeOfResource(here) === place) found.push(...toAssign(world, here, declared, place));
  const undated = here && here.outputs.createdAt === undefined && here.outputs.status === "pending";
  if (undated && (declared.resend ?? 0) > Number(here.outputs.resend ?? 0))
    found.push(`${place} has no date`);
  return found;
}

/** Whoever the state says has signed up is moved by HeadshotPro, which moves its members only. */
function toAssign(
  { organizations, odd }: World,
  { outputs }: Resource,
  { teamId, at = "D" }: Declared,
  place: string,
) {
  if (teamId === undefined || teamId === outputs.teamId) return [];
  const found: string[] = [];
  const mayAssign = organizations.may(organizations.account(at).key, "Teams");
  if (!mayAssign) found.push(`the key may not move ${place}`);
  if (hasSignedUp(outputs) && !hasSignedUp(organizations.standing(place)))
    found.push(`${place} is no member`);
  if (odd.has(place)) found.push(`${place} has several entries`);
  return found;
}

const moves = (world: World, old: Resource, { at = "D" }: Declared) => {
  const name = world.organizations.nameOf(at);
  return old.provider !== name && !world.isSurelySame(old, name);
};

/** Whose an invite is cannot be told if another provider declares the person, and nobody says whose the two keys are. */
function isUnclear({ organizations, program, state }: World, { id, provider }: Resource): boolean {
  const keys = [...program.values()]
    .filter(({ who }) => emailOf(who) === id)
    .map(({ at = "D" }) => organizations.account(at).key)
    .filter((key) => key !== state.providers[provider]?.key);
  const isSaid = state.resources.filter((one) => one.id === id).every(hasUid);
  return keys.length > 0 && (!isSaid || keys.some((key) => !organizations.may(key, "Organization")));
}

/**
 * The engine compares nobody with whom it was told to replace; so a provider that they go to does not know whose its key is
 * before they are deleted here.
 */
const isAskedFirst = ({ program }: World, old: Resource, declared?: Declared, replace: string[] = []) =>
  declared?.deleteBeforeReplace === true &&
  (old.taint === true || replace.includes(old.slot)) &&
  [...program.values()].some(({ who, at = "D" }) => emailOf(who) === old.id && at !== letterOf(old.provider));

function toLeave(
  world: World,
  old: Resource,
  declared: Declared | undefined,
  { force: byDefault = false, replace }: Disturbance,
): string[] {
  const found: string[] = [];
  const place = placeOfResource(old);
  const samePerson = !old.doomed && declared !== undefined && world.placeOf(declared) === place;
  const stays = samePerson && !moves(world, old, declared);
  if (isUnclear(world, old) || isAskedFirst(world, old, declared, replace))
    found.push(`it is not clear whose ${place} is`);
  const recorded = (old.outputs.forceDestroy as boolean | undefined) ?? byDefault;
  const allowed = recorded && (old.doomed || !declared || (declared.forceDestroy ?? byDefault));
  const forbidden = [...world.program.values()].some(
    ({ who, forceDestroy }) => old.id.startsWith(`${who}@`) && forceDestroy === false,
  );
  if (allowed && !forbidden) return found;
  const headshots = world.organizations.live(place).some(hasHeadshots) || hasHeadshots(old.outputs);
  if (headshots && !stays) found.push(`${place} is guarded`);
  if (recorded && !stays && !old.doomed && declared) found.push(`${place} may no longer lose headshots`);
  return found;
}
