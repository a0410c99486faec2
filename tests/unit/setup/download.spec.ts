import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { ensureEngine } from "../../../engine/src";
import { archiveFor, checksumsName, downloadCli } from "../../../engine/src/download";
import { engineRecipe } from "../../../engine/src/recipe";
import { get } from "../../../engine/src/web";
import { type Loopback, proxy, serve } from "./loopback";
import { fakeGo, fakePlugins, Machine, script } from "./machine";

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
    archive = archiveFor(version, process.platform, process.arch).name;
    const made = machine.file("made/pulumi");
    script(made, "pulumi", `echo "$*" >> ${machine.quoted("ran")}; echo v${version}`);
    fakePlugins(made);
    execFileSync("tar", ["-czf", "made.tar.gz", "-C", "made", "pulumi"], { cwd: machine.root });
    const bytes = readFileSync(machine.file("made.tar.gz"));
    const digest = createHash("sha256").update(bytes).digest("hex");
    const checksums = `${"0".repeat(64)}  pulumi-v${version}-plan9-x64.tar.gz\n${digest}  ${archive}\n`;
    files = new Map<string, string | Buffer>([
      [checksumsName(version), checksums],
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
        downloadCli({ ...wanted, env: { ...env, PATH: process.env.PATH } }, host.url),
    });

  it("is unpacked and run if its SHA-256 is the published one", async () => {
    const engine = await ensureEngine(options());
    assert.equal(engine.source, "download");
    assert.equal(machine.read("ran"), "version\n");
    assert.deepEqual(host.asked, [`/${checksumsName(version)}`, `/${archive}`]);
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
      () => files.set(checksumsName(version), `${"0".repeat(64)}  other.tar.gz\n`),
      /the published checksums have none for pulumi-v\S+$/,
      1,
    ],
    [
      "is published without any checksums",
      () => files.delete(checksumsName(version)),
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
      await assert.rejects(downloadCli({ ...wanted, env: process.env }, host.url), { message: reason });
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
    const bytes = "no archive";
    files.set(archive, bytes);
    const digest = createHash("sha256").update(bytes).digest("hex");
    files.set(checksumsName(version), `${digest} *${archive}\n`);
    await assert.rejects(ensureEngine(options()), /^ {2}download +pulumi-v\S+ cannot be unpacked: tar: .+$/m);
    assert.deepEqual(machine.cached, []);
  });
});

const BOUNDS = { ms: 60_000, bytes: 100 };

describe("engine setup: the network", () => {
  let host: Loopback;
  let others: Loopback[];
  beforeEach(async () => {
    others = [];
    host = await serve((request, response) => {
      switch (request.url) {
        case "/moved":
          return response.writeHead(302, { location: "/file" }).end();
        case "/round":
          return response.writeHead(302, { location: "/round" }).end();
        case "/insecure":
          return response.writeHead(302, { location: "ftp://elsewhere.example/file" }).end();
        case "/large":
          return response.end("x".repeat(101));
        case "/half":
          return response.writeHead(200, { "content-length": 10 }).write("half", () => response.destroy());
        case "/silent":
          return;
        default:
          return response.end("the file");
      }
    });
  });
  afterEach(() => Promise.all([host, ...others].map((server) => server.close())));

  const read = (path: string, env: NodeJS.ProcessEnv = {}, ms = BOUNDS.ms): Promise<string> =>
    get(new URL(path, host.url), env, { ...BOUNDS, ms }, text);

  const through = async (credentials = "", refusal?: string): Promise<Loopback & { address: string }> => {
    const server = await proxy(refusal);
    others.push(server);
    return { ...server, address: server.url.replace("//", `//${credentials}`) };
  };

  it("follows a redirect", async () => {
    assert.equal(await read("/moved"), "the file");
  });

  const failures: [path: string, reason: RegExp][] = [
    ["/insecure", /^127\.0\.0\.1 redirects to ftp:\/\/elsewhere\.example, which is not followed$/],
    ["/round", /^127\.0\.0\.1 redirects to http:\/\/127\.0\.0\.1:\d+, which is not followed$/],
    ["/large", /^large broke off \(it is larger than 100 bytes\)$/],
    ["/half", /^half broke off \(.+\)$/],
  ];
  for (const [path, reason] of failures) {
    it(`gives the reason in a line for ${path}`, () => assert.rejects(read(path), { message: reason }));
  }

  it("gives up on a host that does not answer", () =>
    assert.rejects(read("/silent", {}, 50), { message: "127.0.0.1 cannot be reached (not done in 0.05 s)" }));

  it("goes through the proxy that the environment names, as the user that it names", async () => {
    const { address, asked } = await through("me:s3cret@");
    assert.equal(await read("/file", { HTTPS_PROXY: address }), "the file");
    assert.deepEqual(asked, [`${new URL(host.url).host} Basic ${btoa("me:s3cret")}`]);
  });

  it("passes the proxy by for what NO_PROXY names", async () => {
    const { address, asked } = await through();
    assert.equal(await read("/file", { HTTPS_PROXY: address, NO_PROXY: "a.example,127.0.0.1" }), "the file");
    assert.deepEqual(asked, []);
  });

  it("names a proxy that leads nowhere, without its password", async () => {
    const { address } = await through("me:s3cret@", "407 Proxy Authentication Required");
    await assert.rejects(read("/file", { https_proxy: address, no_proxy: "a.example" }), {
      message:
        /^127\.0\.0\.1 cannot be reached \(.*407.*\); https_proxy is http:\/\/127\.0\.0\.1:\d+, no_proxy is a\.example$/,
    });
    const gone = await proxy();
    await gone.close();
    await assert.rejects(read("/file", { ALL_PROXY: gone.url.replace("//", "//me:s3cret@") }), {
      message: /^127\.0\.0\.1 cannot be reached \(ECONNREFUSED\); ALL_PROXY is http:\/\/127\.0\.0\.1:\d+$/,
    });
  });
});
