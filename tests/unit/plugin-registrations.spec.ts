import assert from "node:assert/strict";
import { toMemberAliases, USUAL_ALIASES } from "../../provider/src/plugin/registrations";

const DYNAMIC = "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite";
const URN =
  "urn:pulumi:test::people::headshotpro:index:HeadshotRoster$headshotpro:index:HeadshotInvite::a/ada@acme.com";

/** An alias as far as it says something. */
function told(alias: (typeof USUAL_ALIASES)[number]): object {
  if (alias.getUrn()) return { urn: alias.getUrn() };
  const { name, type, stack, project, parenturn, noparent } = alias.getSpec()?.toObject() ?? {};
  const all = { name, type, stack, project, parenturn, noparent };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

describe("who somebody of a roster was before, as the engine is told", () => {
  const SAME = { type: DYNAMIC };
  const cases: [former: unknown, aliases: object[]][] = [
    ["ada", [{ name: "ada", noparent: true }, { name: "ada", type: DYNAMIC, noparent: true }, SAME]],
    [URN, [{ urn: URN }, SAME]],
    [
      { name: "ada", parent: "urn:x" },
      [{ name: "ada", parenturn: "urn:x" }, { name: "ada", type: DYNAMIC, parenturn: "urn:x" }, SAME],
    ],
    [{ type: "other:index:Invite" }, [{ type: "other:index:Invite" }, SAME]],
  ];
  for (const [former, aliases] of cases)
    it(JSON.stringify(former), () =>
      assert.deepEqual(toMemberAliases({ "Ada@acme.com": former }).get("ada@acme.com")?.map(told), aliases),
    );

  it("anybody else: the same in a TypeScript program", () => {
    assert.deepEqual(USUAL_ALIASES.map(told), [SAME]);
    assert.equal(toMemberAliases(undefined).size, 0);
  });
});
