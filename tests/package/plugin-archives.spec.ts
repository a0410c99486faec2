import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { testEngine } from "../support/engine";
import { PluginServer } from "./tarball";

const ROOT = resolve(__dirname, "../..");
const { version } = JSON.parse(readFileSync(join(ROOT, "provider/package.json"), "utf8"));
const run = promisify(execFile);

describe("the plugin's archives, of which this platform's is made", () => {
  let folder: string;
  let platform: string;
  let server: PluginServer;
  let emulator: Emulator;
  const makeInto = (out: string) =>
    run(process.execPath, [join(ROOT, "tools/package.mjs"), "--platform", platform, "--out", out]);

  before(async () => {
    ({ HOST: platform } = await import(join(ROOT, "tools/executable.mjs")));
    folder = await mkdtemp(join(tmpdir(), "headshotpro-archives-"));
    await makeInto(folder);
    server = await PluginServer.open(folder);
  });
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());
  after(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  it("has its name and checksum, and is the same whenever it is made", async () => {
    const list = await readFile(join(folder, "SHA256SUMS"), "utf8");
    const [checksum, name = ""] = list.trimEnd().split("  ");
    assert.equal(name, `pulumi-resource-headshotpro-v${version}-${platform}.tar.gz`);
    const archive = await readFile(join(folder, name));
    assert.equal(createHash("sha256").update(archive).digest("hex"), checksum);
    const again = await mkdtemp(join(tmpdir(), "headshotpro-archives-"));
    assert.equal((await makeInto(again)).stdout, list);
    await rm(again, { recursive: true });
  });

  it("needs no Node: the YAML example is created, settled and destroyed with the CLI alone on PATH", async () => {
    const { pulumi } = await testEngine("yaml");
    const [programs, home] = [dirname(pulumi), await mkdtemp(join(tmpdir(), "headshotpro-home-"))];
    assert.ok(!existsSync(join(programs, "node")), "no Node on PATH");
    const project = join(home, "project");
    const filter = (file: string) => !/node_modules/.test(file);
    await cp(join(ROOT, "examples/yaml"), project, { recursive: true, filter });
    const main = await readFile(join(project, "Pulumi.yaml"), "utf8");
    await writeFile(join(project, "Pulumi.yaml"), main.replace(/^plugins: .*\n/m, ""));
    // Nothing else is in the environment, as after `env -i`.
    const env = {
      PATH: programs,
      HOME: home,
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: `file://${home}`,
      PULUMI_CONFIG_PASSPHRASE: "for tests",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      HEADSHOTPRO_BASE_URL: emulator.url,
      HEADSHOTPRO_API_KEY: emulator.apiKey,
    };
    const type = (line: string) => run(pulumi, line.split(" "), { cwd: project, env });
    try {
      await type(`plugin install resource headshotpro ${version} --server ${server.url}`);
      await type("stack init dev");
      await type("up --yes --skip-preview");
      assert.equal(emulator.outbox.length, 3);
      await type("up --yes --skip-preview --expect-no-changes");
      await type("destroy --yes --skip-preview");
      assert.deepEqual(new Set(emulator.invites().map(({ status }) => status)), new Set(["revoked"]));
    } finally {
      await rm(home, { recursive: true });
    }
  });

  it("names the licenses of what is in it", async () => {
    const [archive = ""] = (await readdir(folder)).filter((name) => name.endsWith(".tar.gz"));
    const { stdout: text } = await run("tar", ["xzOf", join(folder, archive), "THIRD-PARTY-LICENSES"], {
      maxBuffer: 8 << 20,
    });
    for (const name of ["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf", "node-fetch", "yaml", "zod"])
      assert.match(text, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
    assert.match(text, /^Node\.js \d+\.\d+\.\d+$/m);
  });
});

describe("the plugin's script, as npm brings it", () => {
  it("says which Node it needs to one that is older", async () => {
    const folder = await mkdtemp(join(tmpdir(), "headshotpro-script-"));
    try {
      const { bundle, COMMAND } = await import(join(ROOT, "tools/bundle.mjs"));
      const [script, older] = [join(folder, "script.js"), join(folder, "older.cjs")];
      await bundle(COMMAND, script);
      await writeFile(older, `Object.defineProperty(process.versions, "node", { value: "18.20.4" });`);
      const args = ["--require", older, script, "127.0.0.1:1"];
      const failed = await run(process.execPath, args).catch((error) => error);
      assert.equal(
        failed.stderr,
        "pulumi-resource-headshotpro needs Node 20.19 or later; this is Node 18.20.4.\n",
      );
      assert.equal(failed.code, 1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
