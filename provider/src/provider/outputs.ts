import { marked } from "../invite/difference";
import type { InviteState } from "../invite/invite";
import { markText } from "../invite/organization-mark";
import type { Run } from "./run";

/** A person's state as a verb hands it over to be recorded: with whose organization it is, and the link on request. */
export function recordedOutputs(run: Run, state: InviteState): Record<string, unknown> {
  const { organization } = run;
  const { link } = keepsLink(run, state) ? state : {};
  return outputsOf({ ...(organization ? marked(state, organization) : state), link });
}

/** Checked inputs as the state keeps them: a team's name means its id in one organization only. */
export function checkedInputs(
  { organization }: Run,
  inputs: Record<string, unknown>,
): Record<string, unknown> {
  const named = typeof inputs.team === "string" && organization !== undefined;
  return named ? { ...inputs, __organization: markText(organization) } : inputs;
}

/** Whether the state keeps this person's sign-up link: as the program says, or else the configuration. */
export function keepsLink(run: Run, { keepLink }: Pick<InviteState, "keepLink">): boolean {
  return keepLink ?? run.usableSettings?.keepLink ?? false;
}

/**
 * A state, or the inputs in it, as the SDK can take it: a property that is `undefined` makes it throw *after* a
 * create was carried out, which would orphan the invite. JSON drops those.
 */
export function outputsOf(state: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(state));
}
