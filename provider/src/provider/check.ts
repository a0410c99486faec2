import { ConfigurationError } from "../api/configuration";
import { carriedTeam } from "../invites/difference";
import { type InputFailure, readInputs } from "../invites/inputs";
import type { Run } from "./run";

/** See {@link InviteProvider.check}. */
export function check(
  run: Run,
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
): { inputs: Record<string, unknown>; failures: InputFailure[] } {
  const { __provider, ...declared } = news;
  const { inputs, failures } = readInputs(declared);
  const teamId = carriedTeam(olds, inputs);
  if (teamId !== undefined) inputs.teamId = teamId;
  run.notes.checked(inputs, olds, { carriesTeam: teamId !== undefined });
  return { inputs, failures: [...failures, ...configurationFailures(run)] };
}

/** The configuration is everybody's: what is wrong with it is said once, not once for each person. */
function configurationFailures(run: Run): InputFailure[] {
  try {
    void run.settings;
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return run.notes.reportConfiguration() ? [{ property: "", reason: error.message }] : [];
  }
}
