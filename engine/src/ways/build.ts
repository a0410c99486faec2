import { chmod, copyFile, link } from "node:fs/promises";
import path from "node:path";
import { fileNameOf } from "../engine";
import { findGo, type GoToolchain } from "../go-toolchain";
import type { BuildTarget, ReadyFile } from "../recipe";
import { run } from "../run";
import { make } from "../store";
import type { Context, Programs, Way } from "./context";

const BUILD_LIMIT_MS = 60 * 60_000;

/** Built here from Go modules, for machines that reach a module proxy but not Pulumi's own host. */
export const buildWay: Way = {
  name: "build",
  slow: true,
  take: (context: Context): Promise<Programs> =>
    make(context, "build", async (bin, scratch) => {
      const { recipe, report } = context;
      const toolchain = await findGo(recipe.minimumGo, scratch, goEnvironment(context.env), report);
      announce(toolchain, context);
      const env = buildEnvironment(goEnvironment(context.env), toolchain, scratch);
      for (const target of recipe.targets) await build(target, toolchain, bin, env, context);
      for (const file of recipe.ready) await put(file, bin);
    }),
};

async function put({ name, file, how }: ReadyFile, bin: string): Promise<void> {
  const place = path.join(bin, name);
  if (how === "link") return link(file, place);
  await copyFile(file, place);
  await chmod(place, 0o755);
}

function announce({ version, borrowed }: GoToolchain, { recipe, report }: Context): void {
  const { name, what, cost } = recipe;
  report(`Building ${name} with Go ${version}. If nothing is cached yet, this takes about`);
  report(`${cost.time} on 2 cores, and ${cost.disk.during} of disk until it is done.`);
  if (borrowed) report(`Only the ${what} itself is left behind (${cost.disk.left}).`);
  else
    report(
      `Go keeps ${cost.disk.inGoCaches} of it for later builds; \`go clean -modcache -cache\` gives them back.`,
    );
}

async function build(
  { tool, module, goPackage, ldflags, usually }: BuildTarget,
  { go, borrowed }: GoToolchain,
  bin: string,
  env: NodeJS.ProcessEnv,
  { report, heartbeatMs }: Context,
): Promise<void> {
  report(`Building ${tool} (usually ${usually}) ...`);
  // Read-only modules: the checked-in sums decide what is built. No VCS stamp: there may be no git.
  const flags = ["-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags", ldflags];
  // Go makes its modules read-only; in our own cache that would keep us from removing them.
  if (borrowed) flags.push("-modcacherw");
  const { problem } = await run(go, ["build", ...flags, "-o", path.join(bin, fileNameOf(tool)), goPackage], {
    cwd: module,
    env,
    timeoutMs: BUILD_LIMIT_MS,
    heartbeat: { everyMs: heartbeatMs, beat: (ms) => report(`  still building ${tool}: ${elapsed(ms)}`) },
  });
  if (problem !== undefined) throw new Error(`go build of ${tool} fails: ${problem}`);
}

/** Go for this machine and with the Go that was chosen, whatever the caller's environment is set up for. */
function goEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, GOROOT: _root, ...rest } = env;
  return { ...rest, GOTOOLCHAIN: "local", GOWORK: "off", GO111MODULE: "on", CGO_ENABLED: "0" };
}

function buildEnvironment(
  env: NodeJS.ProcessEnv,
  toolchain: GoToolchain,
  scratch: string,
): NodeJS.ProcessEnv {
  const own = toolchain.borrowed
    ? { GOMODCACHE: path.join(scratch, "modules"), GOCACHE: path.join(scratch, "objects") }
    : {};
  // Caches that the caller has named are used even then.
  return { ...own, ...env, GOTMPDIR: scratch };
}

/** A time in words, such as `2 min 20 s`. */
export function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
