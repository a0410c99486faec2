import { realpath } from "node:fs/promises";
import path from "node:path";
import { askVersion } from "../cli-version";
import { CLI, DYNAMIC_PROVIDER, type Engine, LANGUAGE_HOST, prependToPath } from "../engine";
import { findIn, findOnPath, pathOf } from "../find-on-path";
import { MINIMUM_CLI, whyNotThisCli } from "../versions";
import type { Context, Way } from "./context";

/** The first CLI on PATH that is new enough and has what it needs for Node programs. */
export const pathWay: Way = {
  name: "path",
  slow: false,
  async take({ env }: Context): Promise<Engine> {
    const reasons: string[] = [];
    for (const pulumi of findOnPath(CLI, env)) {
      const answer = await askVersion(pulumi, env);
      const reason = answer.problem ?? whyNotThisCli(answer.version);
      const plugins = await Promise.all(
        [LANGUAGE_HOST, DYNAMIC_PROVIDER].map((tool) => findPlugin(tool, pulumi, env)),
      );
      const missing = plugins.find(({ file }) => file === undefined);
      if (reason !== undefined) reasons.push(`${pulumi} ${reason}`);
      else if (missing) reasons.push(`${pulumi} has no ${missing.tool}`);
      else {
        const directories = [pulumi, ...plugins.flatMap(({ file }) => file ?? [])].map((f) =>
          path.dirname(f),
        );
        const version = answer.version ?? MINIMUM_CLI;
        return { pulumi, path: prependToPath(directories, pathOf(env)), version, source: "path" };
      }
    }
    throw new Error(reasons.join("; ") || "no pulumi on PATH");
  },
};

/** Beside the CLI, beside what the CLI's name links to (Homebrew, Nix), or anywhere on PATH. */
async function findPlugin(
  tool: string,
  pulumi: string,
  env: NodeJS.ProcessEnv,
): Promise<{ tool: string; file: string | undefined }> {
  const beside = findIn(path.dirname(pulumi), tool) ?? findIn(path.dirname(await realpath(pulumi)), tool);
  return { tool, file: beside ?? findOnPath(tool, env)[0] };
}
