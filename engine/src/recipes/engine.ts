import { readFile } from "node:fs/promises";
import path from "node:path";
import { CLI, DYNAMIC_PROVIDER, fileNameOf, LANGUAGE_HOST } from "../engine";
import { goDirective, newest, readGoModule, requiredVersion } from "../go-module";
import { saysVersion } from "../proof";
import { cacheKey, flagsOf, type ReadyFile, type Recipe } from "../recipe";

const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** The CLI, and the two programs that it starts for a Node program with dynamic resources. */
export async function engineRecipe(): Promise<Recipe> {
  const [host, cli] = [await readGoModule("language-host"), await readGoModule("cli")];
  const sdk = path.dirname(require.resolve("@pulumi/pulumi/package.json"));
  const launcher = fileNameOf(DYNAMIC_PROVIDER);
  const version = requiredVersion(cli.goMod, "github.com/pulumi/pulumi/pkg/v3");
  const targets: Recipe["targets"] = [
    // The short one first: if building cannot work at all, this is known soonest.
    {
      tool: LANGUAGE_HOST,
      module: host.directory,
      goPackage: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      ldflags: "-s -w",
      usually: "1 minute",
    },
    {
      tool: CLI,
      module: cli.directory,
      goPackage: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      ldflags: `-s -w -X ${VERSION_VARIABLE}=v${version}`,
      usually: "5 minutes",
    },
  ];
  // As the npm package of the SDK ships it.
  const ready: ReadyFile = { name: launcher, file: path.join(sdk, launcher), how: "copy" };
  const texts = [host.goMod, host.goSum, cli.goMod, cli.goSum, await readFile(ready.file, "utf8")];
  return {
    what: "engine",
    name: `Pulumi ${version}`,
    version,
    tools: [CLI, LANGUAGE_HOST, DYNAMIC_PROVIDER],
    minimumGo: newest(goDirective(host.goMod), goDirective(cli.goMod)),
    targets,
    ready: [ready],
    cost: { time: "6 minutes", disk: { during: "5 GB", inGoCaches: "3.5 GB", left: "130 MB" } },
    key: cacheKey("pulumi", version, [...texts, ...flagsOf(targets)]),
    prove: saysVersion(version),
  };
}
