// The packed provider, installed as users install it: each package manager, kind of program and version of Node.
// npx ts-node tests/package/installs.ts          all cells
// npx ts-node tests/package/installs.ts yarn     those whose name has this word in it

import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { ensureEngine } from "pulumi-engine";
import { testEngine } from "../support/engine";
import { fixtures, inYaml, type StateFixture, settle } from "../support/old-state";
import { linkModules, TestStack } from "../support/stack";
import { CELLS, type Cell, makeProject, managerOf, nameOf, type Source } from "./project";
import {
  copyStack,
  type Estate,
  makeEmptyStack,
  type Outcome,
  pulumi,
  type Runner,
  storedInputs,
} from "./stack";
import { examine, pack, type Tarball } from "./tarball";
import { fetchTools, NEWEST, OLDEST } from "./tools";

/** What is done in a cell, in this order. */
const STEPS = ["install", "up", "no-op", "no-op on another's state", "destroy", "earlier states"] as const;
type Step = (typeof STEPS)[number];

/** One cell's line of the table, filled in as its steps are taken. */
class Row {
  private readonly marks = new Map<Step, "✔" | "✖">();
  private milliseconds = 0;
  /** What the step that failed printed; the later ones are not taken. */
  failure?: string;

  constructor(readonly cell: Cell) {}

  async step(name: Step, work: () => Promise<void>): Promise<void> {
    if (this.failure !== undefined) return;
    const started = performance.now();
    try {
      await work();
      this.marks.set(name, "✔");
    } catch (error) {
      this.marks.set(name, "✖");
      this.failure = `${name}: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.milliseconds += performance.now() - started;
  }

  texts(): string[] {
    const { program, node, sdk } = this.cell;
    const marks = STEPS.map((step) => this.marks.get(step) ?? "–");
    return [managerOf(this.cell), program, node, sdk, ...marks, (this.milliseconds / 1000).toFixed(0)];
  }
}

/** The rows as a Markdown table with aligned columns. */
function tableOf(rows: readonly Row[]): string {
  const head = ["manager", "program", "Node", "SDK", ...STEPS, "seconds"];
  const lines = rows.map((row) => row.texts());
  const widths = head.map((title, n) => Math.max(title.length, ...lines.map((line) => line[n]?.length ?? 0)));
  const line = (texts: string[]) => `| ${texts.map((text, n) => text.padEnd(widths[n] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...lines.map(line)].join("\n");
}

type Face = "typescript" | "yaml";

/**
 * Takes over each state that an earlier version left.
 *
 * @param runner a project in which the package is installed.
 * @param faces `yaml`: through the plugin, which brings an SDK of its own.
 * @throws Error if the first `up` changes anybody but those whose link has expired, or asks about anybody else.
 */
async function takeOverEarlierStates(runner: Runner, faces: readonly Face[]): Promise<void> {
  for (const { name, fixture } of fixtures())
    for (const face of faces)
      await takeOverState(fixture, face, runner).catch((error: Error) => {
        throw new Error(`the state ${name}, in ${face}: ${error.message}`);
      });
}

async function takeOverState(fixture: StateFixture, face: Face, { project, node }: Runner): Promise<void> {
  const emulator = await startEmulator();
  settle(emulator, fixture.people);
  const path = [node, (await testEngine("yaml")).path].join(delimiter);
  const env = { PATH: path, OTHER_KEY: emulator.apiKey };
  const stack = await TestStack.create(emulator, {
    language: "typescript",
    face: "dynamic",
    host: "yaml",
    env,
  });
  try {
    await rm(join(stack.project, "node_modules"));
    // A workspace may have all packages above the stack's.
    const modules = [project, resolve(project, "../..")].map((folder) => join(folder, "node_modules"));
    await linkModules(
      modules.find((one) => existsSync(join(one, SDK))) ?? assert.fail(project),
      stack.project,
    );
    await writeFile(join(stack.project, "state.json"), JSON.stringify(fixture));
    await stack.must("stack", "import", "--file", "state.json");
    if (face === "typescript") await stack.setProgram(fixture.program.join("\n"));
    else await writeFile(join(stack.project, "Pulumi.yaml"), PROJECT + inYaml(fixture.program));

    const others = () => emulator.invites().filter(({ email }) => !fixture.renewed.includes(email));
    const before = others();
    const { emails, requests, printed } = await stack.mustUp();
    const changed = [...printed.matchAll(/HeadshotInvite (\S+) (?:creat|updat|replac|delet)\w+/g)];
    const names = new Set(changed.map(([, name]) => `${name}@acme.com`));
    assert.deepEqual([...names], fixture.renewed, printed);
    assert.deepEqual(emails, fixture.renewed);
    assert.deepEqual(others(), before);
    if (fixture.renewed.length === 0) assert.deepEqual(requests, []);
  } finally {
    await stack.remove();
    await emulator.close();
  }
}

const SDK = "@pulumi/pulumi/package.json";

const PROJECT = `name: people
runtime: yaml
plugins: { providers: [{ name: headshotpro, path: node_modules/.bin }] }
`;

/** A new stack asks once whose organization it is: so later runs know that nobody has moved. */
const WHOSE = "GET /organization";
const POST = "POST /organization/invites";
const REVOKE = "POST /organization/invites/revoke";

/** A cell under way: its program, and the estate that the program makes. */
interface Trial {
  row: Row;
  runner: Runner;
  estate: Estate;
  /** What the state says of the people after the first `up`. */
  stored?: string;
}

/** What all trials start from. */
interface Start extends Source {
  /** Where each trial makes its own folders. */
  folder: string;
  /** The folder of the empty stack. */
  empty: string;
  engine: Runner["engine"];
}

async function startTrial(cell: Cell, { folder, engine, tools }: Start): Promise<Trial> {
  const place = await mkdtemp(join(folder, `${cell.manager}-${cell.program}-`));
  const project = join(place, "project");
  await mkdir(project);
  const estate = { folder: join(place, "estate"), emulator: await startEmulator() };
  const runner = { engine, project, node: tools.nodes[cell.node], major: cell.node };
  return { row: new Row(cell), runner, estate };
}

/** Installs, invites two people, and finds nothing to do on the second `up`. */
async function build(trial: Trial, start: Start): Promise<void> {
  const { row, runner, estate } = trial;
  await row.step("install", async () => {
    runner.project = await makeProject(runner.project, row.cell, start);
    await copyStack(start.empty, runner.project, estate.folder);
  });
  await row.step("up", async () => {
    expectRequests(await pulumi(["up"], runner, estate), [WHOSE, POST, POST]);
    trial.stored = await storedInputs(estate);
  });
  await row.step("no-op", () => findNothingToDo(runner, estate));
}

/** Nothing to do on the states of earlier versions. The plugin has but one SDK. */
async function upgrade({ row, runner }: Trial): Promise<void> {
  await row.step("earlier states", () =>
    takeOverEarlierStates(runner, row.cell.sdk === NEWEST ? ["typescript", "yaml"] : ["typescript"]),
  );
}

/** Finds nothing to do on a state that another program wrote in the very same words, and destroys it. */
async function takeOver({ row, runner, stored }: Trial, other: Trial): Promise<void> {
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

async function main(folder: string): Promise<boolean> {
  const engine = await ensureEngine();
  const tarball = await pack(folder);
  const sound = await tell(tarball, join(folder, "examined"));

  const empty = join(folder, "empty");
  await makeEmptyStack(empty, engine);
  const start: Start = { folder, empty, engine, tarball, tools: await fetchTools(folder) };
  const cells = CELLS.filter((cell) => nameOf(cell).includes(process.argv[2] ?? ""));
  const trials = await Promise.all(cells.map((cell) => startTrial(cell, start)));
  await twoAtATime(trials, (trial) => build(trial, start));
  // Each program goes on with the state that the one before it left; the first, with the last one's.
  const pairs = trials.map((trial, n) => ({ trial, other: trials.at(n - 1) ?? trial }));
  await twoAtATime(pairs, ({ trial, other }) => takeOver(trial, other));
  const ends = [OLDEST, NEWEST].flatMap((sdk) => trials.findLast(({ row }) => row.cell.sdk === sdk) ?? []);
  await twoAtATime(ends, upgrade);
  await Promise.all(trials.map(({ estate }) => estate.emulator.close()));

  console.log(tableOf(trials.map(({ row }) => row)));
  const failed = trials.filter(({ row }) => row.failure !== undefined);
  for (const { row } of failed) console.log(`\n✖ ${nameOf(row.cell)}\n${row.failure}`);
  return sound && trials.length > 0 && failed.length === 0;
}

/** Prints the sizes and what is wrong with the tarball; true where nothing is. */
async function tell(tarball: Tarball, folder: string): Promise<boolean> {
  const { problems, installed, packages } = await examine(tarball, folder);
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  const { size, unpackedSize, files } = tarball;
  console.log(`tarball: ${kilobytes(size)}, ${files.length} files, unpacked ${kilobytes(unpackedSize)}`);
  console.log(`installed, without the SDK: ${kilobytes(installed)} in ${packages} packages`);
  for (const problem of problems) console.log(`✖ ${problem}`);
  return problems.length === 0;
}

/** The machine that this is meant for has two cores. */
async function twoAtATime<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}

const folder = mkdtempSync(join(tmpdir(), "headshotpro-installs-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
main(folder).then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.log(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
