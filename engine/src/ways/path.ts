import path from "node:path";
import { askVersion } from "../cli-version";
import { findOnPath } from "../find-on-path";
import { findPlugin } from "../find-plugin";
import { whyNotThisCli } from "../versions";
import type { Context, Programs, Way } from "./context";

/** The first CLI on PATH that is new enough and has what it needs for Node programs. */
export const pathWay: Way = {
  name: "path",
  slow: false,
  async take({ env, recipe }: Context): Promise<Programs> {
    const [cli, ...plugins] = recipe.tools;
    const reasons: string[] = [];
    for (const program of findOnPath(cli, env)) {
      const answer = await askVersion(program, env);
      const reason = answer.problem ?? whyNotThisCli(answer.version);
      const found = await Promise.all(plugins.map((tool) => findPlugin(tool, program, env)));
      const missing = plugins.find((_, index) => found[index] === undefined);
      if (reason !== undefined) reasons.push(`${program} ${reason}`);
      else if (missing !== undefined) reasons.push(`${program} has no ${missing}`);
      else {
        const directories = [program, ...found.flatMap((file) => file ?? [])].map((f) => path.dirname(f));
        return { program, directories, version: answer.version, source: "path" };
      }
    }
    throw new Error(reasons.join("; ") || "no pulumi on PATH");
  },
};
