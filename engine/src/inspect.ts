import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileNameOf } from "./engine";
import type { Proof, Recipe } from "./recipe";

/** Written last, so its presence says that the directory was whole; the sizes show later damage. */
const MANIFEST = "engine.json";

export type Verdict = Proof | { readonly state: "absent" };

/** The directory with the programs, in a directory of ours. */
export function binOf(directory: string): string {
  return path.join(directory, "bin");
}

/** The first of a recipe's programs, in a directory of ours. */
export function programOf(directory: string, { tools }: Recipe): string {
  return path.join(binOf(directory), fileNameOf(tools[0]));
}

/** Looks whether `directory` holds all that the recipe makes, by running it. */
export async function inspect(directory: string, recipe: Recipe, env: NodeJS.ProcessEnv): Promise<Verdict> {
  if (!(await exists(directory))) return { state: "absent" };
  const recorded = await readFile(path.join(directory, MANIFEST), "utf8").catch(() => "");
  const actual = await describe(directory, recipe).catch(() => undefined);
  if (actual === undefined || recorded !== actual) {
    return { state: "broken", reason: "files are missing or changed" };
  }
  return recipe.prove(programOf(directory, recipe), env);
}

/** Checks what has just been made, and seals it with its manifest. */
export async function seal(directory: string, recipe: Recipe, env: NodeJS.ProcessEnv): Promise<void> {
  const manifest = await describe(directory, recipe);
  const proof = await recipe.prove(programOf(directory, recipe), env);
  if (proof.state !== "good") throw new Error(proof.reason);
  await writeFile(path.join(directory, MANIFEST), manifest);
}

async function describe(directory: string, { tools, ready }: Recipe): Promise<string> {
  const names = new Set([...tools.map((tool) => fileNameOf(tool)), ...ready.map(({ name }) => name)]);
  const sizes: Record<string, number> = {};
  for (const name of names) sizes[name] = (await stat(path.join(binOf(directory), name))).size;
  return `${JSON.stringify({ sizes }, null, 2)}\n`;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
