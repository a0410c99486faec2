import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { devDependencies } from "../../package.json";
import { peerDependencies } from "../../provider/package.json";

/** The oldest `@pulumi/pulumi` that the package takes. */
export const OLDEST = peerDependencies["@pulumi/pulumi"].replace("^", "");

/** The one that everything else is tested with, and the newest for Node 20. */
export const USUAL = devDependencies["@pulumi/pulumi"];

/** The newest at the time of writing. */
export const NEWEST = "3.270.0";

export interface CommandOptions {
  cwd: string;
  /** Directories to look in before those of PATH. */
  path?: string[];
  env?: NodeJS.ProcessEnv;
}

/**
 * Runs a command to its end and returns what it printed on stdout.
 *
 * @throws Error with the command line and everything that it printed.
 */
export function run(file: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { cwd, path = [], env = {} } = options;
  const child = spawn(file, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...inherited(), ...env, PATH: [...path, env.PATH ?? process.env.PATH].join(delimiter) },
  });
  let stdout = "";
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (data) => {
    stdout += data;
    printed += data;
  });
  child.stderr.setEncoding("utf8").on("data", (data) => (printed += data));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${[file, ...args].join(" ")} ended ${code}:\n${printed}`));
    });
  });
}

/** What `npm run` adds about this repository would mislead the package managers in other folders. */
function inherited(): NodeJS.ProcessEnv {
  const ours = /^(npm_(package|lifecycle|command|config_local_prefix)|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

export type Manager = "npm" | "pnpm" | "yarn";
/** Its major version. */
export type NodeVersion = "20" | "22" | "24";

/** What the cells install and run with; npm keeps the programs in the user's cache. */
export interface Tools {
  /** The directory of each major version's `node`. */
  nodes: Readonly<Record<NodeVersion, string>>;
  /** The registry of the user's npm configuration; yarn would take another one. */
  registry: string;
}

/** Fetches the versions of Node, as the npm package `node` brings them. */
export async function fetchTools(cwd: string): Promise<Tools> {
  const nodeOf = async (major: NodeVersion) => {
    const printed = await npmExec(`node@${major}`, ["node", "-p", "process.execPath"], { cwd });
    return dirname(printed.trim());
  };
  const nodes = { "20": await nodeOf("20"), "22": await nodeOf("22"), "24": await nodeOf("24") };
  const registry = (await run("npm", ["config", "get", "registry"], { cwd })).trim();
  return { nodes, registry };
}

interface Installation {
  cwd: string;
  tools: Tools;
  node: NodeVersion;
}

/** Installs a project's dependencies, by the version of the package manager that the checks use. */
export function install(manager: Manager, { cwd, tools, node }: Installation): Promise<string> {
  const options = { cwd, path: [tools.nodes[node]], env: { YARN_REGISTRY: tools.registry } };
  switch (manager) {
    case "npm":
      return run("npm", ["install", "--no-audit", "--no-fund"], options);
    case "pnpm":
      return npmExec("pnpm@10", ["pnpm", "install"], options);
    case "yarn":
      // A cache of its own: the user's would give what an earlier run packed, even after `yarn cache clean`.
      return npmExec("yarn@1.22", ["yarn", "install", "--cache-folder", `${cwd}-cache`], options);
  }
}

function npmExec(name: string, command: string[], options: CommandOptions): Promise<string> {
  return run("npm", ["exec", "--yes", `--package=${name}`, "--", ...command], options);
}
