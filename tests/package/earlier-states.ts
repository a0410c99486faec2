import { strict as assert } from "node:assert";
import { rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { testEngine } from "../support/engine";
import { fixtures, inYaml, type StateFixture, settle } from "../support/old-state";
import { linkModules, TestStack } from "../support/stack";
import type { Runner } from "./stack";

const FACES = ["typescript", "yaml"] as const;
type Face = (typeof FACES)[number];

/**
 * Takes over each state that an earlier version left, with a program in TypeScript and, through the plugin, in YAML.
 *
 * @param runner a project in which the package is installed.
 * @throws Error if the first `up` changes anybody but those whose link has expired, or asks about anybody else.
 */
export async function takeOverEarlierStates(runner: Runner): Promise<void> {
  for (const { name, fixture } of fixtures())
    for (const face of FACES)
      await takeOver(fixture, face, runner).catch((error: Error) => {
        throw new Error(`the state ${name}, in ${face}: ${error.message}`);
      });
}

async function takeOver(fixture: StateFixture, face: Face, { project, node }: Runner): Promise<void> {
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
    await linkModules(join(project, "node_modules"), stack.project);
    await writeFile(join(stack.project, "state.json"), JSON.stringify(fixture));
    await stack.must("stack", "import", "--file", "state.json");
    if (face === "typescript") await stack.setProgram(fixture.program.join("\n"));
    else await writeFile(join(stack.project, "Pulumi.yaml"), PROJECT + inYaml(fixture.program));

    const others = () => emulator.invites().filter(({ email }) => !fixture.renewed.includes(email));
    const before = others();
    const { emails, requests, printed } = await stack.must("up", "--yes", "--skip-preview");
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
