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
import { CELLS, type Cell, makeProject, nameOf, type Source } from "./project";
import {
  copyStack,
  type Estate,
  makeEmptyStack,
  type Outcome,
  pulumi,
  type Runner,
  storedInputs,
} from "./stack";
import { pack, problemsOf } from "./tarball";
import { fetchTools, NEWEST, OLDEST } from "./tools";

/** A cell under way: its program, and the estate that the program makes. */
interface Trial {
  cell: Cell;
  runner: Runner;
  estate: Estate;
  /** What the state says of the people after the first `up`. */
  stored?: string;
  seconds: number;
  /** The step that failed, and what it printed; the later ones are not taken. */
  failure?: string;
}

async function step(trial: Trial, name: string, work: () => Promise<void>): Promise<void> {
  if (trial.failure !== undefined) return;
  const started = performance.now();
  try {
    await work();
  } catch (error) {
    trial.failure = `${name}: ${error instanceof Error ? error.message : String(error)}`;
  }
  trial.seconds += (performance.now() - started) / 1000;
}

/** The faces through which the states of earlier versions are taken over: the plugin brings an SDK of its own. */
const FACES: Record<string, "typescript" | "yaml"> = { [OLDEST]: "typescript", [NEWEST]: "yaml" };

/**
 * Takes over a state that an earlier version left, in a project in which the package is installed.
 *
 * @throws Error if the first `up` changes anybody but those whose link has expired, or asks about anybody else.
 */
async function takeOverState(fixture: StateFixture, { cell, runner }: Trial): Promise<void> {
  const { project, node } = runner;
  const emulator = await startEmulator();
  settle(emulator, fixture.people);
  const path = [node, (await testEngine("yaml")).path].join(delimiter);
  const env = { PATH: path, OTHER_KEY: emulator.apiKey };
  const stack = await TestStack.create(emulator, { language: "typescript", host: "yaml", env });
  try {
    await rm(join(stack.project, "node_modules"));
    // A workspace may have all packages above the stack's.
    const modules = [project, resolve(project, "../..")].map((folder) => join(folder, "node_modules"));
    const found = modules.find((one) => existsSync(join(one, "@pulumi/pulumi/package.json")));
    await linkModules(found ?? assert.fail(project), stack.project);
    await writeFile(join(stack.project, "state.json"), JSON.stringify(fixture));
    await stack.must("stack", "import", "--file", "state.json");
    if (FACES[cell.sdk] === "typescript") await stack.setProgram(fixture.program.join("\n"));
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

const PROJECT = `name: people
runtime: yaml
plugins: { providers: [{ name: headshotpro, path: node_modules/.bin }] }
`;

/** A new stack asks once whose organization it is: so later runs know that nobody has moved. */
const WHOSE = "GET /organization";
const POST = "POST /organization/invites";
const REVOKE = "POST /organization/invites/revoke";

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
  return {
    cell,
    runner: { engine, project, node: tools.nodes[cell.node], major: cell.node },
    estate,
    seconds: 0,
  };
}

/** Installs, invites two people, and finds nothing to do on the second `up`. */
async function build(trial: Trial, start: Start): Promise<void> {
  const { cell, runner, estate } = trial;
  await step(trial, "install", async () => {
    runner.project = await makeProject(runner.project, cell, start);
    await copyStack(start.empty, runner.project, estate.folder);
  });
  await step(trial, "up", async () => {
    expectRequests(await pulumi(["up"], runner, estate), [WHOSE, POST, POST]);
    trial.stored = await storedInputs(estate);
  });
  await step(trial, "no-op", () => findNothingToDo(runner, estate));
}

/** Finds nothing to do on a state that another program wrote in the very same words, and destroys it. */
async function takeOver(trial: Trial, other: Trial): Promise<void> {
  const { runner, stored } = trial;
  await step(trial, "no-op on another's state", async () => {
    assert.equal(other.stored, stored, `${nameOf(other.cell)} stores something else`);
    await findNothingToDo(runner, other.estate);
  });
  await step(trial, "destroy", async () => {
    const { printed, requests } = await pulumi(["destroy"], runner, other.estate);
    const writes = requests.filter((request) => request.startsWith("POST"));
    expectRequests({ printed, requests: writes }, [REVOKE, REVOKE]);
  });
  if (trial.cell.sdk in FACES)
    for (const { name, fixture } of fixtures())
      await step(trial, `the state ${name}, in ${FACES[trial.cell.sdk]}`, () =>
        takeOverState(fixture, trial),
      );
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
  const problems = await problemsOf(tarball, join(folder, "examined"));
  for (const problem of problems) console.log(`✖ ${problem}`);

  const empty = join(folder, "empty");
  await makeEmptyStack(empty, engine);
  const start: Start = { folder, empty, engine, tarball, tools: await fetchTools(folder) };
  const cells = CELLS.filter((cell) => nameOf(cell).includes(process.argv[2] ?? ""));
  const trials = await Promise.all(cells.map((cell) => startTrial(cell, start)));
  await twoAtATime(trials, (trial) => build(trial, start));
  // Each program goes on with the state that the one before it left; the first, with the last one's.
  const pairs = trials.map((trial, n) => ({ trial, other: trials.at(n - 1) ?? trial }));
  await twoAtATime(pairs, ({ trial, other }) => takeOver(trial, other));
  await Promise.all(trials.map(({ estate }) => estate.emulator.close()));

  for (const { cell, failure, seconds } of trials)
    console.log(
      `${failure === undefined ? "✔" : "✖"} ${nameOf(cell)}, SDK ${cell.sdk} (${seconds.toFixed(0)} s)`,
    );
  const failures = trials.flatMap(({ cell, failure }) =>
    failure ? [`\n✖ ${nameOf(cell)}\n${failure}`] : [],
  );
  console.log(failures.join("\n"));
  return problems.length === 0 && trials.length > 0 && failures.length === 0;
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
