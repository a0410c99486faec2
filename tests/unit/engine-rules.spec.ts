import assert from "node:assert/strict";
import { parseGoVersion, refuseGo } from "../../engine/src/build";
import { isAbandoned } from "../../engine/src/cache";
import { parseCliVersion, refuseCli } from "../../engine/src/cli";
import { archiveFor, findDigest } from "../../engine/src/download";
import { toFileName } from "../../engine/src/programs";
import { cacheKey, parseGoDirective, requiredVersion } from "../../engine/src/recipe";
import { readProxy } from "../../engine/src/web";

const [A, B] = ["a".repeat(64), "b".repeat(64)];

describe("the engine for the tests: which one is taken", () => {
  const cli: [printed: string, version: string | undefined, reason?: RegExp][] = [
    ["v3.257.0\n", "3.257.0"],
    ["3.254.0", "3.254.0"],
    ["v3.258.0-alpha.1", "3.258.0-alpha.1"],
    ["v3.253.9", "3.253.9", /older than 3\.254\.0/],
    ["v3.254.0-alpha.2", "3.254.0-alpha.2", /older than/],
    ["v4.0.0", "4.0.0", /another major version/],
    ["no version here", undefined, /does not tell/],
  ];
  for (const [printed, version, reason] of cli)
    it(`a CLI that prints ${JSON.stringify(printed)} is ${reason ? "passed over" : "taken"}`, () => {
      assert.equal(parseCliVersion(printed), version);
      assert.match(refuseCli(version) ?? "taken", reason ?? /^taken$/);
    });

  const go: [printed: string, version: string | undefined, taken: boolean][] = [
    ["go version go1.26.8 linux/amd64", "1.26.8", true],
    ["go version go1.27rc1 linux/amd64", "1.27.0", true],
    ["go version devel go1.28-3af5a0e linux/amd64", "1.28.0", true],
    ["go version go1.25.9 linux/amd64", "1.25.9", false],
    ["go version go1.9 linux/amd64", "1.9.0", false],
    ["gopher", undefined, false],
  ];
  for (const [printed, version, taken] of go)
    it(`a Go that prints ${JSON.stringify(printed)} is ${taken ? "taken" : "passed over"}`, () => {
      assert.equal(parseGoVersion(printed), version);
      assert.equal(refuseGo(version, "1.25.11") === undefined, taken);
    });

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
  for (const [name, ageMs, abandoned] of directories)
    it(`${name} after ${ageMs / hour} h is ${abandoned ? "swept" : "left alone"}`, () =>
      assert.equal(isAbandoned(name, ageMs, me), abandoned));

  it("reads versions from a go.mod, in a block and on a line of their own", () => {
    const goMod =
      "module x\n\ngo 1.25.11\n\nrequire (\n\ta.b/c v1.2.3 // indirect\n)\nrequire d.e/f v0.1.0\n";
    assert.deepEqual([requiredVersion(goMod, "a.b/c"), requiredVersion(goMod, "d.e/f")], ["1.2.3", "0.1.0"]);
    assert.throws(() => requiredVersion(goMod, "a.b"), /does not require a\.b/);
    assert.deepEqual([goMod, "go 1.25\n"].map(parseGoDirective), ["1.25.11", "1.25.0"]);
  });

  it("gives another key to another version and to any changed part", () => {
    const keys = [
      cacheKey("pulumi", "3.257.0", ["a", "b"]),
      cacheKey("pulumi", "3.258.0", ["a", "b"]),
      cacheKey("pulumi", "3.257.0", ["ab", ""]),
    ];
    assert.match(keys[0] ?? "", /^pulumi-3\.257\.0-\w+-\w+-[0-9a-f]{12}$/);
    assert.equal(cacheKey("pulumi", "3.257.0", ["a", "b"]), keys[0]);
    assert.equal(new Set(keys).size, 3);
  });

  it("names the files as the platform does", () => {
    assert.deepEqual(
      [toFileName("pulumi", "linux"), toFileName("pulumi", "win32")],
      ["pulumi", "pulumi.exe"],
    );
    assert.equal(toFileName("pulumi-resource-pulumi-nodejs", "win32"), "pulumi-resource-pulumi-nodejs.cmd");
  });

  const archives: [platform: NodeJS.Platform, arch: NodeJS.Architecture, name?: string][] = [
    ["linux", "x64", "pulumi-v3.257.0-linux-x64.tar.gz"],
    ["darwin", "arm64", "pulumi-v3.257.0-darwin-arm64.tar.gz"],
    ["win32", "x64", "pulumi-v3.257.0-windows-x64.zip"],
    ["linux", "riscv64"],
    ["freebsd", "x64"],
  ];
  for (const [platform, arch, name] of archives)
    it(`for ${platform} on ${arch}: ${name ?? "nothing"}`, () => {
      const archive = (): string => archiveFor("3.257.0", platform, arch).name;
      if (name === undefined) assert.throws(archive, /^Error: Pulumi publishes no CLI for \S+ on \S+$/);
      else assert.equal(archive(), name);
    });

  const checksums: [what: string, text: string, digest: string | RegExp][] = [
    ["its line among others", `${B}  a.zip\n${A}  a.tar.gz\n${B}  a.tar.gz.sig\n`, A],
    ["a file read as binary, capitals, CRLF", `${A.toUpperCase()} *a.tar.gz\r\n`, A],
    ["two that differ", `${A}  a.tar.gz\n${B}  a.tar.gz\n`, /several/],
    ["another file whose name holds it", `${A}  x-a.tar.gz\n`, /none/],
    ["a short digest", `${A.slice(1)}  a.tar.gz\n`, /none/],
    ["a web page", "<html>a.tar.gz</html>", /none/],
  ];
  for (const [what, text, digest] of checksums)
    it(`checksums with ${what}`, () => {
      if (typeof digest === "string") assert.equal(findDigest(text, "a.tar.gz"), digest);
      else assert.throws(() => findDigest(text, "a.tar.gz"), digest);
    });

  const proxies: [env: NodeJS.ProcessEnv, summary: string | RegExp][] = [
    [{}, ""],
    [{ HTTPS_PROXY: "", HTTP_PROXY: "http://p:1" }, ""],
    [{ HTTPS_PROXY: "http://p:1", https_proxy: "http://q:1" }, "https_proxy is http://q:1"],
    [{ ALL_PROXY: "p.example:3128" }, "ALL_PROXY is http://p.example:3128"],
    [{ HTTPS_PROXY: "https://me:pass@p", NO_PROXY: "a,b" }, "HTTPS_PROXY is https://p, NO_PROXY is a,b"],
    [{ HTTPS_PROXY: "http://me:pass word" }, /^Error: HTTPS_PROXY is not the address of a proxy$/],
    [{ all_proxy: "socks5://me:pass@p:1" }, /^Error: all_proxy is a socks5 proxy, and only http/],
  ];
  for (const [env, summary] of proxies)
    it(`the proxy of ${JSON.stringify(env)}`, () => {
      if (typeof summary !== "string") assert.throws(() => readProxy(env), summary);
      else assert.equal(readProxy(env)?.summary ?? "", summary);
    });
});
