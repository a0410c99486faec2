import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

const EXTENSIONS = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];

/** PATH under either of its spellings: on Windows a copied environment says `Path`. */
export function pathOf(env: NodeJS.ProcessEnv): string | undefined {
  return env.PATH ?? env.Path;
}

/** Every executable of that name on PATH, in order and absolute. */
export function findOnPath(name: string, env: NodeJS.ProcessEnv): string[] {
  const directories = (pathOf(env) ?? "").split(path.delimiter).filter((directory) => directory !== "");
  const found = directories.map((directory) => findIn(path.resolve(directory), name));
  return [...new Set(found.filter((file) => file !== undefined))];
}

/** The executable of that name in one directory. */
export function findIn(directory: string, name: string): string | undefined {
  return EXTENSIONS.map((extension) => path.join(directory, name + extension)).find(isExecutableFile);
}

function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
