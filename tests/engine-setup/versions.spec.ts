import assert from "node:assert/strict";
import path from "node:path";
import { fileNameOf, prependToPath } from "../../engine/src/engine";
import { elapsed } from "../../engine/src/go-build";
import { goDirective, requiredVersion } from "../../engine/src/go-module";
import { cacheKey } from "../../engine/src/recipe";
import { engineRecipe } from "../../engine/src/recipes/engine";
import { lastLine } from "../../engine/src/run";
import { isAbandoned } from "../../engine/src/staging";
import { parseCliVersion, parseGoVersion, whyNotThisCli, whyNotThisGo } from "../../engine/src/versions";

describe("engine setup: the rules", () => {
  const cli: [printed: string, version: string | undefined, reason: RegExp | undefined][] = [
    ["v3.257.0\n", "3.257.0", undefined],
    ["3.254.0", "3.254.0", undefined],
    ["v3.258.0-alpha.1", "3.258.0-alpha.1", undefined],
    ["v3.253.9", "3.253.9", /older than 3\.254\.0/],
    ["v3.254.0-alpha.2", "3.254.0-alpha.2", /older than/],
    ["v4.0.0", "4.0.0", /another major version/],
    ["no version here", undefined, /does not tell/],
    ["", undefined, /does not tell/],
  ];
  for (const [printed, version, reason] of cli) {
    it(`a CLI that prints ${JSON.stringify(printed)} is ${reason ? "passed over" : "taken"}`, () => {
      assert.equal(parseCliVersion(printed), version);
      const why = whyNotThisCli(version);
      if (reason) assert.match(why ?? "", reason);
      else assert.equal(why, undefined);
    });
  }

  const go: [printed: string, version: string | undefined, taken: boolean][] = [
    ["go version go1.26.8 linux/amd64", "1.26.8", true],
    ["go version go1.25.11 darwin/arm64", "1.25.11", true],
    ["go version go1.27rc1 linux/amd64", "1.27.0", true],
    ["go version devel go1.28-3af5a0e linux/amd64", "1.28.0", true],
    ["go version go1.25.9 linux/amd64", "1.25.9", false],
    ["go version go1.9 linux/amd64", "1.9.0", false],
    ["gopher", undefined, false],
  ];
  for (const [printed, version, taken] of go) {
    it(`a Go that prints ${JSON.stringify(printed)} is ${taken ? "taken" : "passed over"}`, () => {
      assert.equal(parseGoVersion(printed), version);
      assert.equal(whyNotThisGo(version, "1.25.11") === undefined, taken);
    });
  }

  const me = { host: "here", isAlive: (pid: number) => pid === 1 };
  const hour = 3_600_000;
  const directories: [name: string, ageMs: number, abandoned: boolean][] = [
    [".staging~here~2~abc", 0, true],
    [".staging~here~1~abc", hour, false],
    [".staging~here~1~abc", 25 * hour, true],
    [".staging~there~2~abc", hour, false],
    [".staging~there~2~abc", 25 * hour, true],
    ["pulumi-3.257.0-linux-x64-0123456789ab", 1000 * hour, false],
  ];
  for (const [name, ageMs, abandoned] of directories) {
    it(`${name} after ${ageMs / hour} h is ${abandoned ? "swept" : "left alone"}`, () => {
      assert.equal(isAbandoned(name, ageMs, me), abandoned);
    });
  }

  it("reads versions from a go.mod, in a block and on a line of their own", () => {
    const goMod =
      "module x\n\ngo 1.25.11\n\nrequire (\n\ta.b/c v1.2.3 // indirect\n)\nrequire d.e/f v0.1.0\n";
    assert.equal(requiredVersion(goMod, "a.b/c"), "1.2.3");
    assert.equal(requiredVersion(goMod, "d.e/f"), "0.1.0");
    assert.throws(() => requiredVersion(goMod, "a.b"), /does not require a\.b/);
    assert.equal(goDirective(goMod), "1.25.11");
    assert.equal(goDirective("go 1.25\n"), "1.25.0");
  });

  it("takes the newer of the two Go versions that its modules ask for", async () => {
    assert.equal((await engineRecipe()).minimumGo, "1.25.11");
  });

  it("gives another key to another version and to any changed part", () => {
    const key = cacheKey("pulumi", "3.257.0", ["a", "b"]);
    assert.match(key, new RegExp(`^pulumi-3\\.257\\.0-${process.platform}-${process.arch}-[0-9a-f]{12}$`));
    assert.equal(cacheKey("pulumi", "3.257.0", ["a", "b"]), key);
    for (const other of [
      cacheKey("pulumi", "3.258.0", ["a", "b"]),
      cacheKey("pulumi", "3.257.0", ["ab", ""]),
    ]) {
      assert.notEqual(other, key);
    }
  });

  it("puts directories first on PATH, each once", () => {
    assert.equal(prependToPath(["/a", "/b", "/a"], "/c"), ["/a", "/b", "/c"].join(path.delimiter));
    assert.equal(prependToPath(["/a"], undefined), "/a");
  });

  it("names the files as the platform does", () => {
    assert.equal(fileNameOf("pulumi", "linux"), "pulumi");
    assert.equal(fileNameOf("pulumi", "win32"), "pulumi.exe");
    assert.equal(fileNameOf("pulumi-resource-pulumi-nodejs", "win32"), "pulumi-resource-pulumi-nodejs.cmd");
  });

  it("tells times and reasons in a few words", () => {
    assert.equal(elapsed(20_000), "20 s");
    assert.equal(elapsed(140_400), "2 min 20 s");
    assert.equal(lastLine("first\n  the reason \n\n"), "the reason");
    assert.equal(lastLine("x".repeat(1000)).length, 300);
  });
});
