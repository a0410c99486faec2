import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import semver from "semver";
import { CLI, DYNAMIC_PROVIDER, fileNameOf, LANGUAGE_HOST } from "./engine";

/** One program to build. */
export interface BuildTarget {
  readonly tool: string;
  /** The directory with its go.mod and go.sum. */
  readonly module: string;
  readonly goPackage: string;
  readonly ldflags: string;
  /** How long a first build takes on two cores, in words. */
  readonly usually: string;
}

/** What the engine consists of; its key changes whenever any of it does. */
export interface Recipe {
  readonly cliVersion: string;
  readonly minimumGo: string;
  readonly targets: readonly BuildTarget[];
  /** The dynamic provider's launcher, as the npm package of the SDK ships it. */
  readonly dynamicProvider: string;
  /** The name of the engine's directory in the cache. */
  readonly key: string;
}

// Beside both src/ and dist/.
const BUILD = path.resolve(__dirname, "..", "build");

/** Reads the recipe from the checked-in Go modules, so that a version is written in one place only. */
export async function readRecipe(): Promise<Recipe> {
  const modules = ["language-host", "cli"].map((name) => path.join(BUILD, name));
  const [hostDirectory = "", cliDirectory = ""] = modules;
  const sdk = path.dirname(require.resolve("@pulumi/pulumi/package.json"));
  const dynamicProvider = path.join(sdk, fileNameOf(DYNAMIC_PROVIDER));
  const files = [
    ...modules.flatMap((m) => [path.join(m, "go.mod"), path.join(m, "go.sum")]),
    dynamicProvider,
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const [hostModule = "", , cliModule = ""] = texts;
  const cliVersion = requiredVersion(cliModule, "github.com/pulumi/pulumi/pkg/v3");
  const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
  const targets: BuildTarget[] = [
    // The short one first: if building cannot work at all, this is known soonest.
    {
      tool: LANGUAGE_HOST,
      module: hostDirectory,
      goPackage: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      ldflags: "-s -w",
      usually: "1 minute",
    },
    {
      tool: CLI,
      module: cliDirectory,
      goPackage: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      ldflags: `-s -w -X ${versionVariable}=v${cliVersion}`,
      usually: "5 minutes",
    },
  ];
  const flags = targets.map(({ goPackage, ldflags }) => `${goPackage} ${ldflags}`);
  return {
    cliVersion,
    minimumGo: newest(goDirective(hostModule), goDirective(cliModule)),
    targets,
    dynamicProvider,
    key: cacheKey(cliVersion, [...texts, ...flags]),
  };
}

/** Names the cache directory: by version, platform (a home may be shared by machines) and all the parts. */
export function cacheKey(cliVersion: string, parts: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
  return `pulumi-${cliVersion}-${process.platform}-${process.arch}-${digest}`;
}

/** The version that a go.mod requires of a module, without the `v`. */
export function requiredVersion(goMod: string, module: string): string {
  for (const line of goMod.split("\n")) {
    const [name, version] = line.replace("require", "").trim().split(/\s+/);
    if (name === module && version !== undefined) return version.replace(/^v/, "");
  }
  throw new Error(`go.mod does not require ${module}`);
}

/** The Go that a go.mod asks for, such as `1.25` or `1.25.11`, in three numbers. */
export function goDirective(goMod: string): string {
  return semver.coerce(/^go (\S+)$/m.exec(goMod)?.[1])?.version ?? "0.0.0";
}

function newest(a: string, b: string): string {
  return semver.gt(a, b) ? a : b;
}
