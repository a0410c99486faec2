import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Engine } from "pulumi-engine";
import { snippets } from "../../support/reader";
import { type Cell, PROGRAMS } from "../project";
import { runManager, USUAL } from "../tools";
import { InstalledEmulator, Place } from "./place";

const README = readFileSync(resolve(__dirname, "../../../README.md"), "utf8");
const [PERSON = "", ROSTER = ""] = snippets(README, "ts");
const [YAML = ""] = snippets(README, "yaml");
const [PEOPLE = ""] = snippets(README, "csv");
const KEY = "hp_emulator_key";

/** What the README's first line of the package means to each manager. */
const INSTALL: Readonly<Record<Cell["manager"], string[]>> = {
  npm: ["install", "pulumi-headshotpro"],
  pnpm: ["add", "pulumi-headshotpro"],
  yarn: ["add", "pulumi-headshotpro"],
};

/** The README's commands for users, without comments: all after those for a clone, which are in its first block. */
function linesOfReadme(): string[] {
  const [, ...blocks] = snippets(README, "sh");
  const lines = blocks.flatMap((block) => block.split("\n"));
  return lines.map((line) => line.replace(/\s+#.*/, "").trim()).filter((line) => line !== "");
}

/** Somebody with the README, in a project as `pulumi new typescript` leaves it, with nothing of ours. */
export async function followReadme(
  manager: Cell["manager"],
  folder: string,
  engine: Engine,
  registry: Record<string, string>,
): Promise<void> {
  const { files, packageJson } = PROGRAMS.typescript;
  const manifest = { private: true, ...packageJson, dependencies: { "@pulumi/pulumi": USUAL } };
  const project = { ...files, "index.ts": PERSON, "package.json": JSON.stringify(manifest) };
  const place = await Place.make(join(folder, manager), engine, project, registry);
  const lines = linesOfReadme();
  const emulatorLine =
    lines.find((line) => line.endsWith(" emulator")) ?? assert.fail("no emulator in the README");

  const install = lines.shift() ?? "";
  assert.equal(install, "npm install pulumi-headshotpro");
  await runManager(manager, INSTALL[manager], { cwd: place.project, env: place.env });
  const emulator = await InstalledEmulator.start(emulatorLine, place.project, place.env);
  try {
    place.env.HEADSHOTPRO_BASE_URL = emulator.url;
    for (const line of lines) await follow(line, place);
    assert.deepEqual(await emulator.emails(), ["ada@acme.com"]);
    await changeTo(ROSTER, "ada@acme.com,grace@acme.com", place, emulator);
    if (manager === "npm") {
      await place.write({ "Pulumi.yaml": YAML });
      await place.type("pulumi up && pulumi up --expect-no-changes && pulumi destroy");
    }
  } finally {
    emulator.close();
  }
}

async function follow(line: string, place: Place): Promise<void> {
  // It runs already, at another port, which stands in for the README's.
  if (line.endsWith(" emulator") || line.startsWith("export ")) return;
  if (line.startsWith("pulumi config set --secret")) await place.type(`printf ${KEY} | ${line}`);
  else {
    if (line.includes("people.csv")) await place.write({ "people.csv": PEOPLE });
    await place.type(line);
  }
}

/** Goes on with another program, and ends the stack. */
async function changeTo(
  program: string,
  emails: string,
  place: Place,
  emulator: InstalledEmulator,
): Promise<void> {
  await place.type("pulumi destroy");
  const before = (await emulator.emails()).length;
  await place.write({ "index.ts": program });
  await place.type("pulumi up && pulumi up --expect-no-changes");
  assert.equal((await emulator.emails()).slice(before).sort().join(), emails);
  await place.type("pulumi destroy");
}
