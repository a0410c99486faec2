import { isDeepStrictEqual } from "node:util";
import { PROVIDER_TEXT } from "../../../provider/src/urn";
import { UserError } from "../../../provider/src/user-error";
import { type Account, placeOf } from "./organizations";
import type { ProviderProcess } from "./processes";

export type Properties = Record<string, unknown>;

/**
 * A resource in the state. `doomed`: replaced, and still to be deleted. `halfReplaced`: deleted, to be created.
 * `unready`: an update was carried out in part.
 */
export interface Resource {
  slot: string;
  id: string;
  /** The provider's name, and where it leads. */
  provider: string;
  org: number;
  inputs: Properties;
  outputs: Properties;
  retainOnDelete?: boolean;
  doomed?: true;
  halfReplaced?: true;
  unready?: true;
  taint?: true;
}

/** What a stack's state has. */
export interface State {
  resources: Resource[];
  providers: Record<string, Account>;
}

/** A resource as the program registers it. */
export interface Goal {
  inputs: Properties;
  provider: string;
  org: number;
  retainOnDelete?: boolean;
  deleteBeforeReplace?: boolean;
}

export interface Program {
  goals: ReadonlyMap<string, Goal>;
  providers: Readonly<Record<string, Account>>;
}

export interface Operation {
  op: "same" | "create" | "update" | "replace" | "delete" | "read";
  slot: string;
  /** Whom it is about: of a replacement, who comes, and where. */
  place: string;
  old?: Resource;
  /** Where the old one is. */
  oldPlace?: string;
  goal?: Goal;
  inputs?: Properties;
  oldFirst?: boolean;
  /** The user asked for the replacement. */
  asked?: boolean;
}

export const placeOfResource = ({ org, id }: Resource) => placeOf(org, id);

export const leaving = (op: "delete" | "read", old: Resource): Operation => ({
  op,
  slot: old.slot,
  old,
  place: placeOfResource(old),
  oldPlace: placeOfResource(old),
});

/**
 * `check` and `diff`, and what follows from them.
 *
 * @param old what stands in that slot in the state
 * @param asked whether the command was told to replace it
 */
export async function planOf(
  process: ProviderProcess,
  slot: string,
  goal: Goal,
  old: Resource | undefined,
  asked: boolean,
): Promise<Operation> {
  const news = { ...goal.inputs, __provider: PROVIDER_TEXT };
  const inputs = await checked(process, old && !asked ? old.inputs : {}, news);
  const operation = (op: Operation["op"], more: Partial<Operation> = {}): Operation => ({
    ...{ op, slot, goal, inputs, asked, ...more },
    ...(old && { old, oldPlace: placeOfResource(old) }),
    place: placeOf(goal.org, String((more.inputs ?? inputs).email)),
  });
  if (!old) return operation("create");
  const replaced = { changes: true, replaces: ["id"], deleteBeforeReplace: false };
  const diff = asked ? replaced : await diffed(process, old, inputs);
  if (!diff.changes && !old.halfReplaced) return operation(old.unready ? "update" : "same");
  if (!old.halfReplaced && !diff.replaces?.length) return operation("update");
  const fresh = asked ? inputs : await checked(process, {}, news);
  const oldFirst = goal.deleteBeforeReplace ?? diff.deleteBeforeReplace === true;
  return operation("replace", { inputs: fresh, oldFirst });
}

async function diffed(process: ProviderProcess, old: Resource, inputs: Properties) {
  const call = process.operations.diff(old.id, sent(old.outputs), sent(inputs) as never);
  const diff = await Promise.race([call, process.death]);
  return { ...diff, changes: diff.changes ?? !isDeepStrictEqual(inputs, old.inputs) };
}

async function checked(process: ProviderProcess, olds: Properties, news: Properties) {
  const call = process.operations.check(sent(olds), sent(news));
  const { inputs, failures } = await Promise.race([call, process.death]);
  if (failures[0]) throw new UserError(failures[0].reason);
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
