import assert from "node:assert/strict";
import { explicitProviderNamed, isInviteType } from "../../provider/src/urn";

describe("which provider a name means", () => {
  const DEFAULTS =
    "default default_3_248_0 default_0_1_0_alpha_1 default_0_1_0_http_/127.0.0.1_8080 " +
    "default_https_/example.com/plugins default_github_/api.github.com/owner";
  for (const name of ["", ...DEFAULTS.split(" ")])
    it(`the default one: ${JSON.stringify(name)}`, () =>
      assert.equal(explicitProviderNamed(name), undefined));

  // The engine takes whatever begins with "default" for a default provider; here that would be another organization.
  for (const name of ["emea", "defaults", "default_emea", "default-emea", "defaultEmea", "my_default"])
    it(`one of the program's: ${name}`, () => assert.equal(explicitProviderNamed(name), name));
});

describe("isInviteType", () => {
  for (const [type, expected] of [
    ["pulumi-nodejs:dynamic/headshotpro:HeadshotInvite", true],
    ["headshotpro:index:HeadshotInvite", true],
    ["pulumi:providers:headshotpro", false],
  ] as const)
    it(`${type}: ${expected}`, () => assert.equal(isInviteType(type), expected));
});
