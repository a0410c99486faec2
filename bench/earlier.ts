import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { mkdir, rm, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");
const MODULES = join(ROOT, "node_modules");
const COMMIT = "85defa9f5cf09db9d2479f2e7ad4472a8c978c0d";
const PLACE = join(MODULES, ".cache", `provider-${COMMIT.slice(0, 7)}`);

/**
 * Gives a project the provider as it was in 85defa9, instead of today's.
 *
 * @throws Error if this clone does not have that commit.
 */
export async function installEarlier(project: string): Promise<void> {
  if (!existsSync(PLACE)) compileEarlier();
  const modules = join(project, "node_modules");
  await rm(modules);
  await mkdir(modules);
  await symlink(join(MODULES, "@pulumi"), join(modules, "@pulumi"));
  await symlink(join(PLACE, "provider"), join(modules, "pulumi-headshotpro"));
}

/** Below this repository's node_modules, so that its dependencies are found; moved into its place when it is whole. */
function compileEarlier(): void {
  mkdirSync(join(MODULES, ".cache"), { recursive: true });
  const staging = mkdtempSync(join(MODULES, ".cache/provider-"));
  try {
    const archive = execFileSync("git", ["archive", COMMIT, "provider", "tsconfig.base.json"], {
      cwd: ROOT,
      maxBuffer: 64 * 1024 * 1024,
    });
    execFileSync("tar", ["-x", "-C", staging], { input: archive });
    // What it depends on that we do not any more. The SDK is the one that the program has, or it would be another run.
    const flags = ["--legacy-peer-deps", "--omit=dev", "--no-package-lock", "--no-audit", "--no-fund"];
    execFileSync("npm", ["install", ...flags, "--ignore-scripts"], { cwd: join(staging, "provider") });
    // The types of a dependency may have changed since; what is compiled has not.
    const tsc = join(MODULES, "typescript/bin/tsc");
    const options = ["--noCheck", "--composite", "false", "--declaration", "false"];
    execFileSync(process.execPath, [tsc, "--project", "provider", ...options], { cwd: staging });
    renameSync(staging, PLACE);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
