import { hasHeadshots } from "./facts";
import type { Observation } from "./observation";
import { letterOf, orgOf } from "./organizations";
import { placeOfResource, type Resource } from "./planning";
import type { Declared, Disturbance } from "./script";
import { isSameName, NO_TEAM, teamMeant } from "./teams";
import type { World } from "./world";

/** What may keep an undisturbed command from succeeding. Nothing else may. */
export function obstacles(world: World, command: Observation["command"], disturbed: Disturbance): string[] {
  const targeted = (slot: string) => disturbed.target?.includes(slot) ?? true;
  const program = command === "up" ? [...world.program] : [];
  const found: string[] =
    command === "up" ? [...credits(world), ...removals(world), ...unregistered(world, disturbed)] : [];
  for (const [slot, declared] of program.filter(([slot]) => targeted(slot)))
    found.push(...toDeclare(world, slot, declared, disturbed.replace?.includes(slot) ?? false));
  for (const old of world.state.resources.filter(({ slot }) => targeted(slot))) {
    const declared = command === "up" ? world.program.get(old.slot) : undefined;
    found.push(...toLeave(world, old, declared, disturbed.force ?? false));
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

const removals = (world: World) =>
  world.leavingRoster(world.state.resources).size > (world.maxRemovals ?? Infinity) ? ["removals"] : [];

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
  if (teamMeant(orgOf(declared.at ?? "D"), declared) === NO_TEAM) found.push(`no team for ${place}`);
  if (isUnknownName(world, declared, isNew ? undefined : here))
    found.push(`no team is called so for ${place}`);
  if (isNew && world.isOutside(place)) found.push(`the domain of ${place} is not allowed`);
  if (isNew && live.some(hasHeadshots) && declared.adopt !== true) found.push(`${place} has headshots`);
  if (isNew && live.length > 0 && declared.adopt === false) found.push(`${place} may not be adopted`);
  const undated = here && here.outputs.createdAt === undefined && here.outputs.status === "pending";
  if (undated && (declared.resend ?? 0) > Number(here.outputs.resend ?? 0))
    found.push(`${place} has no date`);
  return found;
}

/** A team that was renamed is known by its former name where the state has that. */
function isUnknownName(
  { organizations }: World,
  { team, at = "D" }: Declared,
  here: Resource | undefined,
): boolean {
  if (team === undefined || isSameName(here?.inputs.team, team)) return false;
  const { teams } = organizations.at(orgOf(at));
  return !Object.entries(teams)
    .flat()
    .some((one) => isSameName(one, team));
}

/** A provider that has both another name and another key cannot be told from another organization's. */
const moves = ({ organizations }: World, { provider }: Resource, { at = "D" }: Declared) =>
  letterOf(provider) !== at || (provider !== organizations.nameOf(at) && organizations.wasRotated(at));

function toLeave(world: World, old: Resource, declared: Declared | undefined, byDefault: boolean): string[] {
  const found: string[] = [];
  const place = placeOfResource(old);
  const samePerson = !old.doomed && declared !== undefined && world.placeOf(declared) === place;
  const stays = samePerson && !moves(world, old, declared);
  if (old.protect && !old.doomed && (!stays || old.taint || old.halfReplaced))
    found.push(`${place} is protected`);
  if (old.protect && declared?.protect) found.push(`${place} may be protected`);
  const recorded = (old.outputs.forceDestroy as boolean | undefined) ?? byDefault;
  const allowed = recorded && (old.doomed || !declared || (declared.forceDestroy ?? byDefault));
  const forbidden = [...world.program.values()].some(
    ({ who, forceDestroy }) => old.id.startsWith(`${who}@`) && forceDestroy === false,
  );
  if (allowed && !forbidden) return found;
  const meant = declared && teamMeant(old.org, declared);
  const movesTeam = meant !== undefined && meant !== (old.outputs.teamId ?? null);
  const headshots = world.organizations.live(place).some(hasHeadshots) || hasHeadshots(old.outputs);
  if (headshots && (!stays || movesTeam)) found.push(`${place} is guarded`);
  if (recorded && !stays && !old.doomed && declared) found.push(`${place} may no longer lose headshots`);
  return found;
}
