import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { type Engine, ensureLanguageHost } from "pulumi-engine";
import type { PluginServer } from "../plugin-server";
import { Place } from "./place";

const EXAMPLES = resolve(__dirname, "../../../examples");

/** What an SDK is made and tried with. */
export interface SdkTrial {
  /** Where the trials make their own folders. */
  folder: string;
  /** Where the artefacts go. */
  sdks: string;
  engine: Engine;
  version: string;
  plugins: PluginServer;
}

/** Tells whether a command can be started on this machine. */
export const isAtHand = (command: string) => spawnSync(command, ["--version"]).error === undefined;

/** An SDK of the repository, copied: what is built from it leaves its traces in its own folder. */
export function copyOfSdk(language: "python" | "go", to: string): void {
  cpSync(join(EXAMPLES, language, "sdks/headshotpro"), to, { recursive: true });
}

/** A program, and the project around it. */
interface Project {
  language: string;
  files: Record<string, string>;
  /** How many people it invites. */
  people: number;
}

/**
 * Runs the example of a language, as runProject does.
 *
 * @param file the example's program.
 */
export async function runExample(
  language: "python" | "go",
  file: string,
  trial: SdkTrial,
  install: (place: Place) => Promise<Record<string, string>>,
): Promise<void> {
  const files = { [file]: readFileSync(join(EXAMPLES, language, file), "utf8") };
  const engine = await ensureLanguageHost(trial.engine, language);
  await runProject({ language, files, people: 3 }, { ...trial, engine }, install);
}

/**
 * Runs a program in an empty folder: the plugin comes from the archives, and the SDK as `install` gets it.
 *
 * @param install gets the SDK into the project, and says what the shell needs for it in its environment.
 */
export async function runProject(
  { language, files, people }: Project,
  { folder, engine, version, plugins }: SdkTrial,
  install: (place: Place) => Promise<Record<string, string>>,
): Promise<void> {
  const emulator = await startEmulator();
  try {
    const project = { "Pulumi.yaml": `name: people\nruntime: ${language}\n`, ...files };
    const env = { HEADSHOTPRO_BASE_URL: emulator.url, HEADSHOTPRO_API_KEY: emulator.apiKey };
    const place = await Place.make(join(folder, language), engine, project, env);
    Object.assign(place.env, await install(place));
    await place.type(`pulumi plugin install resource headshotpro ${version} --server ${plugins.url}`);
    await place.type("pulumi up && pulumi up --expect-no-changes && pulumi destroy");
    assert.equal(emulator.outbox.length, people);
    assert.deepEqual(new Set(emulator.invites().map(({ status }) => status)), new Set(["revoked"]));
  } finally {
    await emulator.close();
  }
}
