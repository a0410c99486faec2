import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { startEmulator } from "headshotpro-emulator";
import { type Engine, ensureLanguageHost } from "pulumi-engine";
import type { PluginServer } from "../tarball";
import { run } from "../tools";
import { Place } from "./place";

const ROOT = resolve(__dirname, "../../..");
const EXAMPLES = join(ROOT, "examples");
const readText = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");

/** What an SDK is made and tried with. */
export interface SdkTrial {
  /** Where the trials make their own folders. */
  folder: string;
  /** Where the artefacts go. */
  sdks: string;
  engine: Engine;
  version: string;
  plugins: PluginServer;
}

/** Tells whether a command can be started on this machine. */
const isAtHand = (command: string) => spawnSync(command, ["--version"]).error === undefined;

/** A program, and the project around it. */
interface Project {
  language: string;
  files: Record<string, string>;
  /** How many people it invites. */
  people: number;
}

/**
 * Runs the example of a language, as runProject does.
 *
 * @param file the example's program.
 */
async function runExample(
  language: "python" | "go",
  file: string,
  trial: SdkTrial,
  install: (place: Place) => Promise<Record<string, string>>,
): Promise<void> {
  const files = { [file]: readText("examples", language, file) };
  const engine = await ensureLanguageHost(trial.engine, language);
  await runProject({ language, files, people: 3 }, { ...trial, engine }, install);
}

/**
 * Runs a program in an empty folder: the plugin comes from the archives, and the SDK as `install` gets it.
 *
 * @param install gets the SDK into the project, and says what the shell needs for it in its environment.
 */
async function runProject(
  { language, files, people }: Project,
  { folder, engine, version, plugins }: SdkTrial,
  install: (place: Place) => Promise<Record<string, string>>,
): Promise<void> {
  const emulator = await startEmulator();
  try {
    const project = { "Pulumi.yaml": `name: people\nruntime: ${language}\n`, ...files };
    const env = { HEADSHOTPRO_BASE_URL: emulator.url, HEADSHOTPRO_API_KEY: emulator.apiKey };
    const place = await Place.make(join(folder, language), engine, project, env);
    Object.assign(place.env, await install(place));
    await place.type(`pulumi plugin install resource headshotpro ${version} --server ${plugins.url}`);
    await place.type("pulumi up && pulumi up --expect-no-changes && pulumi destroy");
    assert.equal(emulator.outbox.length, people);
    assert.deepEqual(new Set(emulator.invites().map(({ status }) => status)), new Set(["revoked"]));
  } finally {
    await emulator.close();
  }
}

/** Installs the plugin from its archives, and checks the schema that it tells the CLI; says what was done. */
export async function checkToldSchema({ folder, engine, version, plugins }: SdkTrial): Promise<string> {
  const { metadataProblems, versionProblems } = await import(join(ROOT, "tools/release-rules.mjs"));
  const { repository } = await import(join(ROOT, "tools/repository.mjs"));
  const project = { "Pulumi.yaml": "name: people\nruntime: yaml\n" };
  const place = await Place.make(join(folder, "plugin"), engine, project);
  await place.type(`pulumi plugin install resource headshotpro ${version} --server ${plugins.url}`);
  const schema = JSON.parse(await place.type(`pulumi package get-schema headshotpro@${version}`));
  const problems = [
    ...metadataProblems(schema, repository().slug),
    ...versionProblems(version, { "the plugin's schema": schema.version }),
  ];
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return "✔ the plugin, from its archive, tells the schema of this version";
}

/** The folder that the workflow uploads to PyPI. */
const WHEEL = join(ROOT, "release/wheel");

/** Checks the wheel for what PyPI refuses, and runs the example with it; says what was done. */
export async function tryPython(trial: SdkTrial): Promise<string> {
  if (!isAtHand("python3")) return "– no wheel: there is no python3 on this machine";
  const name = `pulumi_headshotpro-${trial.version}-py3-none-any.whl`;
  const made = readdirSync(WHEEL).join();
  if (made !== name) throw new Error(`the wheel is ${made}, and not ${name}`);
  const wheel = join(trial.sdks, name);
  cpSync(join(WHEEL, name), wheel);
  const pip = "venv/bin/pip install --quiet --no-input --disable-pip-version-check";
  await runExample("python", "__main__.py", trial, async (place) => {
    await place.type(`python3 -m venv venv && ${pip} ${wheel} twine==7.0.0`);
    await place.type(`venv/bin/twine check --strict ${wheel}`);
    return { PATH: [join(place.project, "venv/bin"), place.env.PATH].join(delimiter) };
  });
  return `✔ the example in Python, with ${name} and the plugin's archive`;
}

const AUTHOR = ["-c", "user.name=rehearsal", "-c", "user.email=rehearsal@example.com"];

/**
 * Makes the module as Go fetches it from the repository, in the folder `sdk/go` at the tag `sdk/go/v1.2.3`, and runs
 * the example with it; says what was done.
 */
export async function tryGo(trial: SdkTrial): Promise<string> {
  if (!isAtHand("go") || !isAtHand("git"))
    return "– no Go module: there is no go, or no git, on this machine";
  const repository = join(trial.folder, "repository");
  await mkdir(join(repository, "sdk"), { recursive: true });
  cpSync(join(EXAMPLES, "go/sdks/headshotpro"), join(repository, "sdk/go"), { recursive: true });
  const [, module = "", slug = ""] =
    /^module (github\.com\/([^/]+\/[^/]+)\/sdk\/go)$/m.exec(
      readText("examples/go/sdks/headshotpro/go.mod"),
    ) ?? [];
  if (module === "") throw new Error("the SDK for Go is no module of a repository on GitHub");
  const git = (...args: string[]) => run("git", [...AUTHOR, ...args], { cwd: repository });
  await git("init", "--quiet");
  await git("add", ".");
  await git("commit", "--quiet", "--message", "release");
  await git("tag", `sdk/go/v${trial.version}`);
  const archive = join(trial.sdks, `sdk-go-v${trial.version}.tar.gz`);
  await git("archive", "--output", archive, `sdk/go/v${trial.version}`);

  const [cache = "", proxy = ""] = (
    await run("go", ["env", "GOMODCACHE", "GOPROXY"], { cwd: trial.folder })
  ).split("\n");
  const env = {
    // Ours alone is fetched from its repository, which stands in for GitHub's.
    GOPRIVATE: module,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.file://${repository}.insteadOf`,
    GIT_CONFIG_VALUE_0: `https://github.com/${slug}`,
    // The user's cache gives what it has of others, and does not keep a version of ours that was never released.
    GOPROXY: `file://${join(cache, "cache/download")},${proxy}`,
    GOMODCACHE: join(trial.folder, "go-modules"),
    // Without paths, what is compiled once serves the next rehearsal, too.
    GOFLAGS: "-modcacherw -trimpath",
  };
  await runExample("go", "main.go", trial, async (place) => {
    Object.assign(place.env, env);
    await place.type(`go mod init people && go get ${module}/headshotpro@v${trial.version} .`);
    return env;
  });
  return `✔ the example in Go, with ${module}@v${trial.version} and the plugin's archive`;
}

/** The generators for C# and Java, and the host that runs programs in Java. */
const OTHERS = join(ROOT, "tools/sdks/others");
const HOST = "github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java";

/**
 * Generates the SDKs for C# and Java, compiles that for Java, and runs with it the program of the page for Pulumi's
 * Registry; says what was done.
 */
export async function tryJava(trial: SdkTrial): Promise<string> {
  const missing = ["go", "javac", "mvn"].find((command) => !isAtHand(command));
  if (missing !== undefined) return `– neither C# nor Java: there is no ${missing} on this machine`;
  const generated = join(trial.folder, "others");
  await run("go", ["run", ".", ROOT, generated], { cwd: OTHERS });
  const host = join(trial.folder, "java-host");
  await run("go", ["build", "-trimpath", "-o", join(host, "pulumi-language-java"), HOST], { cwd: OTHERS });

  const engine = { ...trial.engine, path: [host, trial.engine.path].join(delimiter) };
  // As `pulumi new` makes it, with the SDK's sources where `pulumi package add` puts them.
  const pom = readText("tests/fixtures/java-program/pom.xml");
  const files = { "pom.xml": pom, "src/main/java/people/App.java": programOfThePage(), ...examplePrograms() };
  await runProject({ language: "java", files, people: 1 }, { ...trial, engine }, async ({ project }) => {
    cpSync(join(generated, "java"), join(project, "sdks/headshotpro"), { recursive: true });
    return {};
  });
  return "✔ the Registry page's program in Java, with the SDK and the plugin's archive; the SDK for C# is generated, and nothing here compiles it";
}

/** The programs of the schema's examples, each in a package of its own: they are compiled with the one that runs. */
function examplePrograms(): Record<string, string> {
  const examples: Record<string, string> = JSON.parse(readText("docs/yaml/examples.json"));
  return Object.fromEntries(
    Object.values(examples).map((text, at) => {
      const [, program = ""] = /```java\n(.*?)```/s.exec(text) ?? [];
      const name = `example${at}`;
      return [`src/main/java/${name}/App.java`, program.replace("package people;", `package ${name};`)];
    }),
  );
}

function programOfThePage(): string {
  const [, program] = /```java\n(.*?)```/s.exec(readText("docs/_index.md")) ?? [];
  if (program === undefined) throw new Error("docs/_index.md has no program in Java");
  return program;
}
