import path from "node:path";
import { fileNameOf } from "./engine";
import type { GoToolchain } from "./go-toolchain";
import type { BuildTarget } from "./recipe";
import { type RunOptions, run } from "./run";

const BUILD_LIMIT_MS = 60 * 60_000;
const LIST_LIMIT_MS = 10 * 60_000;

/** What the builds of one recipe share. */
export interface GoBuilder {
  readonly toolchain: GoToolchain;
  readonly env: NodeJS.ProcessEnv;
  readonly heartbeatMs: number;
  report(line: string): void;
}

/** Builds one program into `bin`, and says that it is still at it. */
export async function goBuild(target: BuildTarget, bin: string, builder: GoBuilder): Promise<void> {
  const { tool, module, goPackage, ldflags, usually } = target;
  const { toolchain, env, heartbeatMs, report } = builder;
  report(`Building ${tool} (usually ${usually}) ...`);
  // Read-only modules: the checked-in sums decide what is built. No VCS stamp: there may be no git. The linker strips
  // what only debuggers read; a compiler that does not write it either takes an eighth less time.
  const flags = ["-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags", ldflags];
  flags.push("-gcflags", "all=-dwarf=false");
  // Go makes its modules read-only; in our own cache that would keep us from removing them.
  if (toolchain.borrowed) flags.push("-modcacherw");
  const args = ["build", ...flags, "-o", path.join(bin, fileNameOf(tool)), goPackage];
  const { problem } = await run(toolchain.go, args, {
    cwd: module,
    env,
    timeoutMs: BUILD_LIMIT_MS,
    heartbeat: { everyMs: heartbeatMs, beat: (ms) => report(`  still building ${tool}: ${elapsed(ms)}`) },
  });
  if (problem !== undefined) throw new Error(`go build of ${tool} fails: ${problem}`);
}

/** Where Go keeps a module that the target requires. */
export async function directoryOf(
  goModule: string,
  { module }: BuildTarget,
  { toolchain, env }: GoBuilder,
): Promise<string> {
  const options: RunOptions = { cwd: module, env, timeoutMs: LIST_LIMIT_MS };
  const args = ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", goModule];
  const { stdout, problem } = await run(toolchain.go, args, options);
  if (problem !== undefined) throw new Error(`go list of ${goModule} fails: ${problem}`);
  return stdout.trim();
}

/** Go for this machine and with the Go that was chosen, whatever the caller's environment is set up for. */
export function goEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, GOROOT: _root, ...rest } = env;
  return { ...rest, GOTOOLCHAIN: "local", GOWORK: "off", GO111MODULE: "on", CGO_ENABLED: "0" };
}

/** A time in words, such as `2 min 20 s`. */
export function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
