import assert from "node:assert/strict";
import { proxyOf } from "../../engine/src/proxy";
import { archiveOf, digestIn } from "../../engine/src/release";

const [A, B] = ["a".repeat(64), "b".repeat(64)];

describe("engine setup: what is published, and the way to it", () => {
  const archives: [platform: NodeJS.Platform, arch: NodeJS.Architecture, name: string | undefined][] = [
    ["linux", "x64", "pulumi-v3.257.0-linux-x64.tar.gz"],
    ["darwin", "arm64", "pulumi-v3.257.0-darwin-arm64.tar.gz"],
    ["win32", "x64", "pulumi-v3.257.0-windows-x64.zip"],
    ["linux", "riscv64", undefined],
    ["freebsd", "x64", undefined],
  ];
  for (const [platform, arch, name] of archives) {
    it(`for ${platform} on ${arch}: ${name ?? "nothing"}`, () => {
      const archive = (): string => archiveOf("3.257.0", platform, arch).name;
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
      if (typeof digest === "string") assert.equal(digestIn(text, "a.tar.gz"), digest);
      else assert.throws(() => digestIn(text, "a.tar.gz"), digest);
    });
  }

  const proxies: [env: NodeJS.ProcessEnv, url: string | undefined, told: string | RegExp][] = [
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
  for (const [env, url, told] of proxies) {
    it(`the proxy of ${JSON.stringify(env)}`, () => {
      if (typeof told !== "string") assert.throws(() => proxyOf(env), told);
      else assert.deepEqual([proxyOf(env)?.url, proxyOf(env)?.told ?? ""], [url, told]);
    });
  }
});
