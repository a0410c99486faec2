import { strict as assert } from "node:assert";
import { checkAlways } from "./laws";
import type { Observation } from "./observation";
import { checkQuiet, obstacles } from "./quiet-laws";
import type { Disturbance } from "./script";
import type { World } from "./world";

/** What was done in all, for the figures. */
export const done = { scripts: 0, lines: 0, commands: 0, requests: 0 };

/** Runs one command and checks the laws. */
export async function checkedCommand(
  world: World,
  name: Observation["command"],
  disturbed: Disturbance,
  renewals: Renewals,
): Promise<Observation> {
  const expected = obstacles(world, disturbed);
  const seen = await world.command(name, disturbed);
  done.commands++;
  checkAlways(world, seen);
  renewals.check(seen);
  const { parallel, force, ...troubles } = disturbed;
  const quiet = Object.keys(troubles).length === 0;
  if (!quiet) return seen;
  if (seen.errors.length === 0) checkQuiet(world, seen);
  else if (name === "refresh") assert.fail(`law 2: a refresh failed: ${told(seen)}`);
  else if (name === "up")
    assert.notDeepEqual(expected, [], `law 2: an up failed for no reason: ${told(seen)}`);
  return seen;
}

export const told = ({ errors }: Observation) => errors.map((error) => (error as Error).message).join(" / ");

/** At most `maxRenewals` in the life of a resource; one more for each command whose end was not recorded. */
export class Renewals {
  private readonly sent = new Map<string, number>();

  check({ planned, emails, stateAfter, program, disturbed }: Observation): void {
    for (const { op, id, slot } of planned) {
      if (op === "create" || op === "replace") this.sent.set(id, 0);
      else if (op === "update" && emails.includes(id)) {
        const after = stateAfter.find((one) => one.slot === slot);
        const max = program.get(slot)?.maxRenewals ?? 3;
        const count = (this.sent.get(id) ?? 0) + 1;
        const troubled = Object.keys(disturbed).length > 0;
        if (!troubled) this.sent.set(id, count);
        assert.ok(
          count <= Math.max(max, 0) || troubled,
          `law 3: ${id} was renewed ${count} times, of ${max}`,
        );
        if (!troubled) assert.ok(Number(after?.outputs.renewals) <= max, `${id}: renewals recorded`);
      }
    }
  }
}
