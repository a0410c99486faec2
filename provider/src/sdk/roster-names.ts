import * as pulumi from "@pulumi/pulumi";
import { nameOf } from "../invite/urn";
import { valueIfKnown } from "./pulumi-internals";

/** What a roster was called before, as the aliases in its options say. */
export async function formerRosterNames(
  aliases: pulumi.ComponentResourceOptions["aliases"],
): Promise<string[]> {
  const known = (aliases ?? []).map((alias) => valueIfKnown(pulumi.output(nameIn(alias))));
  return (await Promise.all(known)).filter((name) => name !== undefined);
}

function nameIn(alias: pulumi.Input<pulumi.URN | pulumi.Alias>): pulumi.Output<string | undefined> {
  return pulumi
    .output(alias as pulumi.Input<string | { name?: pulumi.Input<string> }>)
    .apply((known) => (typeof known === "string" ? nameOf(known) : known?.name));
}
