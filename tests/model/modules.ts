import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";

export const RUNTIME = join(__dirname, "../../provider/dist/runtime/index.js");
/** What has a state of its own, or touches clock and network; all else is shared among the runs. */
const FRESH = /dist.((runtime|session).[^/\\]+|client.(index|client|transport))\.js$/;
/** What a run has of its own, in place of the process's. */
export const GLOBALS = ["setTimeout", "clearTimeout", "Date", "console", "process", "AbortSignal"] as const;
const MODULE = ["exports", "require", "module"] as const;

const required = new Map<string, string | { exports: unknown }>();

/** The file of a module that each run loads afresh; of any other, what it exports. */
export function lookedUp(from: string, name: string): string | { exports: unknown } {
  const key = `${from} ${name}`;
  let found = required.get(key);
  if (found === undefined) {
    const require = createRequire(from);
    const file = require.resolve(name);
    found = FRESH.test(file) ? file : { exports: require(name) };
    required.set(key, found);
  }
  return found;
}

const functions = new Map<string, (...values: unknown[]) => void>();

/** The module as a function of what is its own. */
export function compiled(file: string): (...values: unknown[]) => void {
  let run = functions.get(file);
  if (!run) {
    const code = readFileSync(file, "utf8");
    const made = compileFunction(code, [...MODULE, ...GLOBALS], { filename: file });
    run = (...values) => made.apply(undefined, values);
    functions.set(file, run);
  }
  return run;
}
