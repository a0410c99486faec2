import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Engine } from "../engine";
import { goDirective, readGoModule, requiredVersion } from "../go-module";
import { showsHelp } from "../proof";
import { type BuildCost, cacheKey, flagsOf, type ReadyFile, type Recipe } from "../recipe";

/** A language of Pulumi programs for which a host can be built. Node's comes with every engine. */
export type Language = "yaml" | "python" | "go";

interface Host {
  /** As people call it. */
  readonly name: string;
  /** The Go module that has the host, and where in it. */
  readonly module: string;
  readonly directory: string;
  /** A script that the host runs, beside it and of the same module. */
  readonly script?: string;
  readonly cost: BuildCost;
}

// The last versions that a module proxy has with these hosts in it; both run programs of today's SDKs.
const SDK = "github.com/pulumi/pulumi/sdk/v3";
const OF_SDK: BuildCost = {
  time: "2 minutes",
  disk: { during: "600 MB", inGoCaches: "600 MB", left: "20 MB" },
};

const HOSTS: Readonly<Record<Language, Host>> = {
  yaml: {
    name: "YAML",
    module: "github.com/pulumi/pulumi-yaml",
    directory: "cmd/pulumi-language-yaml",
    cost: { time: "3 minutes", disk: { during: "1 GB", inGoCaches: "1 GB", left: "32 MB" } },
  },
  python: {
    name: "Python",
    module: SDK,
    directory: "python/cmd/pulumi-language-python",
    script: "python/cmd/pulumi-language-python-exec",
    cost: OF_SDK,
  },
  go: { name: "Go", module: SDK, directory: "go/pulumi-language-go", cost: OF_SDK },
};

/** The program that the CLI starts for a program in that language, beside the programs of an engine. */
export async function languageHostRecipe(language: Language, engine: Engine): Promise<Recipe> {
  const { name, module, directory, script, cost } = HOSTS[language];
  const tool = `pulumi-language-${language}`;
  const { directory: ours, goMod, goSum } = await readGoModule(`language-${language}`);
  const version = requiredVersion(goMod, module);
  const targets: Recipe["targets"] = [
    { tool, module: ours, goPackage: `${module}/${directory}`, ldflags: "-s -w", usually: cost.time },
  ];
  const ready = await filesOf(engine);
  if (script) ready.push({ name: path.basename(script), file: script, goModule: module, how: "copy" });
  return {
    what: `language host for ${name}`,
    name: `the language host for ${name} (${version})`,
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
