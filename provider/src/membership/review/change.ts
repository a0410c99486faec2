import { UNKNOWN } from "../inputs";
import { type InviteInputs, type InviteState, stateOf } from "../invite";
import { personOf } from "../people";
import { explicitProviderOf, INVITE_TYPE, providerUrnOf, typeOf } from "../urn";
import type { Preview, PreviewStep, ResourceState } from "./preview";

/** One step of a preview, with the person before and after it. */
export interface Change {
  op: string;
  was?: { key?: string; person?: string; state: InviteState; retained: boolean };
  now?: { key?: string; person?: string; inputs: InviteInputs };
  organization?: string;
}

/** The engine's own, and the folders that people stand in. */
const NOT_COUNTED = /^(pulumi:pulumi:Stack$|pulumi:providers:|headshotpro:)/;
const CHANGES = ["create", "update", "replace", "delete"];

/** The changes of people in a preview, and how many other resources change. */
export function changesIn({ steps }: Preview): { people: Change[]; others: number } {
  const changed = steps.filter(({ op }) => CHANGES.includes(op));
  return {
    people: changed.filter(({ urn }) => typeOf(urn) === INVITE_TYPE).map(changeOf),
    others: changed.filter(({ urn }) => typeOf(urn) !== INVITE_TYPE && !NOT_COUNTED.test(typeOf(urn))).length,
  };
}

function changeOf({ op, oldState, newState }: PreviewStep): Change {
  const inputs = newState?.inputs as unknown as InviteInputs | undefined;
  return {
    op,
    was: oldState && {
      ...identityOf(oldState, oldState.outputs?.email ?? oldState.id),
      state: stateOf({ email: oldState.id ?? "", ...oldState.outputs }),
      retained: oldState.retainOnDelete ?? false,
    },
    now: newState && inputs && { ...identityOf(newState, inputs.email), inputs },
    organization: explicitProviderOf((newState ?? oldState)?.provider),
  };
}

/** What the engine writes in place of a secret, or of a value that is known only later. */
export function shown(value: unknown): string | undefined {
  return typeof value === "string" && value !== "[secret]" && value !== UNKNOWN ? value : undefined;
}

/** A key is a person in an organization; without one she is nobody that could be found again. */
function identityOf(state: ResourceState, email: unknown): { key?: string; person?: string } {
  const address = shown(email);
  if (address === undefined) return {};
  const person = personOf(address);
  return { person, key: `${providerUrnOf(state.provider)} ${person}` };
}
