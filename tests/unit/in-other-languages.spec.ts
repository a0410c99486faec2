import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { inOtherLanguages } from "../../provider/src/sdk/headshot-invite";

const type = "headshotpro:index:HeadshotInvite";

describe("the aliases of a person whose stack's program was in another language", () => {
  const cases: [name: string, own: pulumi.CustomResourceOptions["aliases"], aliases: pulumi.Alias[]][] = [
    ["without aliases of their own", undefined, [{ type }]],
    ["with a name", [{ name: "a" }], [{ type }, { name: "a", type }]],
    [
      "with a name outside of every component",
      [{ name: "a", parent: undefined }],
      [{ type }, { name: "a", parent: undefined, type }],
    ],
    ["with a URN, which says all", ["urn:pulumi:s::p::t::a"], [{ type }]],
    ["with a type of their own", [{ type: "other:index:Invite" }], [{ type }]],
    ["with one that is known later", [pulumi.output({ name: "a" })], [{ type }]],
  ];
  for (const [name, own, aliases] of cases) it(name, () => assert.deepEqual(inOtherLanguages(own), aliases));
});
