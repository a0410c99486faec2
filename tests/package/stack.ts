import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Emulator } from "headshotpro-emulator";
import type { Engine } from "pulumi-engine";
import { run } from "./tools";

/** A stack's state and the organization that it is about: what another program can take over. */
export interface Estate {
  folder: string;
  emulator: Emulator;
}

/** A program that can run on an estate. */
export interface Runner {
  engine: Engine;
  project: string;
  /** The directory of its `node`, and that one's major version. */
  node: string;
  major: string;
}

const SETTINGS = "Pulumi.test.yaml";

/** A new, empty stack: its state and its settings (with the salt of its secrets), to be copied for each cell. */
export async function makeEmptyStack(folder: string, engine: Engine): Promise<void> {
  await mkdir(join(folder, "state"), { recursive: true });
  await writeFile(join(folder, "Pulumi.yaml"), "name: people\nruntime: nodejs\n");
  const env = environment(folder, engine);
  await run(engine.pulumi, ["stack", "init", "test", "--non-interactive"], { cwd: folder, env });
}

/** Gives a project its copy of the empty stack; the state goes into the estate's folder. */
export async function copyStack(empty: string, project: string, estate: string): Promise<void> {
  await cp(join(empty, "state"), join(estate, "state"), { recursive: true });
  await cp(join(empty, SETTINGS), join(project, SETTINGS));
}

/** What one command of the CLI did. */
export interface Outcome {
  printed: string;
  /** What arrived at the API, such as `POST /organization/invites`. */
  requests: string[];
}

/**
 * Runs `pulumi up` or `pulumi destroy` with a program on an estate.
 *
 * @throws Error where the command ended with another code than 0.
 */
export async function pulumi(
  args: string[],
  { engine, project, node, major }: Runner,
  { folder, emulator }: Estate,
): Promise<Outcome> {
  const before = emulator.requests.length;
  const flags = ["--yes", "--skip-preview", "--diff", "--non-interactive", "--color", "never"];
  const env = {
    ...environment(folder, engine),
    HEADSHOTPRO_BASE_URL: emulator.url,
    HEADSHOTPRO_API_KEY: emulator.apiKey,
    CELL_NODE: major,
  };
  const printed = await run(engine.pulumi, [...args, ...flags], { cwd: project, path: [node], env });
  const requests = emulator.requests.slice(before);
  return {
    printed,
    requests: requests.map(({ method, path }) => `${method} ${path.replace("/api/v2", "")}`),
  };
}

/** What the state holds as declared of each person, the provider's text included, as JSON. */
export async function storedInputs({ folder }: Estate): Promise<string> {
  const file = join(folder, "state/.pulumi/stacks/people/test.json");
  const { resources } = JSON.parse(await readFile(file, "utf8")).checkpoint.latest;
  const people = resources.filter(({ type }: { type: string }) => type.includes("headshotpro"));
  const declared = people.map(({ urn, inputs }: { urn: string; inputs: object }) => ({ urn, inputs }));
  return JSON.stringify(declared.sort((a: { urn: string }, b: { urn: string }) => (a.urn < b.urn ? -1 : 1)));
}

/** What the CLI finds in the environment: its own folder and the state are below `folder`, and the stack is selected. */
export function environment(folder: string, engine: Engine): Record<string, string> {
  return {
    PATH: engine.path,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_STACK: "test",
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "for tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
