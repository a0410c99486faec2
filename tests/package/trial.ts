import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { type Cell, nameOf } from "./cells";
import { takeOverEarlierStates } from "./earlier-states";
import { makeProject, type Source } from "./project";
import { Row } from "./row";
import { NEWEST, OLDEST } from "./sdk-versions";
import { copyStack, type Estate, type Outcome, pulumi, type Runner, storedInputs } from "./stack";

const POST = "POST /organization/invites";
const REVOKE = "POST /organization/invites/revoke";

/** A cell under way: its program, and the estate that the program makes. */
export interface Trial {
  row: Row;
  runner: Runner;
  estate: Estate;
  /** What the state says of the people after the first `up`. */
  stored?: string;
}

/** What all trials start from. */
export interface Start extends Source {
  /** Where each trial makes its own folders. */
  folder: string;
  /** The folder of the empty stack. */
  empty: string;
  engine: Runner["engine"];
}

export async function startTrial(cell: Cell, { folder, engine, tools }: Start): Promise<Trial> {
  const place = await mkdtemp(join(folder, `${cell.manager}-${cell.program}-`));
  const project = join(place, "project");
  await mkdir(project);
  const estate = { folder: join(place, "estate"), emulator: await startEmulator() };
  const runner = { engine, project, node: tools.nodes[cell.node], major: cell.node };
  return { row: new Row(cell), runner, estate };
}

/** Installs, invites two people, and finds nothing to do on the second `up`. */
export async function build(trial: Trial, start: Start): Promise<void> {
  const { row, runner, estate } = trial;
  await row.step("install", async () => {
    runner.project = await makeProject(runner.project, row.cell, start);
    await copyStack(start.empty, runner.project, estate.folder);
  });
  await row.step("up", async () => {
    expectRequests(await pulumi(["up"], runner, estate), [POST, POST]);
    trial.stored = await storedInputs(estate);
  });
  await row.step("no-op", () => findNothingToDo(runner, estate));
}

/** With the oldest and the newest SDK: nothing to do on the states of earlier versions. */
export async function upgrade({ row, runner }: Trial): Promise<void> {
  if (![OLDEST, NEWEST].includes(row.cell.sdk)) return;
  await row.step("earlier states", () => takeOverEarlierStates(runner));
}

/** Finds nothing to do on a state that another program wrote in the very same words, and destroys it. */
export async function takeOver({ row, runner, stored }: Trial, other: Trial): Promise<void> {
  const { estate } = other;
  await row.step("no-op on another's state", async () => {
    if (other.stored === undefined) throw new Error(`there is no state from ${nameOf(other.row.cell)}`);
    if (other.stored !== stored)
      throw new Error(`${other.stored}
is stored, where this program stores
${stored}`);
    await findNothingToDo(runner, estate);
  });
  await row.step("destroy", async () => {
    const { printed, requests } = await pulumi(["destroy"], runner, estate);
    const writes = requests.filter((request) => request.startsWith("POST"));
    expectRequests({ printed, requests: writes }, [REVOKE, REVOKE]);
  });
}

async function findNothingToDo(runner: Runner, estate: Estate): Promise<void> {
  expectRequests(await pulumi(["up", "--expect-no-changes"], runner, estate), []);
}

function expectRequests({ requests, printed }: Outcome, expected: string[]): void {
  if (requests.join() === expected.join()) return;
  throw new Error(`requests were [${requests.join(", ")}], not [${expected.join(", ")}]:\n${printed}`);
}
