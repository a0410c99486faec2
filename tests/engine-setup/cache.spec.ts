import assert from "node:assert/strict";
import { chmodSync, mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureEngine } from "../../engine/src";
import { engineRecipe } from "../../engine/src/recipes/engine";
import { fakeCli, fakeDownload, Machine, script } from "./fakes";

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
