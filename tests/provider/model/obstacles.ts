import { hasHeadshots, hasSignedUp } from "./facts";
import { emailOf, letterOf } from "./organizations";
import { placeOfResource, type Resource } from "./planning";
import { type Declared, type Disturbance, NO_TEAM } from "./script";
import type { Observation } from "./world";
import { hasUid, type World } from "./world";

/** What may keep an undisturbed command from succeeding. Nothing else may. */
export function obstacles(world: World, command: Observation["command"], disturbed: Disturbance): string[] {
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
  const isNew =
    asked ||
    here?.taint ||
    here?.halfReplaced ||
    !here ||
    placeOfResource(here) !== place ||
    moves(world, here, declared);
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
const isAskedFirst = (
  { program }: World,
  old: Resource,
  declared: Declared | undefined,
  replace: string[] = [],
) =>
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
  if (old.protect && !old.doomed && (!stays || old.taint || old.halfReplaced))
    found.push(`${place} is protected`);
  if (old.protect && declared?.protect) found.push(`${place} may be protected`);
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
