import { checkedCommand, done, Renewals } from "./checked-command";
import type { Observation } from "./observation";
import type { Line, Styles } from "./script";
import { settle } from "./settle";
import { World } from "./world";

/** Runs a script and checks the laws after every line. A script ends at rest: everything converges. */
export async function run(script: readonly Line[], styles: Partial<Styles> = {}): Promise<void> {
  const world = await World.start(styles);
  const renewals = new Renewals();
  try {
    for (const line of script) {
      await play(world, line, renewals);
      done.lines++;
    }
    await settle(world, renewals);
    done.scripts++;
  } finally {
    done.requests += world.requests;
    await world.stop();
  }
}

/** Does what one line says. @returns what was seen, where it is a command of the CLI */
export async function play(
  world: World,
  line: Line,
  renewals = new Renewals(),
): Promise<Observation | undefined> {
  const { program, emulator } = world;
  switch (line.do) {
    case "declare":
      for (const [slot, { who }] of program) if (who === line.as.who) program.delete(slot);
      program.set(line.slot, line.as);
      break;
    case "remove":
      program.delete(line.slot);
      break;
    case "swap": {
      const [one, other] = line.slots.map((slot) => program.get(slot));
      if (one && other) program.set(line.slots[0], other).set(line.slots[1], one);
      break;
    }
    case "act":
      world.act(line.who, line.action);
      break;
    case "wait":
      // And ten minutes, so that no invite expires just between a preview and its up.
      world.time.advance(line.days * 86_400_000 + 600_000);
      break;
    case "credits":
      emulator.credits = line.left;
      break;
    case "settle":
      await settle(world, renewals);
      break;
    default:
      return checkedCommand(world, line.do, line.disturbed, renewals);
  }
  return undefined;
}
