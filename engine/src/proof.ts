import { askVersion } from "./cli-version";
import type { Proof, Recipe } from "./recipe";
import { run } from "./run";

/** Generous, because a busy machine must not make a healthy program look broken. */
const LIMIT_MS = 60_000;

/** For the CLI: it says that it is of this version. */
export function saysVersion(version: string): Recipe["prove"] {
  return async (pulumi, env): Promise<Proof> => {
    const answer = await askVersion(pulumi, env);
    if (answer.problem !== undefined) {
      return { state: answer.inconclusive ? "unsure" : "broken", reason: answer.problem };
    }
    if (answer.version === version) return { state: "good" };
    return {
      state: "broken",
      reason: `\`pulumi version\` says ${answer.version ?? "nothing"}, not ${version}`,
    };
  };
}

/** For a language host, which tells no version: it starts, and knows of its flags. */
export async function showsHelp(host: string, env: NodeJS.ProcessEnv): Promise<Proof> {
  const { problem, inconclusive } = await run(host, ["--help"], { env, timeoutMs: LIMIT_MS });
  if (problem === undefined) return { state: "good" };
  return { state: inconclusive ? "unsure" : "broken", reason: `it does not start: ${problem}` };
}
