import assert from "node:assert/strict";
import path from "node:path";
import { formatElapsed, parseGoVersion, refuseGo } from "../../../engine/src/build";
import { isAbandoned } from "../../../engine/src/cache";
import { parseCliVersion, refuseCli } from "../../../engine/src/cli";
import { archiveFor, findDigest } from "../../../engine/src/download";
import { prependToPath, toFileName } from "../../../engine/src/programs";
import { cacheKey, engineRecipe, parseGoDirective, requiredVersion } from "../../../engine/src/recipe";
import { lastLine } from "../../../engine/src/run";
import { readProxy } from "../../../engine/src/web";

const [A, B] = ["a".repeat(64), "b".repeat(64)];

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
      const why = refuseCli(version);
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
      assert.equal(refuseGo(version, "1.25.11") === undefined, taken);
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
    assert.equal(parseGoDirective(goMod), "1.25.11");
    assert.equal(parseGoDirective("go 1.25\n"), "1.25.0");
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
    assert.equal(toFileName("pulumi", "linux"), "pulumi");
    assert.equal(toFileName("pulumi", "win32"), "pulumi.exe");
    assert.equal(toFileName("pulumi-resource-pulumi-nodejs", "win32"), "pulumi-resource-pulumi-nodejs.cmd");
  });

  it("tells times and reasons in a few words", () => {
    assert.equal(formatElapsed(20_000), "20 s");
    assert.equal(formatElapsed(140_400), "2 min 20 s");
    assert.equal(lastLine("first\n  the reason \n\n"), "the reason");
    assert.equal(lastLine("x".repeat(1000)).length, 300);
  });

  const archives: [platform: NodeJS.Platform, arch: NodeJS.Architecture, name: string | undefined][] = [
    ["linux", "x64", "pulumi-v3.257.0-linux-x64.tar.gz"],
    ["darwin", "arm64", "pulumi-v3.257.0-darwin-arm64.tar.gz"],
    ["win32", "x64", "pulumi-v3.257.0-windows-x64.zip"],
    ["linux", "riscv64", undefined],
    ["freebsd", "x64", undefined],
  ];
  for (const [platform, arch, name] of archives) {
    it(`for ${platform} on ${arch}: ${name ?? "nothing"}`, () => {
      const archive = (): string => archiveFor("3.257.0", platform, arch).name;
      if (name === undefined) assert.throws(archive, /^Error: Pulumi publishes no CLI for \S+ on \S+$/);
      else assert.equal(archive(), name);
    });
  }

  const checksums: [what: string, text: string, digest: string | RegExp][] = [
    ["its line among others", `${B}  a.zip\n${A}  a.tar.gz\n${B}  a.tar.gz.sig\n`, A],
    ["a file read as binary, capitals, CRLF", `${A.toUpperCase()} *a.tar.gz\r\n`, A],
    ["the same line twice", `${A}  a.tar.gz\n${A}  a.tar.gz\n`, A],
    ["two that differ", `${A}  a.tar.gz\n${B}  a.tar.gz\n`, /several/],
    ["another file whose name holds it", `${A}  x-a.tar.gz\n`, /none/],
    ["a short digest", `${A.slice(1)}  a.tar.gz\n`, /none/],
    ["a web page", "<html>a.tar.gz</html>", /none/],
    ["nothing", "", /none/],
  ];
  for (const [what, text, digest] of checksums) {
    it(`checksums with ${what}`, () => {
      if (typeof digest === "string") assert.equal(findDigest(text, "a.tar.gz"), digest);
      else assert.throws(() => findDigest(text, "a.tar.gz"), digest);
    });
  }

  const proxies: [env: NodeJS.ProcessEnv, url: string | undefined, summary: string | RegExp][] = [
    [{}, undefined, ""],
    [{ HTTPS_PROXY: "", HTTP_PROXY: "http://p:1" }, undefined, ""],
    [{ HTTPS_PROXY: "http://p:1" }, "http://p:1/", "HTTPS_PROXY is http://p:1"],
    [{ HTTPS_PROXY: "http://p:1", https_proxy: "http://q:1" }, "http://q:1/", "https_proxy is http://q:1"],
    [{ ALL_PROXY: "p.example:3128" }, "http://p.example:3128/", "ALL_PROXY is http://p.example:3128"],
    [{ HTTPS_PROXY: "https://me:pass@p" }, "https://me:pass@p/", "HTTPS_PROXY is https://p"],
    [{ HTTPS_PROXY: "p:1", NO_PROXY: "a,b" }, "http://p:1/", "HTTPS_PROXY is http://p:1, NO_PROXY is a,b"],
    [{ HTTPS_PROXY: "http://me:pass word" }, undefined, /^Error: HTTPS_PROXY is not the address of a proxy$/],
    [{ all_proxy: "socks5://me:pass@p:1" }, undefined, /^Error: all_proxy is a socks5 proxy, and only http/],
  ];
  for (const [env, url, summary] of proxies) {
    it(`the proxy of ${JSON.stringify(env)}`, () => {
      if (typeof summary !== "string") assert.throws(() => readProxy(env), summary);
      else assert.deepEqual([readProxy(env)?.url, readProxy(env)?.summary ?? ""], [url, summary]);
    });
  }
});
