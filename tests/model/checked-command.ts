import { strict as assert } from "node:assert";
import type { Bookkeeping } from "./bookkeeping";
import { checkAlways } from "./laws";
import type { Observation } from "./observation";
import { obstacles } from "./obstacles";
import { checkNeedlessLosses, checkQuiet } from "./quiet-laws";
import type { Disturbance } from "./script";
import type { World } from "./world";

export type { Figures } from "./bookkeeping";

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

export const told = ({ errors }: Observation) => errors.map((error) => (error as Error).message).join(" / ");
