import { type RunResult, run } from "./run";
import { parseCliVersion } from "./versions";

/** Generous, because a busy machine must not make a healthy engine look broken. */
const LIMIT_MS = 60_000;

export interface CliAnswer {
  readonly version?: string;
  readonly problem?: string;
  readonly inconclusive: boolean;
}

/** Asks a CLI for its version: the proof that it is whole and runs on this machine. */
export async function askVersion(pulumi: string, env: NodeJS.ProcessEnv): Promise<CliAnswer> {
  const answer: RunResult = await run(pulumi, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: LIMIT_MS,
  });
  if (answer.problem !== undefined) {
    return { problem: `\`pulumi version\` fails: ${answer.problem}`, inconclusive: answer.inconclusive };
  }
  const version = parseCliVersion(answer.stdout);
  return { inconclusive: false, ...(version === undefined ? {} : { version }) };
}
