import { spawn } from "node:child_process";
import { delimiter } from "node:path";

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
  child.stdout.on("data", (data) => {
    stdout += data;
    printed += data;
  });
  child.stderr.on("data", (data) => (printed += data));
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
