import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { ensureEngine } from "../../engine/src";
import { officialDownload } from "../../engine/src/official-download";
import { engineRecipe } from "../../engine/src/recipes/engine";
import { archiveOf, checksumsOf } from "../../engine/src/release";
import { fakeGo, fakePlugins, Machine, script } from "./fakes";
import { type Loopback, serve } from "./loopback";

describe("engine setup: the official download", () => {
  let machine: Machine;
  let host: Loopback;
  let version: string;
  let archive: string;
  /** What the host has: a release as Pulumi publishes it, until a test changes something. */
  let files: Map<string, string | Buffer>;

  beforeEach(async () => {
    machine = new Machine();
    version = (await engineRecipe()).version;
    archive = archiveOf(version, process.platform, process.arch).name;
    const made = machine.file("made/pulumi");
    script(made, "pulumi", `echo "$*" >> ${machine.quoted("ran")}; echo v${version}`);
    fakePlugins(made);
    execFileSync("tar", ["-czf", "made.tar.gz", "-C", "made", "pulumi"], { cwd: machine.root });
    const bytes = readFileSync(machine.file("made.tar.gz"));
    const digest = createHash("sha256").update(bytes).digest("hex");
    const checksums = `${"0".repeat(64)}  pulumi-v${version}-plan9-x64.tar.gz\n${digest}  ${archive}\n`;
    files = new Map<string, string | Buffer>([
      [checksumsOf(version), checksums],
      [archive, bytes],
    ]);
    host = await serve((request, response) => {
      const file = files.get(request.url?.slice(1) ?? "");
      response.writeHead(file === undefined ? 404 : 200).end(file);
    });
  });
  afterEach(async () => {
    await host.close();
    machine.dispose();
  });

  const options = (): NonNullable<Parameters<typeof ensureEngine>[0]> =>
    machine.options({
      download: ({ env, ...wanted }) =>
        // `tar` is this machine's own.
        officialDownload({ ...wanted, env: { ...env, PATH: process.env.PATH } }, host.url),
    });

  it("is unpacked and run if its SHA-256 is the published one", async () => {
    const engine = await ensureEngine(options());
    assert.equal(engine.source, "download");
    assert.equal(machine.read("ran"), "version\n");
    assert.deepEqual(host.asked, [`/${checksumsOf(version)}`, `/${archive}`]);
    assert.deepEqual(machine.cached, [(await engineRecipe()).key], "the archive itself is not kept");
  });

  const exchange = (): void => {
    const bytes = Buffer.from(files.get(archive) ?? "");
    bytes.writeUInt8(bytes.readUInt8(9) ^ 1, 9); // a byte that tar does not mind
    files.set(archive, bytes);
  };
  const refusals: [what: string, arrange: () => void, reason: RegExp, asked: number][] = [
    [
      "is not what was published",
      exchange,
      /its SHA-256 is [0-9a-f]{64}, the published one [0-9a-f]{64};.*nothing of it/,
      2,
    ],
    [
      "has no published checksum",
      () => files.set(checksumsOf(version), `${"0".repeat(64)}  other.tar.gz\n`),
      /the published checksums have none for pulumi-v\S+$/,
      1,
    ],
    [
      "is published without any checksums",
      () => files.delete(checksumsOf(version)),
      /^127\.0\.0\.1 answers 404 for pulumi-\S+-checksums\.txt$/,
      1,
    ],
    ["is not there", () => files.delete(archive), /^127\.0\.0\.1 answers 404 for pulumi-v\S+$/, 2],
  ];
  for (const [what, arrange, reason, asked] of refusals) {
    it(`an archive that ${what} is neither unpacked nor run`, async () => {
      arrange();
      for (const directory of ["bin-of-it", "scratch"]) mkdirSync(machine.file(directory));
      const wanted = { version, bin: machine.file("bin-of-it"), scratch: machine.file("scratch") };
      await assert.rejects(officialDownload({ ...wanted, env: process.env }, host.url), { message: reason });
      assert.deepEqual(readdirSync(wanted.bin), []);
      assert.equal(existsSync(machine.file("ran")), false);
      assert.equal(host.asked.length, asked);
    });
  }

  it("an exchanged archive is told of, and the build is tried, which has checked-in sums", async () => {
    exchange();
    await fakeGo(machine);
    const engine = await ensureEngine(options());
    assert.equal(engine.source, "build");
    assert.match(machine.progress, /^No engine from download: pulumi-v\S+ is not what was published: .*$/m);
    assert.equal(existsSync(machine.file("ran")), false);
  });

  it("an archive that tar does not know is told of in a line", async () => {
    const text = "no archive";
    files.set(archive, text);
    const digest = createHash("sha256").update(text).digest("hex");
    files.set(checksumsOf(version), `${digest} *${archive}\n`);
    await assert.rejects(ensureEngine(options()), /^ {2}download +pulumi-v\S+ cannot be unpacked: tar: .+$/m);
    assert.deepEqual(machine.cached, []);
  });
});
