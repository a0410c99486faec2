import * as pulumi from "@pulumi/pulumi";
import { PLUGIN_INVITE_TYPE } from "../invite/urn";

/**
 * The aliases of a person by whom a stack stays whole whose program was in another language: there the same resource
 * has the plugin's type, under this name and under the names that it had before.
 *
 * @param own those that the program gives.
 * @example
 * inOtherLanguages([{ name: "a" }]); // [{ type: "headshotpro:…" }, { name: "a", type: "headshotpro:…" }]
 */
export function inOtherLanguages(own: pulumi.CustomResourceOptions["aliases"]): pulumi.Alias[] {
  const aliases = Array.isArray(own) ? own : [];
  const named = aliases.filter((alias): alias is pulumi.Alias => isAlias(alias) && alias.type === undefined);
  return [{}, ...named].map((alias) => ({ ...alias, type: PLUGIN_INVITE_TYPE }));
}

function isAlias(alias: pulumi.Input<pulumi.URN | pulumi.Alias>): alias is pulumi.Alias {
  return typeof alias === "object" && !(alias instanceof Promise) && !pulumi.Output.isInstance(alias);
}
