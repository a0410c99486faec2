import path from "node:path";
import semver from "semver";
import { CLI, DYNAMIC_PROVIDER, findOnPath, findPlugin, LANGUAGE_HOST, type Programs } from "./programs";
import { run } from "./run";

/** The oldest CLI that will do: the first whose `import --file` takes outputs (pulumi/pulumi#23984). */
export const MINIMUM_CLI = "3.254.0";

/** Generous, because a busy machine must not make a healthy engine look broken. */
const LIMIT_MS = 60_000;

/** What `pulumi version` came to. */
export interface CliVersion {
  /** Without a leading `v`; undefined if it printed no version. */
  readonly version?: string;
  readonly problem?: string;
  /** True if the problem says nothing about the CLI itself: see `RunResult`. */
  readonly inconclusive: boolean;
}

/** Asks a CLI for its version: the proof that it is whole and runs on this machine. */
export async function askVersion(pulumi: string, env: NodeJS.ProcessEnv): Promise<CliVersion> {
  const { stdout, problem, inconclusive } = await run(pulumi, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: LIMIT_MS,
  });
  if (problem !== undefined) return { problem: `\`pulumi version\` fails: ${problem}`, inconclusive };
  return { version: parseCliVersion(stdout), inconclusive };
}

/** Reads what `pulumi version` prints. */
export function parseCliVersion(printed: string): string | undefined {
  return semver.parse(printed.trim())?.version;
}

/** Why a CLI of this version will not do, or undefined if it will. */
export function refuseCli(version: string | undefined): string | undefined {
  if (version === undefined) return "does not tell its version";
  if (semver.lt(version, MINIMUM_CLI)) return `is ${version}, older than ${MINIMUM_CLI}`;
  // Another major version speaks another protocol with the SDK that the provider is built on.
  if (semver.major(version) !== semver.major(MINIMUM_CLI)) return `is ${version}, another major version`;
  return undefined;
}

/**
 * The first CLI on PATH that is new enough and has what it needs for Node programs.
 *
 * @throws Error that names each CLI on PATH and why it will not do.
 */
export async function findCli(env: NodeJS.ProcessEnv): Promise<Programs> {
  const reasons: string[] = [];
  for (const program of findOnPath(CLI, env)) {
    const { version, problem } = await askVersion(program, env);
    const reason = problem ?? refuseCli(version);
    const plugins: string[] = [];
    let missing: string | undefined;
    for (const tool of [LANGUAGE_HOST, DYNAMIC_PROVIDER]) {
      const plugin = await findPlugin(tool, program, env);
      if (plugin === undefined) missing ??= tool;
      else plugins.push(plugin);
    }
    if (reason !== undefined) reasons.push(`${program} ${reason}`);
    else if (missing !== undefined) reasons.push(`${program} has no ${missing}`);
    else {
      const directories = [program, ...plugins].map((file) => path.dirname(file));
      return { program, directories, version, source: "path" };
    }
  }
  throw new Error(reasons.join("; ") || "no pulumi on PATH");
}
