import { decide } from "../invite/decide";
import { inputsOf, UNKNOWN } from "../invite/inputs";
import {
  type InviteInputs,
  type InviteState,
  SECRET_OUTPUTS,
  type StoredState,
  stateOf,
} from "../invite/invite";
import { formatOrganization, renewedOrganization } from "../invite/organization";
import type { Context } from "./context";

/**
 * The state as it is, with the flags as the program has them. The team's name only where they are in that team: beside
 * another id it would be taken for that one's.
 */
export function recorded(state: InviteState, inputs: InviteInputs): InviteState {
  const team = inputs.teamId === state.teamId ? inputs.team : undefined;
  return { ...state, ...inputsOf(inputs), email: state.email, teamId: state.teamId, team };
}

/** A person's state as an operation hands it over to be recorded: with whose organization it is, and the link on request. */
export function recordedOutputs(context: Context, state: InviteState): Record<string, unknown> {
  const { link } = keepsLink(context, state) ? state : {};
  return outputsOf({ ...state, __organization: markOf(context, state), link });
}

/** What the state of a person or a team is to say of the organization. */
export function markOf(
  { organization }: Context,
  { __organization: recorded }: { __organization?: string },
): string | undefined {
  return organization ? renewedOrganization(recorded, organization) : recorded;
}

/**
 * Checked inputs as the state keeps them: a team's name means its id in one organization only. Its `uid` is left out,
 * since `check` often does not know it yet.
 */
export function checkedInputs(
  { organization }: Context,
  inputs: Record<string, unknown>,
): Record<string, unknown> {
  const named = typeof inputs.team === "string" && organization !== undefined;
  return named
    ? { ...inputs, __organization: formatOrganization({ ...organization, uid: undefined }) }
    : inputs;
}

/** Whether the state keeps this person's sign-up link: as the program says, or else the configuration. */
export function keepsLink(context: Context, { keepLink }: Pick<InviteState, "keepLink">): boolean {
  return keepLink ?? context.usableSettings?.keepLink ?? false;
}

/**
 * A state, or the inputs in it, as the SDK can take it: a property that is `undefined` makes it throw *after* a
 * create was carried out, which would orphan the invite. JSON drops those.
 */
export function outputsOf(state: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(state));
}

/** What only the API tells of an invite that is still to be sent. */
const UNKNOWN_OUTPUTS = {
  status: UNKNOWN,
  modelId: UNKNOWN,
  teamName: UNKNOWN,
  createdAt: UNKNOWN,
  expiresAt: UNKNOWN,
  adopted: UNKNOWN,
  renewals: UNKNOWN,
};

/**
 * What a preview shows of the outputs of a create, or of an update if there is an old state. Nothing is asked; what
 * only the API tells is the marker for what is not known.
 */
export function plannedOutputs(
  context: Context,
  news: InviteInputs,
  old?: { id: string; state: StoredState },
): Record<string, unknown> {
  const unknown = (inputs: InviteInputs) =>
    keepsLink(context, inputs) ? { ...UNKNOWN_OUTPUTS, link: UNKNOWN } : UNKNOWN_OUTPUTS;
  if (!old) return outputsOf({ teamId: UNKNOWN, ...outputsOf(inputsOf(news)), ...unknown(news) });
  const before = stateOf({ email: old.id, ...old.state });
  const inputs = context.people.asDeclared(context.teams.foreseen(news));
  const after = recorded(before, inputs);
  const team = { team: inputs.team, teamId: inputs.teamId ?? before.teamId };
  switch (decide(before, context.declaration(inputs), before, context.now()).kind) {
    case "send":
    case "reissue":
      return outputsOf({ ...after, ...team, link: undefined, ...unknown(after) });
    case "assign":
      return outputsOf({ ...recordedOutputs(context, after), ...team, teamName: UNKNOWN });
    default:
      return recordedOutputs(context, after);
  }
}

/** What stands in an object for its kind (pulumi/pulumi, sdk/go/common/resource/properties.go). */
const KIND = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A value as the engine is sent a secret. */
export function secretValue(value: unknown): object {
  return { [KIND]: SECRET, value };
}

/** Whether the engine sent a secret. */
export function isSecret(value: unknown): value is { value: unknown } {
  return typeof value === "object" && (value as Record<string, unknown> | null)?.[KIND] === SECRET;
}

/**
 * Outputs with those that are secret marked as such. `additionalSecretOutputs` would mark them as well, but the state
 * then has that list once more for each person, though hardly anybody keeps links.
 */
export function withSecrets(outs: Record<string, unknown>): Record<string, unknown> {
  const secret = Object.entries(outs).filter(([name]) => SECRET_OUTPUTS.includes(name));
  return { ...outs, ...Object.fromEntries(secret.map(([name, value]) => [name, secretValue(value)])) };
}
