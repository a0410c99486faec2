import { isDeepStrictEqual } from "node:util";
import { PROVIDER_TEXT } from "../../provider/src/resources/provider-text";
import type { ProviderRun } from "./provider-run";

export type Properties = Record<string, unknown>;

/** A resource in the state. `doomed`: replaced, and still to be deleted. `halfReplaced`: deleted, to be created. */
export interface Resource {
  slot: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
  doomed?: true;
  halfReplaced?: true;
}

export interface Operation {
  op: "same" | "create" | "update" | "replace" | "delete" | "read";
  slot: string;
  /** Whom it is about: of a replacement, who comes. */
  id: string;
  old?: Resource;
  inputs?: Properties;
  oldFirst?: boolean;
}

/** How a command ends before its time: after so many verbs, whose last result is written or lost. */
export interface Stop {
  verbs: number;
  written: boolean;
}

export interface Report {
  planned: Operation[];
  errors: unknown[];
  killed: boolean;
}

/** `check` and `diff`, and what follows from them. @param old who stands in that slot in the state */
export async function planOf(
  provider: ProviderRun,
  slot: string,
  declared: Properties,
  old: Resource | undefined,
): Promise<Operation> {
  const news = { ...declared, __provider: PROVIDER_TEXT };
  const inputs = await checked(provider, old?.inputs ?? {}, news);
  if (!old) return { op: "create", slot, id: String(inputs.email), inputs };
  const diff = await provider.verbs.diff(old.id, sent(old.outputs), sent(inputs));
  const changes = diff.changes ?? !isDeepStrictEqual(inputs, old.inputs);
  if (!changes && !old.halfReplaced) return { op: "same", slot, id: old.id, old, inputs };
  if (!old.halfReplaced && !diff.replaces?.length) return { op: "update", slot, id: old.id, old, inputs };
  const fresh = await checked(provider, {}, news);
  const oldFirst = diff.deleteBeforeReplace === true;
  return { op: "replace", slot, id: String(fresh.email), old, inputs: fresh, oldFirst };
}

async function checked(provider: ProviderRun, olds: Properties, news: Properties): Promise<Properties> {
  const { inputs, failures } = await provider.verbs.check(sent(olds), sent(news));
  if (failures[0]) throw new Error(`check failed: ${failures[0].reason}`);
  return stored({ ...inputs, __provider: PROVIDER_TEXT });
}

/** Over gRPC, as the SDK does: a property that is undefined makes it throw. */
export function stored(outs: Properties): Properties {
  for (const [name, value] of Object.entries(outs))
    if (!["string", "number", "boolean"].includes(typeof value))
      throw new TypeError(`Unexpected struct type: ${name} is ${value}`);
  return { ...outs };
}

/** A copy: nothing is shared with the other side. */
export function sent(properties: Properties): Properties {
  return { ...properties };
}
