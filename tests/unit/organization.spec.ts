import assert from "node:assert/strict";
import {
  type Comparison,
  compareOrganizations,
  formatOrganization,
  isInOrganization,
  isSameKey,
  needsUid,
  type Organization,
  parseOrganization,
  reachedOrganization,
  recordedUid,
  renewedOrganization,
  toOrganization,
  toUidFingerprint,
  unreachableText,
} from "../../provider/src/invite/organization";

const KEY = "hp_live_0123456789abcdef";

describe("toOrganization", () => {
  it("is the provider's name and a fingerprint, from which nobody gets the key", () => {
    const { provider, key } = toOrganization("emea", KEY);
    assert.equal(provider, "emea");
    assert.match(key, /^[0-9a-f]{12}$/);
    for (let at = 0; at + 4 <= KEY.length; at++) assert.ok(!key.includes(KEY.slice(at, at + 4)));
  });

  it("stays as it is: every state holds it", () =>
    assert.equal(formatOrganization(toOrganization(undefined, "key")), ":ddd57fec"));
});

describe("toUidFingerprint", () => {
  it("stays as it is: every state holds it", () => assert.equal(toUidFingerprint("org_1"), "a4f8e6f5"));
});

describe("an organization as the state holds it", () => {
  const written: [provider: string, key: string, uid: string | undefined, text: string][] = [
    ["", "0123456789ab", undefined, ":01234567"],
    ["emea", "0123456789ab", "fedcba98", "emea:01234567.fedcba98"],
  ];
  for (const [provider, key, uid, text] of written)
    it(`is written: ${text}`, () => assert.equal(formatOrganization({ provider, key, uid }), text));

  const read: [name: string, text: string, provider: string, key: string, uid?: string][] = [
    ["eight digits and a uid", "emea:01234567.fedcba98", "emea", "01234567", "fedcba98"],
    ["twelve digits, as earlier versions wrote", "emea:0123456789ab", "emea", "0123456789ab"],
    ["a name with colons", "a::b:c:01234567.fedcba98", "a::b:c", "01234567", "fedcba98"],
  ];
  for (const [name, text, provider, key, uid] of read)
    it(`is read: ${name}`, () => assert.deepEqual(parseOrganization(text), { provider, key, uid }));
});

const [KEY_1, KEY_2] = ["111111111111", "222222222222"];
const [UID_1, UID_2] = ["aaaaaaaa", "bbbbbbbb"];
const emea = (key: string, uid?: string): Organization => ({ provider: "emea", key, uid });

describe("compareOrganizations", () => {
  type Uid = string | undefined;
  /** For the same provider, and for another one; recorded with the first key. */
  type Row = [name: string, recorded: Uid, nowKey: string, now: Uid, same: Comparison, other: Comparison];
  const table: Row[] = [
    ["the same key, today's uid known", undefined, KEY_1, UID_1, "same", "renamed"],
    ["another key with the same uid", UID_1, KEY_2, UID_1, "same", "renamed"],
    ["another key with another uid", UID_1, KEY_2, UID_2, "unreachable", "other"],
    ["another key, today's uid not known", UID_1, KEY_2, undefined, "rekeyed", "other"],
    ["another key, the recorded uid not known", undefined, KEY_2, UID_1, "rekeyed", "other"],
  ];
  for (const [name, uid, key, nowUid, same, other] of table) {
    const recorded = formatOrganization(emea(KEY_1, uid));
    it(`${name}, the same provider: ${same}`, () =>
      assert.equal(compareOrganizations(recorded, emea(key, nowUid)), same));
    for (const provider of ["apac", ""])
      it(`${name}, ${provider ? "another" : "now the default"} provider: ${other}`, () =>
        assert.equal(compareOrganizations(recorded, { ...emea(key, nowUid), provider }), other));
  }

  type Now = Organization | undefined;
  const states: [name: string, recorded: string | undefined, now: Now, is: Comparison][] = [
    ["a state that does not say", undefined, emea(KEY_1), "same"],
    ["no usable configuration", "emea:11111111", undefined, "same"],
    ["from the default provider, another key", ":11111111", emea(KEY_2), "other"],
    ["twelve digits, of which the last differs", "emea:111111111110", emea(KEY_1), "rekeyed"],
  ];
  for (const [name, recorded, now, is] of states)
    it(`${name}: ${is}`, () => assert.equal(compareOrganizations(recorded, now), is));
});

describe("needsUid", () => {
  it("is so under another key, if the state has a uid and this run has asked for none", () => {
    const state = "emea:11111111.aaaaaaaa";
    const asked = [emea(KEY_2), emea(KEY_2, UID_1), emea(KEY_1)].map((now) => needsUid(state, now));
    const others = ["emea:11111111", undefined].map((recorded) => needsUid(recorded, emea(KEY_2)));
    assert.deepEqual([...asked, ...others], [true, false, false, false, false]);
  });
});

describe("recordedUid", () => {
  it("is the state's, under the same key", () => {
    const uid = (recorded?: string) => recordedUid(recorded, emea(KEY_1));
    assert.deepEqual(
      [uid("emea:11111111.aaaaaaaa"), uid("emea:22222222.b"), uid()],
      [UID_1, undefined, undefined],
    );
    const reached = (recorded?: string) => reachedOrganization(recorded, emea(KEY_2, UID_2)).uid;
    assert.deepEqual(
      [reached("emea:11111111.aaaaaaaa"), reached("emea:11111111"), reached()],
      [UID_1, UID_2, UID_2],
    );
    for (const [provider, is] of [
      ["emea", true],
      ["apac", true],
      ["us", false],
    ] as const)
      assert.equal(isInOrganization("emea:11111111", { provider, key: is ? KEY_1 : KEY_2 }), is);
  });
});

describe("renewedOrganization", () => {
  const WHOLE = "emea:11111111.aaaaaaaa";
  const OLD = "emea:111111111111";
  const table: [name: string, recorded: string | undefined, now: Organization, renewed: string][] = [
    ["a state that does not say", undefined, emea(KEY_1, UID_1), WHOLE],
    ["twelve digits that say the same, so that a refresh has no news", OLD, emea(KEY_1), OLD],
    ["a uid that is news", "emea:11111111", emea(KEY_1, UID_1), WHOLE],
    ["a rotated key", WHOLE, emea(KEY_2, UID_1), "emea:22222222.aaaaaaaa"],
    ["a renamed provider", "apac:11111111", emea(KEY_1), "emea:11111111"],
  ];
  for (const [name, recorded, now, renewed] of table)
    it(`${name}: ${renewed}`, () => assert.equal(renewedOrganization(recorded, now), renewed));
});

describe("isSameKey", () => {
  const table: [one: string, other: string, is: boolean][] = [
    [KEY_1, KEY_1, true],
    ["11111111", KEY_1, true],
    [KEY_1, "11111111", true],
    [KEY_1, KEY_2, false],
    [KEY_1, "111111111110", false],
    ["1111111", "1111111", false],
  ];
  for (const [one, other, is] of table)
    it(`"${one}" and "${other}": ${is}`, () => assert.equal(isSameKey({ key: one }, { key: other }), is));
});

describe("unreachableText", () => {
  it("says what it means, and the ways out", () => {
    const text = (provider: string) => unreachableText({ provider, key: KEY_1 });
    assert.match(
      text(""),
      /^The default .* nobody could be revoked there\. Give .* key back, .* leave .* as they are, take them out .*\.$/,
    );
    assert.match(text("emea"), /^Provider "emea" has the API key of another organization /);
  });
});
