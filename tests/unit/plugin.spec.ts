import assert from "node:assert/strict";
import { CheckRequest, ConfigureRequest, DiffRequest, DiffResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { checkConfig, configurationReader, diffConfig } from "../../provider/src/plugin/configuration";
import { fromStruct, secretNamesIn, toStruct } from "../../provider/src/plugin/marshal";
import { toMemberAliases, USUAL_ALIASES } from "../../provider/src/plugin/registrations";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const KEY = "hp_secret_key";
const urn = (name: string) => `urn:pulumi:test::people::pulumi:providers:headshotpro::${name}`;

function check(name: string, news: Record<string, unknown>, env: Record<string, string> = {}) {
  return checkConfig(new CheckRequest().setUrn(urn(name)).setNews(toStruct(news)), env);
}

const problems = (...args: Parameters<typeof check>) =>
  check(...args)
    .getFailuresList()
    .map((failure) => {
      assert.equal(failure.getProperty(), "", "with a name, the engine would quote the value");
      return failure.getReason();
    });

describe("the configuration of the plugin's provider", () => {
  const GENERAL = { HEADSHOTPRO_API_KEY: KEY };
  const ONE_OF = /^Provider "emea": give exactly one of apiKey and/;
  const ours: [what: string, news: object, problem?: RegExp, env?: Record<string, string>][] = [
    ["its key", { apiKey: KEY }],
    ["no key", { adopt: true }, ONE_OF, GENERAL],
    ["the general key", { apiKeyEnv: "HEADSHOTPRO_API_KEY" }, /apiKeyEnv cannot be/, GENERAL],
    ["a misspelt setting", { apiKey: KEY, adpot: true }, /no property "adpot"; did you mean "adopt"/],
    ["a flag as text, as some languages send it", { apiKey: KEY, adopt: "true" }],
    ["a number out of range", { apiKey: KEY, timeoutSeconds: 0 }, /timeoutSeconds of provider "emea" is "0"/],
    ["a list as it is", { apiKey: KEY, allowedDomains: ["acme.com", "*.acme.eu"] }],
    ["a key that is known later", { apiKey: UNKNOWN, timeoutSeconds: 0 }],
    ["a setting that is known later, without a key", { baseUrl: UNKNOWN }, ONE_OF],
  ];
  for (const [what, news, problem, env] of ours)
    it(`one with ${what}: ${problem ? "one problem" : "right"}`, () => {
      const found = problems("emea", { ...news }, env);
      assert.equal(found.length, problem ? 1 : 0, found.join());
      if (problem) assert.match(found[0] ?? "", problem);
      assert.ok(!found.join().includes(KEY));
    });

  it("the default one without a key: one problem", () =>
    assert.match(`${problems("default_0_1_0", {})}`, /^The HeadshotPro API key is missing\./));

  it("keeps what it was given, with the key as a secret", () => {
    const given = { apiKey: KEY, adopt: "true", version: "0.1.0" };
    const { apiKey, ...others } = check("emea", given).getInputs()?.toJavaScript() ?? {};
    assert.deepEqual(others, { adopt: "true", version: "0.1.0" });
    assert.equal(
      (apiKey as Record<string, unknown>)["4dabf18193072939515e22adb298388d"],
      "1b47061264138c4ac30d75fd1eb44270",
    );
  });

  it("moves nobody by a change", () => {
    const diff = (olds: object, news: object) => {
      const request = new DiffRequest().setOldInputs(toStruct({ ...olds })).setNews(toStruct({ ...news }));
      const told = diffConfig(request);
      assert.deepEqual(told.getReplacesList(), []);
      return [told.getChanges(), ...told.getDiffsList()];
    };
    const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
    assert.deepEqual(diff({ apiKey: "a", adopt: "true" }, { apiKey: "a", adopt: true }), [DIFF_NONE]);
    assert.deepEqual(diff({ apiKey: "a" }, { apiKeyEnv: "EMEA" }), [DIFF_SOME, "apiKey", "apiKeyEnv"]);
  });

  it("is read by the names that the stack's has, and says which provider it is", () => {
    const args = toStruct({ apiKey: KEY, forceDestroy: true, timeoutSeconds: 20 });
    const read = configurationReader(new ConfigureRequest().setUrn(urn("emea")).setArgs(args));
    const keys = ["provider", "apiKey", "forceDestroy", "timeoutSeconds", "adopt"];
    assert.deepEqual(keys.map(read), ["emea", KEY, "true", "20", undefined]);
    const of = (name: string) => configurationReader(new ConfigureRequest().setUrn(urn(name)).setArgs(args));
    assert.deepEqual([of("default")("provider"), of("default")("direct")], [undefined, undefined]);
    assert.equal(of("")("direct"), "true", "that of `pulumi do` has no name");
  });
});

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const secret = (value: unknown) => ({ ...SECRET, value });
const struct = (value: object) => Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);

describe("the plugin's values", () => {
  it("are plain, and name what is secret, however deep the secret is", () => {
    const members = [{ resend: secret(1) }, "bob@acme.com"];
    const there = { email: "ada@acme.com", teamId: secret("t1"), members };
    const { plain, secrets } = fromStruct(struct(there));
    assert.deepEqual(plain, { ...there, teamId: "t1", members: [{ resend: 1 }, "bob@acme.com"] });
    assert.deepEqual(secrets, new Set(["teamId", "members"]));
    assert.deepEqual(fromStruct(undefined), { plain: {}, secrets: new Set() });
  });

  for (const mark of [UNKNOWN, "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"])
    it(`have one mark for what is not known: ${mark}`, () => {
      const late = { resend: mark, defaults: { adopt: secret(mark) }, members: [mark] };
      const { plain } = fromStruct(struct(late));
      assert.deepEqual(plain, { resend: UNKNOWN, defaults: { adopt: UNKNOWN }, members: [UNKNOWN] });
    });

  it("come back as they were", () => {
    const there = struct({ email: "ada@acme.com", teamId: secret("t1"), adopt: false, resend: 0 });
    const { plain, secrets } = fromStruct(there);
    assert.deepEqual(toStruct(plain, secrets).toJavaScript(), there.toJavaScript());
  });

  it("of a roster, name what is secret among its defaults and members", () => {
    const names = (given: object) => secretNamesIn(struct(given));
    assert.deepEqual(names({ defaults: { teamId: secret("t1"), adopt: true } }), new Set(["teamId"]));
    assert.deepEqual(names({ members: [{ teamId: "t1" }, { teamId: secret("t2") }] }), new Set(["teamId"]));
    assert.deepEqual(names({ defaults: secret({ adopt: true }) }), new Set(["defaults", "adopt"]));
  });
});

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
