import { strict as assert } from "node:assert";
import { type ApiAnswer, checkAnswer, checkProxy } from "../../provider/src/cli/doctor/api-checks";
import { type Check, redact } from "../../provider/src/cli/doctor/checks";
import {
  type Copy,
  checkPackages,
  checkPlugin,
  checkPulumi,
  checkTypeScript,
  parseAbout,
} from "../../provider/src/cli/doctor/machine";
import {
  checkSettings,
  companyHosts,
  type StackConfig,
  toAddress,
} from "../../provider/src/cli/doctor/settings";
import type { FailureReason } from "../../provider/src/client/errors";
import { ApiError } from "../../provider/src/client/errors";

type Case<T> = [what: string, given: T, ...lines: string[]];

function table<T>(about: string, find: (given: T) => Check[], cases: Case<T>[]): void {
  describe(`doctor: ${about}`, () => {
    for (const [what, given, ...lines] of cases)
      it(what, () => {
        const findings = find(given);
        const told = findings.map(({ level, what, value }) => `${level} ${what}: ${value}`);
        assert.deepEqual(told, lines);
        for (const { level, todo } of findings) assert.equal(todo === undefined, level === "well");
      });
  });
}

const cli = { cliAbout: { version: "3.257.0" } };
const WELL_CLI = "well Pulumi CLI: 3.257.0";
const failing = (error: string) => ({ ...cli, runtime: null, errors: [error] });
const noHost = "Failed: no language plugin 'pulumi-language-python' found in the workspace or on your $PATH";
const clone = "Failed: parsing plugin options for 'headshotpro': no folder at path '/home/ada/.bin'";
const noProject = "Failed: no Pulumi.yaml project file found (searching upwards from /home/ada)";

table("the CLI", (json: unknown) => checkPulumi(json === "missing" ? json : parseAbout(json), [3, 254]), [
  ["none on PATH", "missing", "wrong Pulumi CLI: not found on PATH"],
  [
    "a project in TypeScript",
    { ...cli, runtime: { language: "nodejs", version: "v20.19.0", executable: "/home/ada/node" } },
    WELL_CLI,
    "well language host: nodejs, v20.19.0",
  ],
  [
    "too old to import, and a language without a version",
    { cliAbout: { version: "3.99.0" }, runtime: { language: "yaml" }, errors: null },
    "notable Pulumi CLI: 3.99.0",
    "well language host: yaml",
  ],
  ["no host", failing(noHost), WELL_CLI, "wrong language host: python: not found"],
  ["no answer that is known", { version: "3" }, "wrong Pulumi CLI: does not answer"],
  ["a project that cannot be read", failing("other"), WELL_CLI, "wrong language host: not known"],
  ["no project", failing(noProject), WELL_CLI, "notable project: none in this folder"],
  [
    "no packages",
    failing(clone),
    WELL_CLI,
    "wrong plugin: /home/ada/.bin is missing, where Pulumi.yaml says that it is",
  ],
]);

const OURS = "well pulumi-headshotpro: 0.2.0";
const NAMED = "well plugin: named in Pulumi.yaml";
const UNNAMED = "notable plugin: Pulumi.yaml does not say where it is";

table("the plugin's name", ([language, file]: [string, string]) => checkPlugin(language, file), [
  ["a program of Node's needs none", ["nodejs", "name: people\n"]],
  ["named", ["yaml", "plugins: { providers: [{ name: headshotpro, path: bin }] }"], NAMED],
  ["a package", ["go", "packages: { headshotpro: 0.1.0 }"], NAMED],
  ["only its resources", ["yaml", 'resources: { ada: { type: "headshotpro:HeadshotInvite" } }'], UNNAMED],
]);

table("TypeScript", checkTypeScript, [
  ["none", undefined],
  ["as the SDK takes it", "6.0.2"],
  ["too new for the SDK", "7.0.1", "wrong typescript: 7.0.1"],
]);

const MISSING = "wrong pulumi-headshotpro: not found from the project's folder";
const at = (version: string, folder: string): Copy => ({ version, folder: `/home/ada/acme/${folder}` });
const packages = (ours: Copy[], sdk: Copy[], isMissing = false, runsNode = false) =>
  checkPackages({ "pulumi-headshotpro": ours, "@pulumi/pulumi": sdk }, "0.2.0", "^3.216.0", {
    runsNode,
    isMissing,
  });

table("packages", (given: [Copy[], Copy[], boolean?, boolean?]) => packages(...given), [
  ["no SDK", [[at("0.2.0", "x")], [], false, true], OURS, "wrong @pulumi/pulumi: not installed"],
  ["none for the engine", [[], [], true], MISSING],
  ["one of a shared package", [[at("0.1.0", "x")], [], true], `${MISSING} (0.1.0 in another package)`],
  ["an SDK that is too old", [[], [at("3.99.0", "x")]], OURS, "wrong @pulumi/pulumi: 3.99.0"],
  ["one of each", [[at("0.2.0", "x")], [at("3.248.0", "y")]], OURS, "well @pulumi/pulumi: 3.248.0"],
  ["another one", [[at("0.1.0", "x")], []], "notable pulumi-headshotpro: 0.2.0, and 0.1.0 in the program"],
  [
    "two copies, without the folders above them and without private scopes",
    [
      [at("0.2.0", "node_modules/a"), at("0.1.0", "node_modules/@acme/b/node_modules/a")],
      [at("3.250.0", "node_modules/.pnpm/@acme+b@1/node_modules/@pulumi/pulumi"), at("3.249.0", "src/sdk")],
    ],
    "notable pulumi-headshotpro: 2 copies in one program: 0.1.0 (node_modules/@…/b/node_modules/a), 0.2.0 (node_modules/a)",
    "notable @pulumi/pulumi: 2 copies in one program: 3.249.0 (a linked folder), 3.250.0 (node_modules/.pnpm/@…+b@1/node_modules/@pulumi/pulumi)",
  ],
]);

type Settings = [stack: StackConfig | undefined, env: Record<string, string>, keyVariable?: string];
const plain = (text: string) => ({ text, isSecret: false });
const DEFAULT = "well baseUrl: HeadshotPro's, the default";

const BASE = "https://hp.acme.com/api";
const FROM_STACK = "well apiKey: set, from headshotpro:apiKey";
const NOT_ENCRYPTED = "notable stack: headshotpro:apiKey is not encrypted";
const NOT_DECRYPTED = "notable stack: headshotpro:apiKey cannot be decrypted here";

table("settings", (given: Settings) => checkSettings(...given), [
  [
    "the environment wins",
    [{ apiKey: { isSecret: true, text: "hp_1" }, adopt: plain("false") }, { HEADSHOTPRO_ADOPT: "true" }],
    "well apiKey: a secret, from headshotpro:apiKey",
    DEFAULT,
    "well adopt: true, from HEADSHOTPRO_ADOPT, which wins over headshotpro:adopt",
  ],
  ["no stack that can be read", [undefined, {}], "notable stack: its configuration was not read", DEFAULT],
  ["another key", [{}, { EMEA: "hp_2" }, "EMEA"], "well apiKey: set, from EMEA", DEFAULT],
  ["a misspelt", [{ apikey: plain("x") }, {}], "notable stack: headshotpro:apikey is no setting", DEFAULT],
  ["what the engine reads", [{ pluginDownloadURL: plain("x") }, {}], DEFAULT],
  ["a key in plain text", [{ apiKey: plain("hp_3") }, {}], NOT_ENCRYPTED, FROM_STACK, DEFAULT],
  ["a secret that is none here", [{ apiKey: { isSecret: true } }, {}], NOT_DECRYPTED, DEFAULT],
  [
    "what tells whose it is, is not shown",
    [{}, { HEADSHOTPRO_BASE_URL: BASE, HEADSHOTPRO_ALLOWED_DOMAINS: "acme.com,acme.eu" }],
    "well baseUrl: https://[host]/api, from HEADSHOTPRO_BASE_URL",
    "well allowedDomains: 2 domains, from HEADSHOTPRO_ALLOWED_DOMAINS",
  ],
]);

const proxy = { url: "http://proxy.acme.com", variable: "https_proxy", authorization: "Basic x" };
const AUTHORIZED = "well proxy: the one of https_proxy, with a user name";
const ENGINES_PROXY = "notable proxy: Pulumi's SDK asks the one of https_proxy for its own engine, too";

table("the proxy", (env: Record<string, string>) => checkProxy(proxy, env, true), [
  ["lower case", { https_proxy: "x" }, AUTHORIZED, ENGINES_PROXY],
  ["not for the engine", { https_proxy: "x", no_proxy: "a.org,127.0.0.1" }, AUTHORIZED],
]);

const NOW = Date.parse("2026-03-01T10:00:00Z");
const info = {
  ...{ sentAt: NOW, answeredAt: NOW + 200, date: NOW },
  ...{ remaining: 299, resetAt: NOW + 30_000, refused: false },
};
const ok: ApiAnswer = { info, unreadable: 0, credits: 12 };
const CLOCK = "well clock: as HeadshotPro's, within a minute";
const LIMIT = "well rate limit: 299 requests left in the next 30 s";
const KEY = "well API key: accepted";
const CREDITS = "well credits: 12";
const failed = (reason: FailureReason, status?: number, code?: string) =>
  new ApiError({ reason, method: "GET", path: "/x", status, code, text: "Acme" });

table("the API's answer", checkAnswer, [
  ["all is well", ok, KEY, CLOCK, LIMIT, CREDITS],
  [
    "credits that this key may not see, in the API's code but not its words",
    { ...ok, credits: failed("forbidden", 403, "FORBIDDEN") },
    ...[KEY, CLOCK, LIMIT, "well credits: this key may not see them (403 FORBIDDEN)"],
  ],
]);

describe("doctor: what can be pasted", () => {
  const personal = { home: "/srv/ada", apiKey: "hp_key", hosts: ["hp.acme.com"] };
  for (const [value, told] of [
    ["/srv/ada/app and /home/bob/app and C:\\Users\\zoe\\app", "~/app and ~/app and ~\\app"],
    ["ask (ada@acme.com) at hp.acme.com with hp_key", "ask ([e-mail]) at [host] with [API key]"],
    ["@pulumi/pulumi of node_modules/.pnpm/x@1.0.0/x", "@pulumi/pulumi of node_modules/.pnpm/x@1.0.0/x"],
  ] as const)
    it(value, () => {
      const finding = redact({ level: "wrong", what: "x", value, todo: value }, personal);
      assert.deepEqual([finding.value, finding.todo], [told, told]);
    });

  it("an address shows the vendor's host and this machine's, and no other", () => {
    const shown = ["https://server.headshotpro.com/api/v1", "http://127.0.0.1:8787/api/v2"];
    const hidden = ["https://ada:pw@hp.acme.com:1/api", "hp acme"];
    assert.deepEqual([...shown, ...hidden].map(toAddress), [...shown, "https://[host]/api", "not a URL"]);
  });

  it("the hosts of a company are those of its API and its proxies", () => {
    const env = { HTTPS_PROXY: "proxy.acme.com:3128", HEADSHOTPRO_BASE_URL: "http://localhost/api" };
    assert.deepEqual(companyHosts(env, "https://hp.acme.com/api"), ["hp.acme.com", "proxy.acme.com"]);
  });
});
