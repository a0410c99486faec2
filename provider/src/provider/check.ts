import { outsideDomain } from "../invite/allowed-domains";
import { carriedTeam } from "../invite/difference";
import { type InputFailure, readInputs, UNKNOWN } from "../invite/inputs";
import { personOf } from "../invite/people";
import { ConfigurationError } from "../settings/configuration";
import { declaredTeam } from "./declared-team";
import { checkedInputs } from "./outputs";
import type { Run } from "./run";

/** See {@link InviteProvider.check}. */
export async function check(
  run: Run,
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
): Promise<{ inputs: Record<string, unknown>; failures: InputFailure[] }> {
  const { __provider, __refusal, ...declared } = news;
  if (typeof __refusal === "string")
    return { inputs: declared, failures: [{ property: "", reason: __refusal }] };
  const { inputs, failures } = readInputs(declared);
  const carried = carriedTeam(olds, inputs);
  const { teamId = carried, failure } = await declaredTeam(run, olds, inputs);
  if (teamId !== undefined) inputs.teamId = teamId;
  if (failure) failures.push(failure);
  run.notes.checked(inputs, olds, { carriesTeam: carried !== undefined });
  const found = [...failures, ...(await newcomerFailures(run, olds, inputs)), ...configurationFailures(run)];
  return { inputs: checkedInputs(run, inputs), failures: found };
}

/** Whoever is recorded under that address is invited already, and may be looked at, kept and revoked. */
async function newcomerFailures(
  run: Run,
  olds: Record<string, unknown>,
  { email }: Record<string, unknown>,
): Promise<InputFailure[]> {
  if (typeof email !== "string" || email === UNKNOWN) return [];
  if (typeof olds.email === "string" && personOf(olds.email) === email) return [];
  const outside = outsideDomain(email, run.usableSettings?.allowedDomains);
  if (outside !== undefined) return [{ property: "email", reason: `${outside} (allowedDomains)` }];
  const tooMany = await run.announced.add(personOf(email), { isNew: true });
  return tooMany === undefined ? [] : [{ property: "", reason: tooMany }];
}

/** The configuration is everybody's: what is wrong with it is said once, not once for each person. */
function configurationFailures(run: Run): InputFailure[] {
  try {
    void run.settings;
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return run.notes.report("configuration") ? [{ property: "", reason: error.message }] : [];
  }
}
