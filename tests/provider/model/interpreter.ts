import fc from "fast-check";
import { scripts, styles } from "./generate";
import { Bookkeeping, type Figures } from "./laws";
import { type Declared, type Disturbance, type Line, type Styles, scriptText } from "./script";
import { checkedCommand, settle } from "./settle";
import { type Observation, World } from "./world";

/** Chance as the code under test meets it, the same in each run: it spreads repeats over time by `Math.random`. */
function steadyRandom(): () => void {
  const { random } = Math;
  let state = 1;
  Math.random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return () => {
    Math.random = random;
  };
}

/**
 * Runs the random scripts of a seed.
 *
 * @param until nothing new is tried after this; what is red is made smaller all the same
 * @throws Error that tells the smallest script which breaks a law
 */
export async function runSeed(seed: number, numRuns: number, until = Infinity, figures?: Figures) {
  let red = false;
  const property = fc.asyncProperty(scripts, styles, async (script, style) => {
    if (!red && Date.now() > until) return;
    await run(script, style, figures).catch((error) => {
      red = true;
      throw new Error(`${scriptText(script, style)}\n${error.message}`, { cause: error });
    });
  });
  await fc.assert(property, { seed, numRuns });
}

/** Runs a script and checks the laws after every line. A script ends at rest: everything converges. */
export async function run(
  script: readonly Line[],
  styles: Partial<Styles> = {},
  figures?: Figures,
): Promise<void> {
  const stopRandom = steadyRandom();
  const world = await World.start(styles);
  const books = new Bookkeeping(figures);
  try {
    for (const line of script) await play(world, line, books);
    await settle(world, books);
    books.scriptEnded(world.requests);
  } finally {
    stopRandom();
    await world.stop();
  }
}

/** Does what one line says. @returns what was seen, where it is a command of the CLI */
export async function play(
  world: World,
  line: Line,
  books = new Bookkeeping(),
): Promise<Observation | undefined> {
  if (line[0] === "settle") await settle(world, books);
  else if (line[0] === "up" || line[0] === "refresh" || line[0] === "destroy")
    return checkedCommand(world, line[0], known(world, line[1] ?? {}), books);
  else edit(world, line);
  return undefined;
}

type Edit = Exclude<Line, ["settle" | Observation["command"], ...unknown[]]>;

/** What is no command changes the program, its providers or what is outside of it. */
function edit(world: World, line: Edit): unknown {
  const { program, organizations } = world;
  const put = (slot: string, as: Declared) => {
    // A person has one resource in an organization.
    for (const [other, declared] of program)
      if (world.placeOf(declared) === world.placeOf(as)) program.delete(other);
    return program.set(slot, as);
  };
  const change = (slot: string, changed: Partial<Declared>) => {
    const declared = program.get(slot);
    return declared && program.set(slot, { ...declared, ...changed });
  };
  const moveTo = (from: string, to: string, at: Declared["at"]) => {
    const declared = program.get(from);
    program.delete(from);
    return declared && put(to, { ...declared, at });
  };
  if (line[0] === "declare") return put(line[1], line[2]);
  if (line[0] === "raise") return change(line[1], { resend: line[2] });
  if (line[0] === "team") return change(line[1], { teamId: line[2] });
  if (line[0] === "move") return moveTo(line[1], line[1], line[2]);
  if (line[0] === "give") return moveTo(line[1], line[2], line[3]);
  if (line[0] === "remove") return program.delete(line[1]);
  if (line[0] === "rename" || line[0] === "rotate") return organizations[line[0]](line[1]);
  if (line[0] === "scope") return organizations.limit(line[1], line[2]);
  if (line[0] === "retain") return organizations.at(line[2] ?? 0).automate({ retentionDays: line[1] });
  if (line[0] === "act") return world.act(line[1], line[2], line[3]);
  if (line[0] === "wait") return world.clock.advance(line[1] * 86_400_000);
  const [one, other] = [program.get(String(line[1])), program.get(String(line[2]))];
  if (line[0] === "swap") return one && other && program.set(line[1], other).set(line[2], one);
  if (line[0] === "taint")
    for (const found of world.state.resources)
      if (found.slot === line[1] && !found.doomed) found.taint = true;
  if (line[0] === "credits") for (const emulator of organizations.emulators) emulator.credits = line[1];
  return undefined;
}

/** The CLI refuses a target that it knows of neither from the program nor from the state. */
function known(world: World, { target, replace, ...disturbed }: Disturbance): Disturbance {
  const exists = (slot: string) =>
    world.program.has(slot) || world.state.resources.some((one) => one.slot === slot);
  const targets = target?.filter(exists);
  return { ...disturbed, ...(targets?.length && { target: targets }), ...(replace && { replace }) };
}
