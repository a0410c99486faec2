import assert from "node:assert/strict";
import fs from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { EngineUnavailableError, type EnsureEngineOptions, ensureEngine } from "../../engine/src";
import { archiveFor, checksumsName, downloadCli } from "../../engine/src/download";
import { engineRecipe } from "../../engine/src/recipe";

const PLUGINS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/** A machine with nothing on PATH but what a test puts there. What does not quote a path falls over its name. */
class Machine {
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), "engine setup 'é\" $-"));
  readonly bin = path.join(this.root, "bin");
  readonly cache = path.join(this.root, "cache");
  readonly lines: string[] = [];

  options(download: EnsureEngineOptions["download"] = unreachable): EnsureEngineOptions {
    const env = { HOME: this.root, PATH: this.bin, HEADSHOTPRO_ENGINE_CACHE: this.cache };
    return { env, report: (line) => this.lines.push(line), download };
  }

  get cached(): string[] {
    return fs.existsSync(this.cache) ? fs.readdirSync(this.cache) : [];
  }
}

const unreachable: EnsureEngineOptions["download"] = async () => {
  throw new Error("get.pulumi.com cannot be reached (test)");
};
const fakeDownload: EnsureEngineOptions["download"] = async ({ version, bin }) => fakeCli(bin, version);

function script(directory: string, name: string, body: string): void {
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(path.join(directory, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}

/** With its plugins. */
function fakeCli(directory: string, version: string, plugins = PLUGINS): void {
  script(directory, "pulumi", `[ "$1" = version ] && echo v${version}`);
  for (const name of plugins) script(directory, name, "exit 0");
}

describe("the engine for the tests: the ways to it", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => fs.rmSync(machine.root, { recursive: true }));

  it("takes a CLI on PATH that is new enough and complete, and touches nothing", async () => {
    fakeCli(machine.bin, "3.260.1");
    const { pulumi, version, source } = await ensureEngine(machine.options());
    assert.deepEqual([pulumi, version, source], [path.join(machine.bin, "pulumi"), "3.260.1", "path"]);
    assert.deepEqual([machine.cached, machine.lines], [[], []]);
  });

  const unfit: [what: string, arrange: (bin: string) => void, reason: RegExp][] = [
    ["no CLI", () => {}, /no pulumi on PATH/],
    ["a CLI that is too old", (bin) => fakeCli(bin, "3.200.0"), /pulumi is 3\.200\.0, older than 3\.254\.0/],
    ["no language host", (bin) => fakeCli(bin, "3.257.0", []), /has no pulumi-language-nodejs/],
  ];
  for (const [what, arrange, reason] of unfit)
    it(`with ${what} on PATH it downloads, says why, and finds the download in the cache next time`, async () => {
      arrange(machine.bin);
      const { version, key } = await engineRecipe();
      const engine = await ensureEngine(machine.options(fakeDownload));
      assert.deepEqual([engine.source, engine.version], ["download", version]);
      assert.match(machine.lines.join("\n"), reason);
      machine.lines.length = 0;
      assert.deepEqual(await ensureEngine(machine.options()), { ...engine, source: "cache" });
      assert.deepEqual([machine.cached, machine.lines], [[key], []]);
    });

  it("says in one error what was tried and what to install if nothing works", async () => {
    await assert.rejects(ensureEngine(machine.options()), (error: Error) => {
      assert.ok(error instanceof EngineUnavailableError);
      assert.match(error.message, /^ {2}download +get\.pulumi\.com cannot be reached \(test\)$/m);
      assert.match(error.message, /install Pulumi 3\.254\.0 or later \(https/);
      return true;
    });
    assert.deepEqual(machine.cached, [], "nothing half-made stays");
  });

  it("removes a cached engine that has changed, says so, and tries the next way", async () => {
    const { pulumi } = await ensureEngine(machine.options(fakeDownload));
    fakeCli(path.dirname(pulumi), "3.257.9");
    assert.equal((await ensureEngine(machine.options(fakeDownload))).source, "download");
    assert.match(machine.lines.join("\n"), /No engine from cache: .* was broken and has been removed/);
  });

  it("an archive that is not what was published is neither unpacked nor run", async () => {
    const { version } = await engineRecipe();
    const archive = archiveFor(version, process.platform, process.arch).name;
    const files: Record<string, string> = {
      [`/${checksumsName(version)}`]: `${"0".repeat(64)}  ${archive}\n`,
      [`/${archive}`]: "exchanged",
    };
    const host = createServer(({ url = "" }, response) => response.end(files[url])).listen(0, "127.0.0.1");
    await new Promise((up) => host.once("listening", up));
    const folders = { bin: path.join(machine.root, "a"), scratch: path.join(machine.root, "b") };
    for (const folder of Object.values(folders)) fs.mkdirSync(folder);
    const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
    try {
      await assert.rejects(downloadCli({ version, ...folders, env: process.env }, url), {
        message: /its SHA-256 is [0-9a-f]{64}, the published one 0{64};.*nothing of it/,
      });
    } finally {
      host.close();
    }
    assert.deepEqual(fs.readdirSync(folders.bin), []);
  });
});
