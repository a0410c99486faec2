import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { GetSchemaRequest, type GetSchemaResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { testEngine } from "../support/engine";
import { call, startProvider } from "../support/engine-grpc";
import { organizationForEach } from "../support/organization";
import { TestStack } from "../support/stack";
import { PluginServer, pack } from "./tarball";
import { run as runIn } from "./tools";

const ROOT = resolve(__dirname, "../..");
const { version } = JSON.parse(readFileSync(join(ROOT, "provider/package.json"), "utf8"));
const run = promisify(execFile);

const PROGRAM = `resources:
  people: { type: "headshotpro:HeadshotRoster", properties: { file: people.csv } }
outputs:
  summary: \${people.summary}
`;

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
    server.asked.length = 0;
  });
  afterEach(() => emulator.close());
  after(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  it("can be made for every platform for which the CLI asks", async () => {
    const { PLATFORMS } = await import(join(ROOT, "tools/executable.mjs"));
    const all = ["darwin", "linux", "windows"].flatMap((os) =>
      ["amd64", "arm64"].map((arch) => `${os}-${arch}`),
    );
    assert.deepEqual(PLATFORMS, all);
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

  it("serves an empty project, whose home is empty: pulumi package add", async () => {
    const stack = await TestStack.create(emulator, { language: "yaml", program: PROGRAM });
    try {
      await rm(join(stack.project, "node_modules"));
      await writeFile(join(stack.project, "people.csv"), "E-mail\nada@acme.com\ngrace@acme.com\n");
      const got = await stack.run("package", "add", `headshotpro@${version}`, "--server", server.url);
      // The host of YAML that comes from Go modules does not write the package into Pulumi.yaml.
      assert.match(
        got.printed,
        got.code === 0 ? /headshotpro/ : /linking package: method Link not implemented/,
      );
      assert.deepEqual(
        server.asked.map((path) => path.replace(/-v.*/, "")),
        ["/pulumi-resource-headshotpro"],
      );
      const up = await stack.mustUp();
      assert.deepEqual([...up.emails].sort(), ["ada@acme.com", "grace@acme.com"]);
    } finally {
      await stack.remove();
    }
  });

  it("needs no Node: installed, answering, up, no-op and destroy of the YAML example with the CLI alone on PATH", async () => {
    const { pulumi } = await testEngine("yaml");
    const [programs, home] = [dirname(pulumi), await mkdtemp(join(tmpdir(), "headshotpro-home-"))];
    assert.ok(!existsSync(join(programs, "node")), "no Node on PATH");
    const project = join(home, "project");
    await cp(join(ROOT, "examples/yaml"), project, {
      recursive: true,
      filter: (file) => !/node_modules/.test(file),
    });
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
      const [plugin = ""] = (await readdir(join(home, "plugins"))).filter((name) => !name.endsWith(".lock"));
      const file = join(home, "plugins", plugin, "pulumi-resource-headshotpro");
      const { child, engine } = await startProvider([file], {});
      const reply = await call<GetSchemaResponse>((done) => engine.getSchema(new GetSchemaRequest(), done));
      assert.equal(JSON.parse(reply.getSchema()).version, version);
      engine.close();
      child.kill("SIGKILL");

      await type("stack init dev");
      await type("up --yes --skip-preview");
      assert.equal(emulator.outbox.length, 3);
      const before = emulator.requests.length;
      await type("up --yes --skip-preview --expect-no-changes");
      const later = emulator.requests.slice(before).map(({ verb }) => verb);
      assert.deepEqual(later, ["list"], "the example asks who is not in its file");
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

const SIX_LINES = `name: people
runtime: yaml
plugins: { providers: [{ name: headshotpro, path: node_modules/.bin }] }
resources:
  people: { type: "headshotpro:HeadshotRoster", properties: { file: people.csv } }
outputs: { summary: "\${people.summary}" }
`;

describe("an empty folder in which the package is installed", () => {
  const organization = organizationForEach({ language: "yaml", face: "dynamic" });
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "headshotpro-package-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("six lines of Pulumi.yaml and a spreadsheet invite a team, and a second up changes nothing", async () => {
    const { stack } = organization;
    const { file } = await pack(folder);
    await rm(join(stack.project, "node_modules"));
    await runIn("npm", ["install", "--no-audit", "--no-fund", file], { cwd: stack.project });
    await writeFile(join(stack.project, "Pulumi.yaml"), SIX_LINES);
    await writeFile(join(stack.project, "people.csv"), "E-mail\nada@acme.com\ngrace@acme.com\n");

    const up = await stack.mustUp();
    assert.deepEqual([...up.emails].sort(), ["ada@acme.com", "grace@acme.com"]);
    const again = await stack.up("--expect-no-changes");
    assert.deepEqual([again.code, again.requests], [0, []], again.printed);
    assert.match(again.printed, /4 unchanged/);
    assert.equal((await stack.destroy()).code, 0);
  });
});
