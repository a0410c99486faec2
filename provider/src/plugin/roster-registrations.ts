import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { PLUGIN_INVITE_TYPE } from "../invite/urn";
import { type Properties, toStruct } from "./marshal";

/** How the roster itself is registered: as the program declares it, without inputs. */
export function componentOf(request: ConstructRequest): RegisterResourceRequest {
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
  const [protect, retain] = [request.getProtect(), request.getRetainondelete()];
  if (protect !== undefined && request.hasProtect()) registration.setProtect(protect);
  if (retain !== undefined && request.hasRetainondelete()) registration.setRetainondelete(retain);
  for (const [pkg, provider] of request.getProvidersMap().entries())
    registration.getProvidersMap().set(pkg, provider);
  return registration;
}

interface Person {
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

/** How somebody in the roster is registered. */
export function personOf(
  roster: ConstructRequest,
  { component, email, inputs, secrets, reference, aliases }: Person,
): RegisterResourceRequest {
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
    .setDependenciesList(sourcesOf(roster));
}

/** What the arguments come from is there before the people are. */
function sourcesOf(roster: ConstructRequest): string[] {
  const all = [...roster.getInputdependenciesMap().entries()].flatMap(([, urns]) => urns.getUrnsList());
  return [...new Set(all)];
}
