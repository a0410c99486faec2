import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { personOf } from "../invite/people";
import { INVITE_TYPE, nameOf } from "../invite/urn";

/** What a program may say of the resource that a person was before. */
type Former = string | Partial<Record<"name" | "type" | "parent" | "stack" | "project", string>>;

/** The same person in a stack whose program was TypeScript, whatever else they were called. */
const FROM_TYPESCRIPT = aliasOf({ type: INVITE_TYPE });

/** What a roster was called before. */
export function formerNames(aliases: readonly Alias[]): string[] {
  return aliases
    .map((alias) => alias.getSpec()?.getName() || nameOf(alias.getUrn()))
    .filter((name) => name !== "");
}

/** By canonical address, each as it is and as the dynamic face would have it. */
export function formerResources(aliases: Record<string, unknown> | null | undefined): Map<string, Alias[]> {
  return new Map(
    Object.entries(aliases ?? {}).map(([address, former]) => [
      personOf(address),
      [...aliasesOf(former as Former), FROM_TYPESCRIPT],
    ]),
  );
}

/** The aliases of somebody about whom the program says nothing. */
export const NO_FORMER: readonly Alias[] = [FROM_TYPESCRIPT];

/** A name alone is that of a resource that stood in no component. */
function aliasesOf(former: Former): Alias[] {
  if (typeof former !== "string") return withBothTypes(former);
  if (former.startsWith("urn:")) return [new Alias().setUrn(former)];
  return withBothTypes({ name: former, parent: "" });
}

function withBothTypes(former: Exclude<Former, string>): Alias[] {
  return former.type === undefined
    ? [aliasOf(former), aliasOf({ ...former, type: INVITE_TYPE })]
    : [aliasOf(former)];
}

/** @param former its `parent` is a URN; empty: it had none; left out: the same as now. */
function aliasOf({ name = "", type = "", stack = "", project = "", parent }: Exclude<Former, string>): Alias {
  const spec = new Alias.Spec().setName(name).setType(type).setStack(stack).setProject(project);
  if (parent === "") spec.setNoparent(true);
  else if (parent !== undefined) spec.setParenturn(parent);
  return new Alias().setSpec(spec);
}
