import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** Whether a rule of our own refuses a line, as the text of a file of ours. */
function isRefused(line: string, file: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), "lint-rules-"));
  try {
    cpSync(join(ROOT, "biome.json"), join(folder, "biome.json"));
    cpSync(join(ROOT, "tools/lint"), join(folder, "tools/lint"), { recursive: true });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${line}\n`);
    const biome = join(ROOT, "node_modules/.bin/biome");
    const args = ["lint", "--vcs-enabled=false", "--colors=off", file];
    const { stderr } = spawnSync(biome, args, { cwd: folder, encoding: "utf8" });
    assert.doesNotMatch(stderr, / errored: |Failed to compile/, "the rule itself is wrong");
    return / plugin /.test(stderr);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("a module of the provider keeps no state", () => {
  const RULE = "provider/src/invite/sample.ts";
  for (const line of [
    "export let last = 0;",
    "export var last = 0;",
    "export const seen = new Map<string, number>();",
    "export const known = [new Set([1])];",
    "export const all = { people: new WeakMap() };",
    "export const provider = new InviteProvider();",
    "export const seen: Record<string, number> = {};",
    "export const seen: string[] = [];",
    "export class Seen { static readonly all = new Map(); }",
  ])
    it(`refused: ${line}`, () => assert.equal(isRefused(line, RULE), true));

  for (const line of [
    'export const STATUSES = ["pending"];',
    "export const RISKY = new RegExp(SIGN);",
    "export class Seen { readonly all = new Map<string, string>(); }",
    "export class Seen { static none() { return new Map(); } }",
    "export function count() { let sum = 0; sum += 1; return new Set([sum]); }",
    "export const none = () => ({ people: [], seen: new Map() });",
  ])
    it(`allowed: ${line}`, () => assert.equal(isRefused(line, RULE), false));

  for (const file of ["provider/src/dynamic/index.ts", "provider/src/sdk/registry.ts"])
    it(`but for ${file}`, () => assert.equal(isRefused("export const kept = new WeakMap();", file), false));
});

describe("one module reaches into the SDK's internals", () => {
  const PROGRAM = "provider/src/sdk/sample.ts";
  for (const line of [
    'export { reached } from "@pulumi/pulumi/runtime/dependsOn";',
    'import type { Output } from "@pulumi/pulumi/output";',
    'export const load = () => require("@pulumi/pulumi/runtime/dependsOn");',
    "export const known = (output: Internals) => output.isKnown;",
    "export const value = (output: Internals) => output.promise(true);",
    "export const name = (resource: Named) => resource.__name;",
    "export const name = ({ __name: own }: Named) => own;",
    "export interface Named { __name: string }",
    "export const monitor = () => pulumi.runtime.getMonitor();",
  ])
    it(`refused: ${line}`, () => {
      assert.equal(isRefused(line, PROGRAM), true);
      assert.equal(isRefused(line, "provider/src/sdk/pulumi-internals.ts"), false);
    });

  for (const line of [
    'import * as pulumi from "@pulumi/pulumi";',
    "export const ours = ({ __provider, ...rest }: State) => rest.__organization;",
  ])
    it(`allowed: ${line}`, () => assert.equal(isRefused(line, PROGRAM), false));
});
