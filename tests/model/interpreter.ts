import { Bookkeeping } from "./bookkeeping";
import { checkedCommand, type Figures } from "./checked-command";
import type { Observation } from "./observation";
import { Random } from "./random";
import type { Declared, Disturbance, Line, Styles } from "./script";
import { settle } from "./settle";
import { World } from "./world";

/** Runs a script and checks the laws after every line. A script ends at rest: everything converges. */
export async function run(
  script: readonly Line[],
  styles: Partial<Styles> = {},
  figures?: Figures,
): Promise<void> {
  const random = new Random();
  const world = await World.start(styles);
  const books = new Bookkeeping(figures);
  try {
    for (const line of script) await play(world, line, books);
    await settle(world, books);
    books.scriptEnded(world.requests);
  } finally {
    random.stop();
    await world.stop();
  }
}

/** Does what one line says. @returns what was seen, where it is a command of the CLI */
export async function play(
  world: World,
  line: Line,
  books = new Bookkeeping(),
): Promise<Observation | undefined> {
  const { program, organizations } = world;
  const put = (slot: string, as: Declared) => {
    // A person has one resource in an organization.
    for (const [other, declared] of program)
      if (world.placeOf(declared) === world.placeOf(as)) program.delete(other);
    program.set(slot, as);
  };
  switch (line.do) {
    case "declare":
      put(line.slot, line.as);
      break;
    case "raise":
    case "team": {
      const { do: _, slot, ...changed } = line;
      const declared = program.get(slot);
      if (declared) program.set(slot, { ...declared, ...changed });
      break;
    }
    case "move":
    case "give": {
      const [from, to] = line.do === "move" ? [line.slot, line.slot] : [line.from, line.to];
      const declared = program.get(from);
      program.delete(from);
      if (declared) put(to, { ...declared, at: line.at });
      break;
    }
    case "remove":
      program.delete(line.slot);
      break;
    case "swap": {
      const [one, other] = line.slots.map((slot) => program.get(slot));
      if (one && other) program.set(line.slots[0], other).set(line.slots[1], one);
      break;
    }
    case "rename":
      organizations.rename(line.provider);
      break;
    case "rotate":
      organizations.rotate(line.provider);
      break;
    case "scope":
      organizations.limit(line.provider, line.without);
      break;
    case "retain":
      organizations.at(line.org ?? 0).automate({ retentionDays: line.days });
      break;
    case "taint":
      for (const one of world.state.resources) if (one.slot === line.slot && !one.doomed) one.taint = true;
      break;
    case "act":
      world.act(line.who, line.action, line.org);
      break;
    case "wait":
      world.clock.advance(line.days * 86_400_000);
      break;
    case "credits":
      for (const emulator of organizations.emulators) emulator.credits = line.left;
      break;
    case "settle":
      await settle(world, books);
      break;
    default:
      return checkedCommand(world, line.do, known(world, line.disturbed), books);
  }
  return undefined;
}

/** The CLI refuses a target that it knows of neither from the program nor from the state. */
function known(world: World, { target, replace, ...disturbed }: Disturbance): Disturbance {
  const exists = (slot: string) =>
    world.program.has(slot) || world.state.resources.some((one) => one.slot === slot);
  const targets = target?.filter(exists);
  return { ...disturbed, ...(targets?.length && { target: targets }), ...(replace && { replace }) };
}
