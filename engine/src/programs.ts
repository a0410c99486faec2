import { accessSync, constants, statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import path from "node:path";

/** Where an engine came from. */
export type EngineSource = "path" | "cache" | "download" | "build";

/** A Pulumi engine that runs Node programs with dynamic resources. */
export interface Engine {
  /** Absolute path of the CLI. */
  readonly pulumi: string;
  /** The value for PATH: the directories with the CLI and its two Node plugins, then the caller's PATH. */
  readonly path: string;
  /** The CLI's version, without a leading `v`. */
  readonly version: string;
  readonly source: EngineSource;
}

/** Programs of a recipe that are ready to run. */
export interface Programs {
  /** The absolute path of the first of them. */
  readonly program: string;
  /** The version of the first, if it prints one. */
  readonly version?: string;
  /** The directories that PATH needs for all of them. */
  readonly directories: readonly string[];
  readonly source: EngineSource;
}

/** The CLI, and the two programs that it starts for a Node program with dynamic resources. */
export const CLI = "pulumi";
export const LANGUAGE_HOST = "pulumi-language-nodejs";
export const DYNAMIC_PROVIDER = "pulumi-resource-pulumi-nodejs";

const EXTENSIONS = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];

/** The file name of a program that we make: on Windows the dynamic provider is a batch file. */
export function toFileName(tool: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== "win32") return tool;
  return tool === DYNAMIC_PROVIDER ? `${tool}.cmd` : `${tool}.exe`;
}

/** PATH under either of its spellings: on Windows a copied environment has `Path`. */
export function readPath(env: NodeJS.ProcessEnv): string | undefined {
  return env.PATH ?? env.Path;
}

/** Puts `directories` before what `PATH` holds already, each once. */
export function prependToPath(directories: readonly string[], current: string | undefined): string {
  const inherited = current ? [current] : [];
  return [...new Set(directories), ...inherited].join(path.delimiter);
}

/** Every executable of that name on PATH, in order and absolute. */
export function findOnPath(name: string, env: NodeJS.ProcessEnv): string[] {
  const directories = (readPath(env) ?? "").split(path.delimiter).filter((directory) => directory !== "");
  const found = directories.map((directory) => findIn(path.resolve(directory), name));
  return [...new Set(found.filter((file) => file !== undefined))];
}

/** The executable of that name in one directory. */
export function findIn(directory: string, name: string): string | undefined {
  return EXTENSIONS.map((extension) => path.join(directory, name + extension)).find(isExecutableFile);
}

/**
 * The program of that name that a CLI would start: beside it, beside what its name links to (Homebrew, Nix), or
 * anywhere on PATH.
 */
export async function findPlugin(
  tool: string,
  pulumi: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const beside = findIn(path.dirname(pulumi), tool) ?? findIn(path.dirname(await realpath(pulumi)), tool);
  return beside ?? findOnPath(tool, env)[0];
}

/**
 * The plugin that a CLI would start as it is: the official CLI brings the hosts of all languages.
 *
 * @throws Error if there is none.
 */
export async function findInstalledPlugin(
  tool: string,
  pulumi: string,
  env: NodeJS.ProcessEnv,
): Promise<Programs> {
  const program = await findPlugin(tool, pulumi, env);
  if (program === undefined) throw new Error(`no ${tool} beside ${pulumi} or on PATH`);
  // If PATH has it, PATH stays as it is: the same directory may hold another CLI.
  const directories = findOnPath(tool, env).length > 0 ? [] : [path.dirname(program)];
  return { program, directories, source: "path" };
}

function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
