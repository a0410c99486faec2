import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "headshotpro-emulator";
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

describe("the plugin's archives", () => {
  let folder: string;
  let server: PluginServer;
  let emulator: Emulator;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "headshotpro-archives-"));
    await run(process.execPath, [join(ROOT, "tools/package.mjs"), "--out", folder]);
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

  it("are there for each platform, of less than 500 KB, as their checksums say", async () => {
    const list = await readFile(join(folder, "SHA256SUMS"), "utf8");
    const lines = list.trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => line.split("  ")[1]),
      ["darwin", "linux", "windows"].flatMap((os) =>
        ["amd64", "arm64"].map((arch) => `pulumi-resource-headshotpro-v${version}-${os}-${arch}.tar.gz`),
      ),
    );
    for (const line of lines) {
      const [checksum, name = ""] = line.split("  ");
      const archive = await readFile(join(folder, name));
      assert.equal(createHash("sha256").update(archive).digest("hex"), checksum);
      assert.ok(archive.length < 500 * 1024, `${archive.length} bytes`);
    }
  });

  it("are the same whenever they are made", async () => {
    const again = await mkdtemp(join(tmpdir(), "headshotpro-archives-"));
    const { stdout } = await run(process.execPath, [join(ROOT, "tools/package.mjs"), "--out", again]);
    assert.equal(stdout, await readFile(join(folder, "SHA256SUMS"), "utf8"));
    await rm(again, { recursive: true });
  });

  for (const [how, ...command] of [
    ["plugin install", "plugin", "install", "resource", "headshotpro", version, "--server"],
    ["package add", "package", "add", `headshotpro@${version}`, "--server"],
  ])
    it(`serve an empty project, whose home is empty: pulumi ${how}`, async () => {
      const stack = await TestStack.create(emulator, { language: "yaml", program: PROGRAM });
      try {
        await rm(join(stack.project, "node_modules"));
        await writeFile(join(stack.project, "people.csv"), "E-mail\nada@acme.com\ngrace@acme.com\n");
        const got = await stack.run(...command, server.url);
        // The host of YAML that comes from Go modules does not write the package into Pulumi.yaml.
        assert.match(
          got.printed,
          got.code === 0 ? /headshotpro/ : /linking package: method Link not implemented/,
        );
        assert.deepEqual(
          server.asked.map((path) => path.replace(/-v.*/, "")),
          ["/pulumi-resource-headshotpro"],
        );
        const up = await stack.up();
        assert.equal(up.code, 0, up.printed);
        assert.deepEqual([...up.emails].sort(), ["ada@acme.com", "grace@acme.com"]);
        await stack.expectSettled();
        assert.equal(server.asked.length, 1);
        assert.equal((await stack.destroy()).code, 0);
      } finally {
        await stack.remove();
      }
    });

  describe("unpacked", () => {
    let plugin: string;
    before(async () => {
      const [archive = ""] = (await readdir(folder)).filter((name) => name.includes("linux-amd64"));
      await run("tar", ["xzf", join(folder, archive), "-C", folder]);
      plugin = join(folder, "pulumi-resource-headshotpro");
    });

    it("say that there is no Node, and which one they need", async () => {
      const path = join(folder, "path");
      await mkdir(path);
      await symlink("/bin/sh", join(path, "sh"));
      const failed = await run(plugin, ["127.0.0.1:1"], { env: { PATH: path } }).catch((error) => error);
      assert.equal(
        failed.stderr,
        "pulumi-resource-headshotpro needs Node 20.19 or later, and none is installed: https://nodejs.org\n",
      );
      assert.equal(failed.code, 127);
    });

    it("say which Node they need to one that is older", async () => {
      const older = `Object.defineProperty(process.versions, "node", { value: "18.20.4" });`;
      await writeFile(join(folder, "older.cjs"), older);
      const failed = await run(process.execPath, [
        "--require",
        join(folder, "older.cjs"),
        plugin,
        "127.0.0.1:1",
      ]).catch((error) => error);
      assert.equal(
        failed.stderr,
        "pulumi-resource-headshotpro needs Node 20.19 or later; this is Node 18.20.4.\n",
      );
      assert.equal(failed.code, 1);
    });

    it("name the licenses of what is in them", async () => {
      const text = await readFile(join(folder, "THIRD-PARTY-LICENSES"), "utf8");
      for (const name of ["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf", "node-fetch", "yaml", "zod"])
        assert.match(text, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
    });
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

    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual([...up.emails].sort(), ["ada@acme.com", "grace@acme.com"]);
    const again = await stack.up("--expect-no-changes");
    assert.deepEqual([again.code, again.requests], [0, []], again.printed);
    assert.match(again.printed, /4 unchanged/);
    assert.equal((await stack.destroy()).code, 0);
  });
});
