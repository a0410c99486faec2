import { carriedTeam } from "../membership/difference";
import { type InputFailure, readInputs } from "../membership/inputs";
import { ConfigurationError } from "../session/configuration";
import { noteDeclared } from "./declared";
import { currentSettings } from "./process";

/** The configuration is everybody's: what is wrong with it is said once, not once for each person. */
let configurationReported = false;

/** Canonicalises and validates a declaration, and the configuration, so that a preview shows what is wrong. */
export async function check(
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
): Promise<{ inputs: Record<string, unknown>; failures: InputFailure[] }> {
  const { __provider, ...declared } = news;
  const { inputs, failures } = readInputs(declared);
  const teamId = carriedTeam(olds, inputs);
  noteDeclared(inputs.email, olds.email, teamId !== undefined);
  if (teamId !== undefined) inputs.teamId = teamId;
  return { inputs, failures: [...failures, ...configurationFailures()] };
}

function configurationFailures(): InputFailure[] {
  try {
    currentSettings();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    if (!configurationReported) {
      configurationReported = true;
      return [{ property: "", reason: error.message }];
    }
  }
  return [];
}
