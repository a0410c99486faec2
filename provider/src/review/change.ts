import { UNKNOWN } from "../invite/inputs";
import { type InviteInputs, type InviteState, stateOf } from "../invite/invite";
import { personOf } from "../invite/people";
import { explicitProviderOf, isInviteType, typeOf } from "../invite/urn";
import type { Preview, PreviewStep, ResourceState } from "./preview";

/** Who is meant, as far as the preview tells. */
interface Identity {
  /** A person in an organization. */
  key?: string;
  person?: string;
  /** The name of the explicit provider. Not its URN: the same organization has another one in each face. */
  provider?: string;
}

/** One step of a preview, with the person before and after it. */
export interface Change {
  op: string;
  was?: Identity & { state: InviteState; retained: boolean };
  now?: Identity & { inputs: InviteInputs };
  organization?: string;
  /** The properties that the engine found to differ, also where it does not show their values. */
  differing: readonly string[];
}

/** A change of somebody whom the state has and the program declares. */
export type Changed = Change & Required<Pick<Change, "was" | "now">>;

/** The engine's own, and the folders that people stand in. */
const NOT_COUNTED = /^(pulumi:pulumi:Stack$|pulumi:providers:|headshotpro:)/;
const CHANGES = ["create", "update", "replace", "delete"];

/** The changes of people in a preview, how many people it shows that the stack has, and how many other resources change. */
export function changesIn({ steps }: Preview): { people: Change[]; had: number; others: number } {
  const changed = steps.filter(({ op }) => CHANGES.includes(op));
  const recorded = steps.filter(({ urn, oldState }) => oldState && isInviteType(typeOf(urn)));
  return {
    people: changed.filter(({ urn }) => isInviteType(typeOf(urn))).map(changeOf),
    had: new Set(recorded.map((step) => changeOf(step).was?.key ?? step.urn)).size,
    others: changed.filter(({ urn }) => !isInviteType(typeOf(urn)) && !NOT_COUNTED.test(typeOf(urn))).length,
  };
}

function changeOf({ op, oldState, newState, diffReasons, replaceReasons }: PreviewStep): Change {
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
    differing: [...diffReasons, ...replaceReasons],
  };
}

/** A value as it may be shown; undefined in place of a secret, or of what is known only later. */
export function shown(value: unknown): string | undefined {
  return typeof value === "string" && value !== "[secret]" && value !== UNKNOWN ? value : undefined;
}

/** A value that may be missing: null if there is one that is not told. */
export function told(value: unknown): string | null | undefined {
  return value === undefined || value === null ? undefined : (shown(value) ?? null);
}

/** Without an address they are nobody that could be found again. */
function identityOf(state: ResourceState, email: unknown): Identity {
  const provider = explicitProviderOf(state.provider);
  const address = shown(email);
  if (address === undefined) return { provider };
  const person = personOf(address);
  return { person, provider, key: `${provider ?? ""} ${person}` };
}
