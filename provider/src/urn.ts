/** The type token that the engine stores with each person's invite, and that selects its provider: never change it. */
export const INVITE_TYPE = "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite";

/** The type of the same resource where the plugin serves it, for every language. */
export const PLUGIN_INVITE_TYPE = "headshotpro:index:HeadshotInvite";

/** The types of a team, as those of an invite: never change them. */
export const TEAM_TYPE = "pulumi-nodejs:dynamic/headshotpro:HeadshotTeam";
export const PLUGIN_TEAM_TYPE = "headshotpro:index:HeadshotTeam";

/** The type of a roster, in both faces. */
export const ROSTER_TYPE = "headshotpro:index:HeadshotRoster";

/**
 * The text that the engine stores with every invite of a TypeScript program and hands to a fresh process: a constant
 * that finds the installed version's code. The SDK's own way, serialising a closure, would store 2 KB of frozen code
 * instead (twice for each person), and break under bundlers.
 *
 * A stored contract: `pulumi-headshotpro/runtime` serves every text that a state may hold. It is as short as it can
 * be: the command line writes it twice for each person, and again with every checkpoint.
 */
export const PROVIDER_TEXT = "module.exports=require('pulumi-headshotpro/runtime')";

/** The same of a team: a stored contract, too. */
export const TEAM_PROVIDER_TEXT = `${PROVIDER_TEXT}.teams`;

/** Whether a resource is a team, whichever way its program reaches the provider. */
export function isTeamType(type: string): boolean {
  return type === TEAM_TYPE || type === PLUGIN_TEAM_TYPE;
}

/** Whether a resource is somebody's invite, whichever way its program reaches the provider. */
export function isInviteType(type: string): boolean {
  return type === INVITE_TYPE || type === PLUGIN_INVITE_TYPE;
}

/** The type of a resource without those of its parents: `urn:pulumi:stack::project::parent$type::name`. */
export function typeOf(urn: string): string {
  return typesOf(urn).at(-1) ?? "";
}

/** The types of a resource's parents, outermost first, and its own. */
export function typesOf(urn: string): string[] {
  return urn.split("::")[2]?.split("$") ?? [];
}

/** The name of a resource, which may hold `::` itself. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** A provider reference is its URN and an id, which a preview may not know yet: `urn:…::name::id`. */
export function providerUrnOf(reference = ""): string {
  return reference.split("::").slice(0, -1).join("::");
}

/** The name of the explicit provider that a reference means; undefined for the default one. */
export function explicitProviderOf(reference: string | undefined): string | undefined {
  return explicitProviderNamed(nameOf(providerUrnOf(reference)));
}

/**
 * A provider's name if the program gave it; undefined for one that the engine has made. It calls that `default`, or
 * `default_3_248_0` if a version is asked for, with `_http_/host` at its end if an address to get it from is.
 */
export function explicitProviderNamed(name: string): string | undefined {
  return name === "" || /^default(_\d+_\d+_\d+\w*)?(_[a-z]+_\/.*)?$/.test(name) ? undefined : name;
}
