import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "pulumi-headshotpro/package.json";
import { emulatorForAll, run, start } from "../support/command";

const COMMANDS = ["status", "export", "import", "validate", "review", "doctor", "emulator"];

describe("cli: command", () => {
  const api = emulatorForAll();
  afterEach(() => api.emulator.clearFaults());

  it("tells its version, its commands, its exit codes and whose proxies it uses", async () => {
    assert.equal((await run(["--version"])).stdout, `${version}\n`);
    const { code, stdout } = await run(["--help"]);
    assert.equal(code, 0);
    for (const command of COMMANDS) assert.match(stdout, new RegExp(`^  ${command} `, "m"));
    assert.match(stdout, /^Exit codes:\n {2}0 /m);
    assert.match(stdout, /\bHTTPS_PROXY, ALL_PROXY and NO_PROXY\b/);
  });

  it("validate starts at once: it loads no package that a table does not need", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "headshotpro-loaded-"));
    try {
      writeFileSync(join(cwd, "people.csv"), "email\nada@acme.com\n");
      const hook = join(cwd, "hook.cjs");
      writeFileSync(hook, "process.on('exit', () => console.error(Object.keys(require.cache).join('\\n')));");
      const env = { NODE_OPTIONS: `--require ${hook}` };
      const { code, stderr } = await run(["validate", "people.csv"], { cwd, env });
      assert.equal(code, 0, stderr);
      const packages = stderr.match(/(?<=node_modules[\\/])(@[^\\/]+[\\/])?[^\\/]+/g) ?? [];
      const needed = ["commander", "csv-parse", "fastest-levenshtein", "picocolors"];
      assert.deepEqual([...new Set(packages)].sort(), needed);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  for (const [args, said] of [
    [["status", "--tean", "t"], "error: unknown option '--tean'\n(Did you mean --team?)\n"],
    [
      ["export", "--format", "xml"],
      "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are csv, yaml.\n",
    ],
  ] as const) {
    it(`wrong usage ends with 2: ${args.join(" ")}`, async () => {
      const { code, stdout, stderr } = await run([...args]);
      assert.deepEqual({ code, stdout, stderr }, { code: 2, stdout: "", stderr: said });
    });
  }

  for (const [situation, env, said] of [
    [
      "no key",
      { HEADSHOTPRO_API_KEY: undefined },
      /^error: the API key is missing: set HEADSHOTPRO_API_KEY in the environment\.\n$/,
    ],
    [
      "a wrong key",
      { HEADSHOTPRO_API_KEY: "wrong" },
      /^error: The people .* could not be listed: HeadshotPro does not accept the API key in HEADSHOTPRO_API_KEY \(401.*: .*\)\. Set a valid one there\.\n$/,
    ],
  ] as const) {
    it(`${situation}: one line, and 3`, async () => {
      const { code, stdout, stderr } = await run(["status"], { env: { ...api.env, ...env } });
      assert.deepEqual([code, stdout], [3, ""]);
      assert.match(stderr, said);
      assert.equal(stderr.split("\n").length, 2);
      assert.doesNotMatch(stderr, /wrong\b/);
    });
  }

  it("another organization's key comes from a variable of its own, which messages name", async () => {
    const env = { ...api.env, HEADSHOTPRO_API_KEY: "another organization's", EMEA_KEY: api.emulator.apiKey };
    assert.equal((await run(["status", "--api-key-env", "EMEA_KEY"], { env })).code, 0);
    const missing = await run(["status", "--api-key-env", "APAC_KEY"], { env });
    assert.match(missing.stderr, /set APAC_KEY in the environment/);
    const bad = await run(["status", "--api-key-env", "BAD"], { env: { ...env, BAD: "a b" } });
    assert.match(bad.stderr, /^error: BAD is not an API key/);
  });

  it("Ctrl-C ends it at once, in silence", async () => {
    api.emulator.fault({ on: "any", kind: "hang" });
    const asked = api.emulator.requests.length;
    const { child, ended } = start(["status"], api);
    while (api.emulator.requests.length === asked) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    const { code, signal, stdout, stderr } = await ended;
    assert.deepEqual(
      { code, signal, stdout, stderr },
      { code: null, signal: "SIGINT", stdout: "", stderr: "" },
    );
  });
});

describe("cli: emulator", () => {
  it("runs HeadshotPro's API here, with the emulator's own options, until Ctrl-C", async () => {
    const { child, ended } = start(["emulator", "--port", "0", "--api-key", "k", "--credits", "3"]);
    let printed = "";
    while (!/API_KEY=k\n\n/.test(printed)) printed += (await once(child.stdout ?? assert.fail(), "data"))[0];
    const env = { HEADSHOTPRO_BASE_URL: /BASE_URL=(\S+)/.exec(printed)?.[1], HEADSHOTPRO_API_KEY: "k" };
    const asked = await run(["status"], { env });
    assert.deepEqual([asked.code, asked.stderr], [0, "0 people\n"]);
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /GET \/api\/v2\/organization\/invites 200\n$/);
  });
});
