import { dirname } from "node:path";
import type { Cell } from "./cells";
import { type CommandOptions, run } from "./command";

/** What the cells install and run with; npm keeps the programs in the user's cache. */
export interface Tools {
  /** The directory of each major version's `node`. */
  nodes: Readonly<Record<Cell["node"], string>>;
  /** The registry of the user's npm configuration; yarn would take another one. */
  registry: string;
}

/** Fetches the versions of Node, as the npm package `node` brings them. */
export async function fetchTools(cwd: string): Promise<Tools> {
  const nodeOf = async (major: Cell["node"]) => {
    const printed = await npmExec(`node@${major}`, ["node", "-p", "process.execPath"], { cwd });
    return dirname(printed.trim());
  };
  const nodes = { "20": await nodeOf("20"), "22": await nodeOf("22"), "24": await nodeOf("24") };
  const registry = (await run("npm", ["config", "get", "registry"], { cwd })).trim();
  return { nodes, registry };
}

/** The command that installs a project's dependencies. */
export function install(manager: Cell["manager"], { cwd, tools, node }: Installation): Promise<string> {
  const options = { cwd, path: [tools.nodes[node]], env: { YARN_REGISTRY: tools.registry } };
  return runManager(
    manager,
    manager === "npm" ? ["install", "--no-audit", "--no-fund"] : ["install"],
    options,
  );
}

/** Runs a command of a package manager, of the version that the checks use. */
export function runManager(
  manager: Cell["manager"],
  words: string[],
  options: CommandOptions,
): Promise<string> {
  switch (manager) {
    case "npm":
      return run("npm", words, options);
    case "pnpm":
      return npmExec("pnpm@10", ["pnpm", ...words], options);
    case "yarn":
      // A cache of its own: the user's would give what an earlier run packed, even after `yarn cache clean`.
      return npmExec("yarn@1.22", ["yarn", ...words, "--cache-folder", `${options.cwd}-cache`], options);
  }
}

export interface Installation {
  cwd: string;
  tools: Tools;
  node: Cell["node"];
}

function npmExec(name: string, command: string[], options: CommandOptions): Promise<string> {
  return run("npm", ["exec", "--yes", `--package=${name}`, "--", ...command], options);
}
