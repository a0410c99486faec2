import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import semver from "semver";
import { askVersion } from "./cli";
import { CLI, DYNAMIC_PROVIDER, type Engine, LANGUAGE_HOST, toFileName } from "./programs";
import { run } from "./run";

/** What is kept in the cache as one: programs of one version. Its key changes whenever any part of it does. */
export interface Recipe {
  /** What it gives, such as `engine`. */
  readonly what: string;
  /** The same with its version, such as `Pulumi 3.257.0`. */
  readonly name: string;
  readonly version: string;
  /** The programs that are looked for by name; the others serve the first. */
  readonly tools: readonly [string, ...string[]];
  /** The oldest Go that builds it. */
  readonly minimumGo: string;
  readonly targets: readonly [BuildTarget, ...BuildTarget[]];
  /** Files that exist already, and are put beside the programs that are built. */
  readonly files: readonly ExistingFile[];
  readonly cost: BuildCost;
  /** The name of its directory in the cache. */
  readonly key: string;
  /** Runs the first of the tools, and tells whether it is whole. */
  test(program: string, env: NodeJS.ProcessEnv): Promise<Health>;
}

/** One program to build. */
export interface BuildTarget {
  readonly tool: string;
  /** The directory with its go.mod and go.sum. */
  readonly module: string;
  readonly goPackage: string;
  readonly ldflags: string;
  /** How long a first build takes on two cores, in words. */
  readonly usually: string;
  /** What is built differently from a file of the package. */
  readonly edit?: { readonly file: string; readonly from: string; readonly to: string };
}

/** A file to copy, or to link: then it is one of ours, in the same cache. */
export interface ExistingFile {
  readonly name: string;
  /** Absolute; or, of a Go module that the first target requires, from that module's directory. */
  readonly file: string;
  readonly goModule?: string;
  readonly how: "copy" | "link";
}

/** What a build costs, in words, for whoever waits for it. */
interface BuildCost {
  /** The time on two cores if nothing is cached yet. */
  readonly time: string;
  /** The disk while it runs, what of it stays in Go's caches, and what is left in ours. */
  readonly disk: { readonly during: string; readonly inGoCaches: string; readonly left: string };
}

export type Health =
  | { readonly state: "good" }
  /** Broken for certain, or a machine too busy to tell. */
  | { readonly state: "broken" | "unsure"; readonly reason: string };

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

const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
/** Generous, because a busy machine must not make a healthy program look broken. */
const HELP_LIMIT_MS = 60_000;

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

/** The CLI, and the two programs that it starts for a Node program with dynamic resources. */
export async function engineRecipe(): Promise<Recipe> {
  const [host, cli] = [await readGoModule("language-host"), await readGoModule("cli")];
  const sdk = path.dirname(require.resolve("@pulumi/pulumi/package.json"));
  const launcher = toFileName(DYNAMIC_PROVIDER);
  const version = requiredVersion(cli.goMod, "github.com/pulumi/pulumi/pkg/v3");
  const targets: Recipe["targets"] = [
    // The short one first: if building cannot work at all, this is known soonest.
    {
      tool: LANGUAGE_HOST,
      module: host.directory,
      goPackage: `${SDK}/nodejs/cmd/pulumi-language-nodejs`,
      ldflags: "-s -w",
      usually: "1 minute",
      // Once in some thousand programs, what still runs at the end sends into the closed channel, and the host panics.
      edit: { file: "main.go", from: "\tdefer close(responseChannel)\n", to: "" },
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
  const file: ExistingFile = { name: launcher, file: path.join(sdk, launcher), how: "copy" };
  const texts = [host.goMod, host.goSum, cli.goMod, cli.goSum, await readFile(file.file, "utf8")];
  const minimums = [parseGoDirective(host.goMod), parseGoDirective(cli.goMod)] as const;
  return {
    what: "engine",
    name: `Pulumi ${version}`,
    version,
    tools: [CLI, LANGUAGE_HOST, DYNAMIC_PROVIDER],
    minimumGo: semver.gt(...minimums) ? minimums[0] : minimums[1],
    targets,
    files: [file],
    cost: { time: "6 minutes", disk: { during: "5 GB", inGoCaches: "3.5 GB", left: "130 MB" } },
    key: cacheKey("pulumi", version, [...texts, ...targets.map(formatFlags)]),
    test: (pulumi, env) => testVersion(version, pulumi, env),
  };
}

/** The program that the CLI starts for a program in that language, beside the programs of an engine. */
export async function languageHostRecipe(language: Language, engine: Engine): Promise<Recipe> {
  const { name, module, directory, script, cost } = HOSTS[language];
  const tool = `pulumi-language-${language}`;
  const { directory: ours, goMod, goSum } = await readGoModule(`language-${language}`);
  const version = requiredVersion(goMod, module);
  const targets: Recipe["targets"] = [
    { tool, module: ours, goPackage: `${module}/${directory}`, ldflags: "-s -w", usually: cost.time },
  ];
  const files = await listPrograms(engine);
  if (script) files.push({ name: path.basename(script), file: script, goModule: module, how: "copy" });
  // An engine's directory has the engine's own key for a name, so that three parts of a path are enough.
  const places = files.map(({ file }) => file.split(path.sep).slice(-3).join("/"));
  return {
    what: `language host for ${name}`,
    name: `the language host for ${name} (${version})`,
    version,
    tools: [tool],
    minimumGo: parseGoDirective(goMod),
    targets,
    files,
    cost,
    key: cacheKey(tool, version, [goMod, goSum, ...targets.map(formatFlags), ...places]),
    test: testHelp,
  };
}

/** Names the cache directory: by version, platform (a home may be shared by machines) and all the parts. */
function cacheKey(name: string, version: string, parts: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
  return `${name}-${version}-${process.platform}-${process.arch}-${digest}`;
}

/**
 * The version that a go.mod requires of a module, without the `v`.
 *
 * @throws Error if it does not require that module.
 */
function requiredVersion(goMod: string, module: string): string {
  for (const line of goMod.split("\n")) {
    const [name, version] = line.replace("require", "").trim().split(/\s+/);
    if (name === module && version !== undefined) return version.replace(/^v/, "");
  }
  throw new Error(`go.mod does not require ${module}`);
}

/** The Go that a go.mod asks for, such as `1.25` or `1.25.11`, in three numbers. */
function parseGoDirective(goMod: string): string {
  return semver.coerce(/^go (\S+)$/m.exec(goMod)?.[1])?.version ?? "0.0.0";
}

/** A checked-in Go module: the one place where a version is written. */
async function readGoModule(name: string): Promise<{ directory: string; goMod: string; goSum: string }> {
  // Beside both src/ and dist/.
  const directory = path.resolve(__dirname, "../build", name);
  const [goMod, goSum] = await Promise.all([
    readFile(path.join(directory, "go.mod"), "utf8"),
    readFile(path.join(directory, "go.sum"), "utf8"),
  ]);
  return { directory, goMod, goSum };
}

function formatFlags({ goPackage, ldflags, edit }: BuildTarget): string {
  return [goPackage, ldflags, ...(edit ? Object.values(edit) : [])].join(" ");
}

/**
 * The programs of an engine of ours. The CLI warns, at each command, of a host that is not in its own directory;
 * so there is a directory with both. Another's engine is left where it is.
 */
async function listPrograms({ pulumi, source }: Engine): Promise<ExistingFile[]> {
  if (source === "path") return [];
  const bin = path.dirname(pulumi);
  const names = (await readdir(bin)).sort();
  return names.map((name) => ({ name, file: path.join(bin, name), how: "link" }));
}

/** A CLI is whole if it says that it is of this version. */
async function testVersion(wanted: string, pulumi: string, env: NodeJS.ProcessEnv): Promise<Health> {
  const { version, problem, inconclusive } = await askVersion(pulumi, env);
  if (problem !== undefined) return { state: inconclusive ? "unsure" : "broken", reason: problem };
  if (version === wanted) return { state: "good" };
  return { state: "broken", reason: `\`pulumi version\` says ${version ?? "nothing"}, not ${wanted}` };
}

/** A language host, which prints no version, is whole if it starts and knows its flags. */
async function testHelp(host: string, env: NodeJS.ProcessEnv): Promise<Health> {
  const { problem, inconclusive } = await run(host, ["--help"], { env, timeoutMs: HELP_LIMIT_MS });
  if (problem === undefined) return { state: "good" };
  return { state: inconclusive ? "unsure" : "broken", reason: `it does not start: ${problem}` };
}
