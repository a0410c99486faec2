import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { askVersion } from "./cli-version";
import { CLI, DYNAMIC_PROVIDER, fileNameOf, LANGUAGE_HOST } from "./engine";

/** Written last, so its presence says that the engine was whole; the sizes show later damage. */
const MANIFEST = "engine.json";
const TOOLS = [CLI, LANGUAGE_HOST, DYNAMIC_PROVIDER];

export type Verdict =
  | { readonly state: "good" }
  | { readonly state: "absent" }
  /** Broken for certain, or a machine too busy to tell. */
  | { readonly state: "broken" | "unsure"; readonly reason: string };

/** The directory with the programs of an engine of ours. */
export function binOf(directory: string): string {
  return path.join(directory, "bin");
}

/** The CLI of an engine of ours. */
export function cliOf(directory: string): string {
  return path.join(binOf(directory), fileNameOf(CLI));
}

/** Looks whether the engine in `directory` is whole and of that version, by running it. */
export async function inspect(directory: string, version: string, env: NodeJS.ProcessEnv): Promise<Verdict> {
  if (!(await exists(directory))) return { state: "absent" };
  const recorded = await readFile(path.join(directory, MANIFEST), "utf8").catch(() => "");
  const actual = await describe(directory).catch(() => undefined);
  if (actual === undefined || recorded !== actual) {
    return { state: "broken", reason: "files are missing or changed" };
  }
  return inspectCli(directory, version, env);
}

/** Checks an engine that has just been made, and seals it with its manifest. */
export async function seal(directory: string, version: string, env: NodeJS.ProcessEnv): Promise<void> {
  const manifest = await describe(directory);
  const verdict = await inspectCli(directory, version, env);
  if (verdict.state !== "good") throw new Error(verdict.reason);
  await writeFile(path.join(directory, MANIFEST), manifest);
}

type CliVerdict = Exclude<Verdict, { state: "absent" }>;

async function inspectCli(directory: string, version: string, env: NodeJS.ProcessEnv): Promise<CliVerdict> {
  const answer = await askVersion(cliOf(directory), env);
  if (answer.problem !== undefined) {
    return { state: answer.inconclusive ? "unsure" : "broken", reason: answer.problem };
  }
  if (answer.version === version) return { state: "good" };
  return {
    state: "broken",
    reason: `\`pulumi version\` says ${answer.version ?? "nothing"}, not ${version}`,
  };
}

async function describe(directory: string): Promise<string> {
  const sizes: Record<string, number> = {};
  for (const tool of TOOLS) {
    const name = fileNameOf(tool);
    sizes[name] = (await stat(path.join(binOf(directory), name))).size;
  }
  return `${JSON.stringify({ sizes }, null, 2)}\n`;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
