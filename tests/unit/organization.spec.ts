import assert from "node:assert/strict";
import { compareMarks, markOf, markText } from "../../provider/src/invite/organization";

const KEY = "hp_live_0123456789abcdef";

describe("markOf", () => {
  it("is the provider's name and a fingerprint, from which nobody gets the key", () => {
    const { provider, key } = markOf("emea", KEY);
    assert.equal(provider, "emea");
    assert.match(key, /^[0-9a-f]{12}$/);
    for (let at = 0; at + 4 <= KEY.length; at++) assert.ok(!key.includes(KEY.slice(at, at + 4)));
  });

  it("tells keys apart, and is the same for the same key in every run", () => {
    assert.deepEqual(markOf("a", KEY), markOf("a", KEY));
    assert.equal(markOf("a", KEY).key, markOf("b", KEY).key);
    assert.notEqual(markOf("a", KEY).key, markOf("a", `${KEY}0`).key);
  });

  it("stays as it is: every state holds it", () =>
    assert.equal(markText(markOf(undefined, "key")), ":ddd57fec"));
});

describe("compareMarks", () => {
  const table: [
    name: string,
    recorded: string | undefined,
    now: ReturnType<typeof markOf> | undefined,
    is: string,
  ][] = [
    ["the default provider, the same key", text(undefined, "k1"), markOf(undefined, "k1"), "same"],
    ["a provider, the same key", text("emea", "k1"), markOf("emea", "k1"), "same"],
    ["a state that does not say", undefined, markOf("emea", "k1"), "same"],
    ["no usable configuration", text("emea", "k1"), undefined, "same"],
    ["a renamed provider", text("emea", "k1"), markOf("europe", "k1"), "renamed"],
    ["from the default provider, the same key", text(undefined, "k1"), markOf("emea", "k1"), "renamed"],
    ["a rotated key, or another organization's", text("emea", "k1"), markOf("emea", "k2"), "rekeyed"],
    ["another provider with another key", text("emea", "k1"), markOf("apac", "k2"), "other"],
    ["to the default provider with another key", text("emea", "k1"), markOf(undefined, "k2"), "other"],
    ["from the default provider, another key", text(undefined, "k1"), markOf("emea", "k2"), "other"],
    ["twelve digits, as earlier versions recorded", ":ddd57fece25f", markOf(undefined, "key"), "same"],
    ["twelve digits, of which the last differs", "emea:ddd57fece250", markOf("apac", "key"), "other"],
    ["twelve digits, a renamed provider", "emea:ddd57fece25f", markOf("europe", "key"), "renamed"],
    ["too few digits to tell", "emea:ddd57fe", markOf("apac", "key"), "other"],
    ["no digit", "emea:", markOf("emea", "key"), "rekeyed"],
    ["a name with colons in it, the same", text("a::b:c", "k1"), markOf("a::b:c", "k1"), "same"],
    ["a name with colons in it, another", text("a::b:c", "k1"), markOf("a::b", "k2"), "other"],
  ];
  for (const [name, recorded, now, is] of table)
    it(`${name}: ${is}`, () => assert.equal(compareMarks(recorded, now), is));
});

function text(provider: string | undefined, key: string): string {
  return markText(markOf(provider, key));
}
