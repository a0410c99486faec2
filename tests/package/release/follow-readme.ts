import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Engine } from "pulumi-engine";
import { snippets } from "../../support/reader";
import type { Cell } from "../project";
import { runManager } from "../tools";
import { InstalledEmulator, Place } from "./place";

const README = readFileSync(resolve(__dirname, "../../../README.md"), "utf8");
const SYMPTOMS = readFileSync(resolve(__dirname, "../../../docs/symptoms.md"), "utf8");
const [PERSON = "", ROSTER = ""] = snippets(README, "ts");
const [PROJECT = "", YAML = ""] = snippets(README, "yaml");
const [PEOPLE = ""] = snippets(README, "csv");
const KEY = "hp_emulator_key";

/** The README's commands for users, without comments: all after those for a clone, which are in its first block. */
function linesOfReadme(): string[] {
  const [, ...blocks] = snippets(README, "sh");
  const lines = blocks.flatMap((block) => block.split("\n"));
  return lines.map((line) => line.replace(/\s+#.*/, "").trim()).filter((line) => line !== "");
}

const INSTALL = "npm install ";

/** Yarn refuses today's SDK there, and docs/symptoms.md names this one. */
const [SDK_FOR_NODE_20 = ""] = /@pulumi\/pulumi@[\d.]+/.exec(SYMPTOMS) ?? [];
const isBeforeNode22 = () => Number.parseInt(process.versions.node, 10) < 22;

/**
 * Somebody with the README, in an empty folder: its packages as each manager installs them, and its programs. That it
 * works line by line `tests/docs/readme.spec.ts` shows.
 */
export async function followReadme(
  manager: Cell["manager"],
  folder: string,
  engine: Engine,
  registry: Record<string, string>,
): Promise<void> {
  const lines = linesOfReadme();
  const line = (wanted: RegExp) =>
    lines.find((one) => wanted.test(one)) ?? assert.fail(`no ${wanted} in the README`);
  const packages = line(/^npm install /)
    .slice(INSTALL.length)
    .replace("@pulumi/pulumi", (name) => (manager === "yarn" && isBeforeNode22() ? SDK_FOR_NODE_20 : name))
    .split(" ");
  const project = { "Pulumi.yaml": PROJECT, "index.ts": PERSON, "package.json": "{}" };
  const place = await Place.make(join(folder, manager), engine, project, registry);
  await runManager(manager, [manager === "npm" ? "install" : "add", ...packages], {
    cwd: place.project,
    env: place.env,
  });
  const emulator = await InstalledEmulator.start(line(/ emulator$/), place.project, place.env);
  try {
    Object.assign(place.env, { HEADSHOTPRO_BASE_URL: emulator.url, HEADSHOTPRO_API_KEY: KEY });
    await place.type("pulumi up && pulumi up --expect-no-changes");
    assert.deepEqual(await emulator.emails(), ["ada@acme.com"]);
    await place.write({ "people.csv": PEOPLE });
    await place.type(line(/ validate people\.csv$/));
    await changeTo(ROSTER, "ada@acme.com,grace@acme.com", place, emulator);
    if (manager === "npm") {
      await place.write({ "Pulumi.yaml": YAML });
      await place.type("pulumi up && pulumi up --expect-no-changes && pulumi destroy");
    }
  } finally {
    emulator.close();
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
