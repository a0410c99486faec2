import assert from "node:assert/strict";
import { CheckRequest, ConfigureRequest, DiffRequest, DiffResponse } from "@pulumi/pulumi/proto/provider_pb";
import { checkConfig, configurationReader, diffConfig } from "../../provider/src/plugin/configuration";
import { toStruct } from "../../provider/src/plugin/marshal";

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
  const cases: [what: string, name: string, news: object, env: Record<string, string>, problem?: RegExp][] = [
    ["the default one with the general key", "default", {}, GENERAL],
    ["the default one with a stack's own settings in its namespace", "default", { emeaKey: "x" }, GENERAL],
    ["the default one without a key", "default_0_1_0", {}, {}, /^The HeadshotPro API key is missing\./],
    ["one with its key", "emea", { apiKey: KEY }, {}],
    [
      "one with its key, and what the engine adds",
      "emea",
      { apiKey: KEY, version: "0.1.0", pluginDownloadURL: "x" },
      {},
    ],
    [
      "one without a key",
      "emea",
      { adopt: true },
      GENERAL,
      /^Provider "emea": give exactly one of apiKey and/,
    ],
    ["one with two", "emea", { apiKey: KEY, apiKeyEnv: "EMEA" }, {}, /^Provider "emea": give exactly one of/],
    [
      "one with the general key",
      "emea",
      { apiKeyEnv: "HEADSHOTPRO_API_KEY" },
      GENERAL,
      /apiKeyEnv cannot be/,
    ],
    ["one whose variable is not set", "emea", { apiKeyEnv: "EMEA" }, {}, /names EMEA, which is not set/],
    [
      "one with a misspelt setting",
      "emea",
      { apiKey: KEY, adpot: true },
      {},
      /no property "adpot"; did you mean "adopt"/,
    ],
    ["a flag as text, as some languages send it", "emea", { apiKey: KEY, adopt: "true" }, {}],
    ["a flag and a number as they are", "emea", { apiKey: KEY, adopt: true, timeoutSeconds: 20 }, {}],
    [
      "a number out of range",
      "emea",
      { apiKey: KEY, timeoutSeconds: 0 },
      {},
      /timeoutSeconds of provider "emea" is "0"/,
    ],
    ["a list as it is", "emea", { apiKey: KEY, allowedDomains: ["acme.com", "*.acme.eu"] }, {}],
    ["a list as text", "emea", { apiKey: KEY, allowedDomains: '["acme.com"]' }, {}],
    [
      "a list with something else in it",
      "emea",
      { apiKey: KEY, allowedDomains: ["acme"] },
      {},
      /allowedDomains of provider "emea" has "acme" in it/,
    ],
    ["a list of which a part is known later", "emea", { apiKey: KEY, allowedDomains: ["acme", UNKNOWN] }, {}],
    ["a key that is known later", "emea", { apiKey: UNKNOWN, timeoutSeconds: 0 }, {}],
    ["a setting that is known later, without a key", "emea", { baseUrl: UNKNOWN }, {}, /give exactly one of/],
  ];
  for (const [what, name, news, env, problem] of cases)
    it(`${what}: ${problem ? "one problem" : "right"}`, () => {
      const found = problems(name, { ...news }, env);
      assert.equal(found.length, problem ? 1 : 0, found.join());
      if (problem) assert.match(found[0] ?? "", problem);
      assert.ok(!found.join().includes(KEY));
    });

  it("keeps what it was given, with the key as a secret", () => {
    const given = { apiKey: KEY, adopt: "true", version: "0.1.0" };
    const { apiKey, ...others } = check("emea", given).getInputs()?.toJavaScript() ?? {};
    assert.deepEqual(others, { adopt: "true", version: "0.1.0" });
    assert.equal(
      (apiKey as Record<string, unknown>)["4dabf18193072939515e22adb298388d"],
      "1b47061264138c4ac30d75fd1eb44270",
    );
  });

  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  const differences: [olds: object, news: object, changes: number, names: string[]][] = [
    [{ apiKey: "a" }, { apiKey: "a" }, DIFF_NONE, []],
    [{ apiKey: "a", adopt: "true" }, { apiKey: "a", adopt: true }, DIFF_NONE, []],
    [{ apiKey: "a" }, { apiKey: "b" }, DIFF_SOME, ["apiKey"]],
    [{ apiKey: "a", baseUrl: "x" }, { apiKeyEnv: "EMEA" }, DIFF_SOME, ["apiKey", "baseUrl", "apiKeyEnv"]],
  ];
  for (const [olds, news, changes, names] of differences)
    it(`moves nobody by a change of ${names.join(", ") || "nothing"}`, () => {
      const request = new DiffRequest().setOldInputs(toStruct({ ...olds })).setNews(toStruct({ ...news }));
      const told = diffConfig(request);
      assert.deepEqual(
        [told.getChanges(), told.getDiffsList(), told.getReplacesList()],
        [changes, names, []],
      );
    });

  it("is read by the names that the stack's has, and says which provider it is", () => {
    const args = toStruct({ apiKey: KEY, forceDestroy: true, timeoutSeconds: 20 });
    const read = configurationReader(new ConfigureRequest().setUrn(urn("emea")).setArgs(args));
    const keys = ["provider", "apiKey", "forceDestroy", "timeoutSeconds", "adopt"];
    assert.deepEqual(keys.map(read), ["emea", KEY, "true", "20", undefined]);
    assert.equal(
      configurationReader(new ConfigureRequest().setUrn(urn("default")).setArgs(args))("provider"),
      undefined,
    );
  });
});
