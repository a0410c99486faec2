import path from "node:path";
import { findOnPath } from "../find-on-path";
import { findPlugin } from "../find-plugin";
import type { Context, Programs, Way } from "./context";

/** What finding a CLI's plugin works with, besides. */
export interface BesideContext extends Context {
  readonly pulumi: string;
}

/** The plugin that the CLI in use would start as it is: the official CLI brings those of all languages. */
export const besideWay: Way<BesideContext> = {
  name: "path",
  slow: false,
  async take({ env, recipe, pulumi }: BesideContext): Promise<Programs> {
    const [tool] = recipe.tools;
    const program = await findPlugin(tool, pulumi, env);
    if (program === undefined) throw new Error(`no ${tool} beside ${pulumi} or on PATH`);
    // Where PATH has it, nothing is put before what PATH says: the same directory may hold another CLI.
    const directories = findOnPath(tool, env).length > 0 ? [] : [path.dirname(program)];
    return { program, directories, version: undefined, source: "path" };
  },
};
