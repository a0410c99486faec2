import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Engine } from "../engine";
import { goDirective, readGoModule, requiredVersion } from "../go-module";
import { showsHelp } from "../proof";
import { type BuildCost, type BuildTarget, cacheKey, flagsOf, type ReadyFile, type Recipe } from "../recipe";

/** A language of Pulumi programs for which a host can be built. Node's comes with every engine. */
export type Language = "yaml";

interface Host {
  /** As people call it. */
  readonly name: string;
  /** The Go module that has the host, and where in it. */
  readonly module: string;
  readonly directory: string;
  readonly cost: BuildCost;
}

const HOSTS: Readonly<Record<Language, Host>> = {
  yaml: {
    name: "YAML",
    module: "github.com/pulumi/pulumi-yaml",
    directory: "cmd/pulumi-language-yaml",
    cost: { time: "3 minutes", disk: { during: "1 GB", inGoCaches: "1 GB", left: "32 MB" } },
  },
};

/** The program that the CLI starts for a program in that language, beside the programs of an engine. */
export async function languageHostRecipe(language: Language, engine: Engine): Promise<Recipe> {
  const { name, module, directory, cost } = HOSTS[language];
  const tool = `pulumi-language-${language}`;
  const { directory: ours, goMod, goSum } = await readGoModule(`language-${language}`);
  const version = requiredVersion(goMod, module);
  const targets: BuildTarget[] = [
    { tool, module: ours, goPackage: `${module}/${directory}`, ldflags: "-s -w", usually: cost.time },
  ];
  const ready = await filesOf(engine);
  return {
    what: `language host for ${name}`,
    name: `the language host for ${name} ${version}`,
    version,
    tools: [tool],
    minimumGo: goDirective(goMod),
    targets,
    ready,
    cost,
    key: cacheKey(tool, version, [goMod, goSum, ...flagsOf(targets), ...ready.map(partOf)]),
    prove: showsHelp,
  };
}

/** The engine's directory has its own key for a name. */
function partOf({ file }: ReadyFile): string {
  return file.split(path.sep).slice(-3).join("/");
}

/**
 * The programs of an engine of ours. The CLI warns, at each command, of a host that is not in its own directory;
 * so there is a directory with both. Another's engine is left where it is.
 */
async function filesOf({ pulumi, source }: Engine): Promise<ReadyFile[]> {
  if (source === "path") return [];
  const bin = path.dirname(pulumi);
  const names = (await readdir(bin)).sort();
  return names.map((name) => ({ name, file: path.join(bin, name), how: "link" }));
}
