import { realpath } from "node:fs/promises";
import path from "node:path";
import { findIn, findOnPath } from "./find-on-path";

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
