import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { personOf } from "../invite/email";
import { INVITE_TYPE, nameOf, PLUGIN_INVITE_TYPE } from "../urn";
import { type Properties, toStruct } from "./marshal";

/** How the roster itself is registered: as the program declares it, without inputs. */
export function toRosterRegistration(request: ConstructRequest): RegisterResourceRequest {
  const registration = new RegisterResourceRequest()
    .setType(request.getType())
    .setName(request.getName())
    .setParent(request.getParent())
    .setObject(toStruct({}))
    .setAcceptsecrets(true)
    .setAliasesList(request.getAliasesList())
    .setAliasspecs(true)
    .setDependenciesList(request.getDependenciesList())
    .setDeletedwith(request.getDeletedwith())
    .setReplaceWithList(request.getReplaceWithList());
  if (request.hasProtect()) registration.setProtect(request.getProtect() ?? false);
  if (request.hasRetainondelete()) registration.setRetainondelete(request.getRetainondelete() ?? false);
  for (const [pkg, provider] of request.getProvidersMap().entries())
    registration.getProvidersMap().set(pkg, provider);
  return registration;
}

interface Member {
  /** The roster's URN. */
  component: string;
  email: string;
  inputs: Properties;
  /** The names of those inputs that are secret. */
  secrets: ReadonlySet<string>;
  /** What everybody in the roster names the provider by: `urn::id`. */
  reference: string;
  aliases: readonly Alias[];
}

export function toMemberRegistration(
  roster: ConstructRequest,
  { component, email, inputs, secrets, reference, aliases }: Member,
): RegisterResourceRequest {
  // What the arguments come from is there before the people are.
  const dependencies = [...roster.getInputdependenciesMap().entries()].flatMap(([, urns]) =>
    urns.getUrnsList(),
  );
  return new RegisterResourceRequest()
    .setType(PLUGIN_INVITE_TYPE)
    .setName(`${roster.getName()}/${email}`)
    .setParent(component)
    .setCustom(true)
    .setObject(toStruct(inputs, secrets))
    .setProvider(reference)
    .setAcceptsecrets(true)
    .setSupportsresultreporting(true)
    .setAliasesList([...aliases])
    .setAliasspecs(true)
    .setDependenciesList([...new Set(dependencies)]);
}

/** What a program may say of the resource that a person was before. */
type Former = string | Partial<Record<"name" | "type" | "parent" | "stack" | "project", string>>;

/** The same person in a stack whose program was TypeScript, whatever else they were called. */
const FROM_TYPESCRIPT = toAlias({ type: INVITE_TYPE });

export function formerRosterNames(aliases: readonly Alias[]): string[] {
  return aliases
    .map((alias) => alias.getSpec()?.getName() || nameOf(alias.getUrn()))
    .filter((name) => name !== "");
}

/**
 * What the people of a roster were before, as the program says.
 *
 * @returns by canonical address, each as it is and as the dynamic provider would have it.
 */
export function toMemberAliases(aliases: Record<string, unknown> | null | undefined): Map<string, Alias[]> {
  return new Map(
    Object.entries(aliases ?? {}).map(([address, former]) => [
      personOf(address),
      [...toAliases(former as Former), FROM_TYPESCRIPT],
    ]),
  );
}

/** The aliases of a person about whom the program says nothing. */
export const USUAL_ALIASES: readonly Alias[] = [FROM_TYPESCRIPT];

function toAliases(former: Former): Alias[] {
  if (typeof former === "string" && former.startsWith("urn:")) return [new Alias().setUrn(former)];
  // A name alone is that of a resource that stood in no component.
  const spec = typeof former === "string" ? { name: former, parent: "" } : former;
  const inTypeScript = spec.type === undefined ? [toAlias({ ...spec, type: INVITE_TYPE })] : [];
  return [toAlias(spec), ...inTypeScript];
}

/** @param former its `parent` is a URN; empty: it had none; left out: the same as now. */
function toAlias({ name = "", type = "", stack = "", project = "", parent }: Exclude<Former, string>): Alias {
  const spec = new Alias.Spec().setName(name).setType(type).setStack(stack).setProject(project);
  if (parent === "") spec.setNoparent(true);
  else if (parent !== undefined) spec.setParenturn(parent);
  return new Alias().setSpec(spec);
}
