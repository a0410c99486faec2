import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { emulators } from "../support/emulators";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const PAGE = join(__dirname, "../../emulator/page");

describe("emulator: page", () => {
  const start = emulators();

  it("answers a browser at /, unlogged and outside of the limit", async () => {
    const emulator = await start({ rateLimit: { limit: 1, windowSeconds: 600 } });
    for (let n = 0; n < 3; n += 1) {
      const response = await fetch(new URL("/", emulator.url), { headers: { accept: BROWSER } });
      assert.equal(response.status, 200);
      assert.match(await response.text(), /<title>HeadshotPro emulator<\/title>/);
      const policy = response.headers.get("content-security-policy") ?? "";
      assert.match(policy, /^default-src 'none';/);
      assert.doesNotMatch(policy, /unsafe|\*|data:|https?:/);
    }
    assert.deepEqual(emulator.requests, []);
  });

  for (const [what, path, init] of [
    ["a program at /", "/", { headers: { accept: "*/*" } }],
    ["a program that wants JSON", "/", { headers: { accept: "application/json" } }],
    ["a POST", "/", { method: "POST", headers: { accept: BROWSER } }],
    ["a browser elsewhere", "/index.html", { headers: { accept: BROWSER } }],
    ["a browser at an end point", "/api/v2/organization/invites", { headers: { accept: BROWSER } }],
  ] as const) {
    it(`leaves ${what} to the API, which logs it`, async () => {
      const emulator = await start();
      const response = await fetch(new URL(path, emulator.url), init);
      assert.equal(response.status, path.startsWith("/api") ? 401 : 404);
      assert.doesNotMatch(await response.text(), /<title>HeadshotPro emulator/);
      assert.equal(emulator.requests.length, 1);
    });
  }

  it("has its files, with their types, and nothing else of the disk", async () => {
    const emulator = await start();
    const ask = (name: string) => fetch(new URL(`/_emulator/page/${name}`, emulator.url));
    const types: Record<string, string> = {
      css: "text/css",
      html: "text/html",
      mjs: "text/javascript",
      svg: "image/svg+xml",
    };
    for (const name of readdirSync(PAGE).filter((file) => file !== "tsconfig.json")) {
      const type = types[name.split(".")[1] ?? ""];
      assert.equal((await ask(name)).headers.get("content-type"), `${type}; charset=utf-8`, name);
    }
    for (const name of [
      "",
      "tsconfig.json",
      "none.css",
      "%2e%2e%2fdist%2findex.js",
      "..%2fpackage.json",
      "main.mjs%00.css",
    ])
      assert.equal((await ask(name)).status, 404, name);
  });
});
