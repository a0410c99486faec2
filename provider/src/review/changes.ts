import { isOver } from "../invite/guard";
import { type InviteInputs, type InviteState, stateOf } from "../invite/invite";
import { personOf } from "../invite/people";
import { explicitProviderOf, isInviteType, typeOf } from "../invite/urn";
import { type Preview, type PreviewStep, type ResourceState, visible } from "./preview-json";

/** Who is meant, as far as the preview shows it. */
interface Identity {
  /** A person in an organization; undefined if the address is secret or known only later. */
  key?: string;
  person?: string;
  /** The name of the explicit provider. Its URN would differ between the dynamic provider and the plugin. */
  provider?: string;
}

/** One step of a preview that is about a person, with the person before and after it. */
export interface Change {
  op: string;
  was?: Identity & { state: InviteState; retained: boolean };
  now?: Identity & { inputs: InviteInputs };
  organization?: string;
  /** The properties that differ according to the engine, which compares secret values as well. */
  differing: readonly string[];
}

/** A change of somebody who is in the state and declared by the program. */
export type Changed = Change & Required<Pick<Change, "was" | "now">>;

/** The changes of people in a preview, with what the other changes say about a person. */
export interface Changes {
  all: Change[];
  /** Keys of everybody whom a step declares. */
  declared: ReadonlySet<string>;
  /** The last state of everybody whom a step takes out of it, by key. */
  removed: ReadonlyMap<string, InviteState>;
  /** How many people the stack has, as far as the preview shows them. */
  had: number;
  /** How many resources change that are not people. */
  others: number;
}

/** The engine's own resources, and those that people are below. */
const NOT_COUNTED = /^(pulumi:pulumi:Stack$|pulumi:providers:|headshotpro:)/;
const CHANGES = ["create", "update", "replace", "delete"];

/** Reads the changes of people out of a preview. */
export function changesIn({ steps }: Preview): Changes {
  const changed = steps.filter(({ op }) => CHANGES.includes(op));
  const all = changed.filter(({ urn }) => isInviteType(typeOf(urn))).map(toChange);
  const recorded = steps.filter(({ urn, oldState }) => oldState && isInviteType(typeOf(urn)));
  const left = all.flatMap(({ was }) => (was?.key === undefined ? [] : [[was.key, was.state] as const]));
  return {
    all,
    declared: new Set(all.flatMap(({ now }) => now?.key ?? [])),
    removed: new Map(left),
    had: new Set(recorded.map((step) => toChange(step).was?.key ?? step.urn)).size,
    others: changed.filter(({ urn }) => !isInviteType(typeOf(urn)) && !NOT_COUNTED.test(typeOf(urn))).length,
  };
}

/** Whether somebody has an invite that another resource leaves to them, so that none is sent. */
export function isTakenOver({ removed }: Changes, key: string | undefined): boolean {
  const state = removed.get(key ?? "");
  return state !== undefined && !isOver(state.status);
}

function toChange({ op, oldState, newState, diffReasons, replaceReasons }: PreviewStep): Change {
  const inputs = newState?.inputs as unknown as InviteInputs | undefined;
  return {
    op,
    was: oldState && {
      ...identify(oldState, oldState.outputs?.email ?? oldState.id),
      state: stateOf({ email: oldState.id ?? "", ...oldState.outputs }),
      retained: oldState.retainOnDelete ?? false,
    },
    now: newState && inputs && { ...identify(newState, inputs.email), inputs },
    organization: explicitProviderOf((newState ?? oldState)?.provider),
    differing: [...diffReasons, ...replaceReasons],
  };
}

function identify(state: ResourceState, email: unknown): Identity {
  const provider = explicitProviderOf(state.provider);
  const address = visible(email);
  if (address === undefined) return { provider };
  const person = personOf(address);
  return { person, provider, key: `${provider ?? ""} ${person}` };
}
