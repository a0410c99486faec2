// Everything that a release puts out, into release/: assets/ (the plugin's archives, the npm package, its SBOM and the
// checksums of all), wheel/ (the SDK for Python, where there is a Python) and NOTES.md, the version's part of the
// changelog.
//
//   npm run release:assets -- --tag v1.2.3   for this tag
//   npm run release:assets                   to look at, before there is one
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { extract } from "tar";
import { releaseProblems } from "./release-rules.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const RELEASE = path.join(ROOT, "release");
const ASSETS = path.join(RELEASE, "assets");

/**
 * What the changelog says of a version.
 *
 * @param tag of the release; without one the changelog may still say "(unreleased)".
 * @throws Error if the tag is of another version, or the changelog has no such version or does not release it yet.
 */
export function releaseNotes(changelog, version, tag) {
  if (tag !== undefined && tag !== `v${version}`)
    throw new Error(
      `The tag is ${tag}, and provider/package.json has ${version}: one of them has to change.`,
    );
  const [, heading = "", notes = ""] = changelog.split(/^## (.+)\n/m);
  if (heading !== version && (tag !== undefined || heading !== `${version} (unreleased)`))
    throw new Error(
      `CHANGELOG.md begins with "${heading}", and the release is ${version}: change its heading.`,
    );
  return notes.trim();
}

function makeAssets() {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, "provider/package.json"), "utf8"));
  const { tag } = parseArgs({ options: { tag: { type: "string" } } }).values;
  const notes = releaseNotes(readFileSync(path.join(ROOT, "CHANGELOG.md"), "utf8"), version, tag);
  rmSync(RELEASE, { recursive: true, force: true });
  mkdirSync(ASSETS, { recursive: true });
  writeFileSync(path.join(RELEASE, "NOTES.md"), `${notes}\n`);
  execFileSync(process.execPath, [path.join(ROOT, "tools/package.mjs"), "--out", ASSETS], {
    stdio: "inherit",
  });
  makeWheel();
  const tarball = `pulumi-headshotpro-${version}.tgz`;
  npm(["pack", "--workspace", "provider", "--pack-destination", ASSETS], ROOT);
  writeFileSync(path.join(ASSETS, "sbom.spdx.json"), sbomOf(path.join(ASSETS, tarball)));
  const sums = readdirSync(ASSETS)
    .filter((name) => name !== "SHA256SUMS")
    .map((name) => `${sha256(path.join(ASSETS, name))}  ${name}\n`);
  writeFileSync(path.join(ASSETS, "SHA256SUMS"), sums.join(""));
  process.stdout.write(sums.join(""));
  const problems = releaseProblems(ASSETS, version);
  for (const problem of problems) console.error(`✖ ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

/** The SDK for Python, as PyPI takes it. A release without it ends at its upload. */
function makeWheel() {
  if (spawnSync("python3", ["--version"]).error) return;
  const folder = mkdtempSync(path.join(tmpdir(), "headshotpro-wheel-"));
  try {
    // What is built leaves its traces beside the sources.
    cpSync(path.join(ROOT, "examples/python/sdks/headshotpro"), folder, { recursive: true });
    const schema = JSON.parse(readFileSync(path.join(ROOT, "provider/src/plugin/schema.json"), "utf8"));
    const page = `${schema.description}\n\n[What it does, and programs in Python](${schema.homepage})\n`;
    writeFileSync(path.join(folder, "README.md"), page);
    const args = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"];
    execFileSync("python3", [
      "-m",
      "pip",
      "wheel",
      ...args,
      "--wheel-dir",
      path.join(RELEASE, "wheel"),
      folder,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What somebody who installs the package gets: neither what it is developed with, nor Pulumi's SDK, its peer. */
function sbomOf(tarball) {
  const folder = mkdtempSync(path.join(tmpdir(), "headshotpro-sbom-"));
  try {
    extract({ file: tarball, cwd: folder, sync: true });
    const unpacked = path.join(folder, "package");
    cpSync(path.join(ROOT, ".npmrc"), path.join(unpacked, ".npmrc"));
    // `npm sbom --omit dev` reports what is not installed as missing.
    npm(["pkg", "delete", "devDependencies"], unpacked);
    npm(["install", "--ignore-scripts", "--omit", "peer"], unpacked);
    return npm(["sbom", "--sbom-format", "spdx", "--omit", "peer"], unpacked);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function npm(args, cwd) {
  const shell = process.platform === "win32"; // npm is a batch file there
  return execFileSync("npm", args, { cwd, shell, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

const sha256 = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

if (process.argv[1] === fileURLToPath(import.meta.url))
  try {
    makeAssets();
  } catch (error) {
    console.error(`✖ ${error.message}`);
    process.exitCode = 1;
  }
