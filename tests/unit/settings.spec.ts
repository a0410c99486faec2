import assert from "node:assert/strict";
import { DEFAULT_BASE_URL } from "../../provider/src/client/endpoint";
import { providerKeyProblem, resolveSettings } from "../../provider/src/settings";
import { UserError } from "../../provider/src/user-error";
import { withProxyVariables } from "../support/proxy";

type Values = Record<string, string | undefined>;

const KEY = "hp_secret_key";
const resolve = (config: Values, env: Values = {}) => resolveSettings((key) => config[key], env);

const NO_KEY =
  "The HeadshotPro API key is missing. Set it with `pulumi config set --secret headshotpro:apiKey`, " +
  "or in the environment as HEADSHOTPRO_API_KEY.";
const EXPECTED = `expected something like ${DEFAULT_BASE_URL}.`;
const ODD = "is not an API key: it has a space, a line break or a non-ASCII character in it.";
const FLAG = "expected true or false.";
const SECONDS = "expected a number of seconds from 1 to 600.";
const WHOLE = "expected a whole number.";

/** With a good key, and one value wrong: the message names where it comes from. */
const wrongValues: [config: Values, env: Values, message: string][] = [
  [{ baseUrl: "hp" }, {}, `headshotpro:baseUrl cannot be used: it is not a URL; ${EXPECTED}`],
  [{ adopt: "yes" }, {}, `headshotpro:adopt is "yes": ${FLAG}`],
  [{}, { HEADSHOTPRO_TIMEOUT_SECONDS: "0" }, `HEADSHOTPRO_TIMEOUT_SECONDS is "0": ${SECONDS}`],
  [{ timeoutSeconds: "601" }, {}, `headshotpro:timeoutSeconds is "601": ${SECONDS}`],
  [
    { allowedDomains: "acme" },
    {},
    'headshotpro:allowedDomains has "acme" in it, which is not a domain: expected acme.com, or *.acme.com for those below.',
  ],
  [{}, { HEADSHOTPRO_MAX_INVITES: "-1" }, `HEADSHOTPRO_MAX_INVITES is "-1": ${WHOLE}`],
  [{ provider: "emea", adopt: "ja" }, {}, `adopt of provider "emea" is "ja": ${FLAG}`],
  [{ direct: "true", forceDestroy: "ja" }, {}, `--headshotpro:force-destroy is "ja": ${FLAG}`],
];

const wrongKeys: typeof wrongValues = [
  [
    { direct: "true", apiKeyEnv: "EMEA", apiKey: KEY },
    { EMEA: KEY },
    "Give one of --headshotpro:api-key and --headshotpro:api-key-env, not both.",
  ],
  [{}, {}, NO_KEY],
  [{ apiKey: "" }, { HEADSHOTPRO_API_KEY: " " }, NO_KEY],
  [{ apiKey: " " }, {}, "headshotpro:apiKey is not an API key: it is empty."],
  [{}, { HEADSHOTPRO_API_KEY: `Bearer ${KEY}` }, `HEADSHOTPRO_API_KEY ${ODD}`],
  [{ provider: "emea", apiKey: "a b" }, {}, `apiKey of provider "emea" ${ODD}`],
  [
    { provider: "emea", apiKeyEnv: "EMEA" },
    {},
    'The API key of provider "emea" is missing: its apiKeyEnv names EMEA, which is not set in the environment.',
  ],
];

describe("resolveSettings", () => {
  it("with nothing but a key: the defaults", () => {
    const none = { apiKeyEnv: undefined, adopt: undefined, allowedDomains: undefined, maxInvites: undefined };
    const flags = { forceDestroy: false, keepLink: false, isDirect: false };
    const defaults = { apiKey: KEY, baseUrl: DEFAULT_BASE_URL, timeoutMs: 30_000, ...none, ...flags };
    assert.deepEqual(resolve({ apiKey: ` ${KEY}\n` }), defaults);
  });

  const config = {
    ...{ apiKey: "config_key", baseUrl: "https://config.example/api", adopt: "true", forceDestroy: "TRUE" },
    ...{ keepLink: "1", timeoutSeconds: "1.5", allowedDomains: "acme.com", maxInvites: " 50 " },
  };
  const env = {
    ...{ HEADSHOTPRO_API_KEY: "env_key", HEADSHOTPRO_BASE_URL: "https://env.example/api/" },
    ...{ HEADSHOTPRO_ADOPT: "False", HEADSHOTPRO_FORCE_DESTROY: "0", HEADSHOTPRO_KEEP_LINK: "false" },
    ...{ HEADSHOTPRO_TIMEOUT_SECONDS: "600", HEADSHOTPRO_ALLOWED_DOMAINS: '["acme.eu"]' },
    HEADSHOTPRO_MAX_INVITES: "0",
  };
  const ours = { apiKeyEnv: undefined, isDirect: false };
  const fromConfig = {
    ...{ ...ours, apiKey: "config_key", baseUrl: config.baseUrl, adopt: true, forceDestroy: true },
    ...{ keepLink: true, timeoutMs: 1500, allowedDomains: ["acme.com"], maxInvites: 50 },
  };
  const fromEnv = {
    ...{ ...ours, apiKey: "env_key", baseUrl: "https://env.example/api", adopt: false, forceDestroy: false },
    ...{ keepLink: false, timeoutMs: 600_000, allowedDomains: ["acme.eu"], maxInvites: 0 },
  };

  it("a proxy that cannot be used is told without its password, and is not on the way to an emulator", () => {
    withProxyVariables({ HTTPS_PROXY: "socks5://me:s3cret@proxy.acme.com" }, () => {
      assert.throws(
        () => resolve(config),
        (error) => error instanceof UserError && !error.stack?.includes("s3cret"),
      );
      resolve({ ...config, baseUrl: "http://127.0.0.1:8787/api/v2" });
    });
  });

  it("takes the stack's configuration", () => assert.deepEqual(resolve(config), fromConfig));
  it("the environment comes before it", () => assert.deepEqual(resolve(config, env), fromEnv));
  it("an empty or blank variable counts as not set", () => {
    const blank = Object.fromEntries(Object.keys(env).map((name, at) => [name, " ".repeat(at)]));
    assert.deepEqual(resolve(config, blank), fromConfig);
  });

  it("an option of `pulumi do` comes before the environment, and may name any variable for the key", () => {
    const direct = { ...config, direct: "true" };
    assert.deepEqual(resolve(direct, env), { ...fromConfig, isDirect: true });
    const named = { ...direct, apiKey: undefined, apiKeyEnv: "HEADSHOTPRO_API_KEY" };
    assert.equal(resolve(named, env).apiKey, "env_key");
  });
  it("what it leaves out comes from the environment, but the key", () => {
    const settings = resolve({ provider: "emea", apiKey: "emea_key" }, env);
    assert.deepEqual(settings, { ...fromEnv, apiKey: "emea_key" });
  });
  it("its key comes from the variable that it names, whatever else is there", () => {
    const named = { ...config, provider: "emea", apiKeyEnv: "EMEA" };
    const { apiKey, apiKeyEnv } = resolve(named, { ...env, EMEA: " emea_key\n" });
    assert.deepEqual([apiKey, apiKeyEnv], ["emea_key", "EMEA"]);
  });
  it("never the general variable: not if its own key is missing", () => {
    for (const own of [{}, { apiKey: "" }, { apiKeyEnv: "EMEA" }])
      assert.throws(() => resolve({ provider: "emea", ...own }, env), /provider "emea"/);
  });
  it("never the general variable: not if it names it itself", () => {
    const own = { provider: "emea", apiKeyEnv: "headshotpro_api_key" };
    assert.throws(() => resolve(own, { ...env, headshotpro_api_key: "env_key" }), {
      message: /its apiKeyEnv names headshotpro_api_key, which is the default provider's\.$/,
    });
  });

  for (const [values, variables, message] of [
    ...wrongKeys,
    ...wrongValues.map(([values, ...rest]): (typeof wrongKeys)[0] => [{ apiKey: KEY, ...values }, ...rest]),
  ])
    it(`says what is wrong, never with the key in it: ${message}`, () =>
      assert.throws(
        () => resolve(values, variables),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.equal(error.message, message);
          assert.ok(!error.stack?.includes(KEY));
          return true;
        },
      ));
});

describe("envVarMappings of an explicit provider", () => {
  it("onto the general key is named, with apiKeyEnv, even beside a key; onto other variables it is right", () => {
    const problem = (mappings: Record<string, string>) =>
      providerKeyProblem("emea", { apiKeyEnv: "EMEA_KEY" }, mappings);
    assert.match(
      problem({ EMEA_KEY: "HEADSHOTPRO_API_KEY" }) ?? "",
      /^Provider "emea": envVarMappings leads EMEA_KEY to HEADSHOTPRO_API_KEY, .* apiKeyEnv: "EMEA_KEY"\.$/,
    );
    assert.equal(problem({ OTHER: "HEADSHOTPRO_BASE_URL" }), undefined);
  });
});
